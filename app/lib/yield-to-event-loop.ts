import { othersFirst } from '#app/lib/event-loop.ts';

/** Milliseconds for which work goes on before other work of the process gets its turn. */
const IN_ONE_GO = 4;

/** Lets a long work be done in slices: awaited between its parts, it lets others go first when it is time. */
export const createYielder = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < IN_ONE_GO) return;
    await othersFirst();
    since = performance.now();
  };
};
