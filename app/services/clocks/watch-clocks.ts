import { judgeClock, MEASURED_EVERY } from '#app/domain/console-clocks.ts';
import type { ClockVerdict } from '#app/domain/console-clocks.ts';
import type { ConsoleClock } from '#app/services/clocks/console-clock.ts';
import { keepLooking } from '#app/services/keep-looking.ts';
import type { Looking } from '#app/services/keep-looking.ts';
import { consoleClocks, removeConsoleClock, saveConsoleClock } from '#db/queries/console-clocks.ts';
import type { Store } from '#db/store.ts';

export interface ClockDeps {
  store: Store;
  clock: ConsoleClock;
  /** The console's name in leases. */
  id: string;
  log: {
    info(what: object, message: string): void;
    warn(what: object, message: string): void;
    error(what: object, message: string): void;
  };
}

/** Measures this console's clock, writes that down and compares with what the other consoles have measured. */
export const compareClocks = async ({ store, clock, id, log }: ClockDeps): Promise<void> => {
  const measured = await clock.measure();
  if (measured === null) return;
  const own = { id, measuredAt: measured.at, ahead: measured.ahead };
  await store.write((tx) => saveConsoleClock(tx, own));
  const before = clock.verdict;
  clock.verdict = judgeClock(own, await consoleClocks(store.read), measured.at);
  sayChange(log, before, clock.verdict, own.ahead);
};

const sayChange = (
  log: ClockDeps['log'],
  before: ClockVerdict,
  { kind, ...said }: ClockVerdict,
  ahead: number,
): void => {
  if (kind !== 'agrees') log.warn({ ahead, ...said }, 'the clocks of the machines are apart');
  else if (before.kind !== 'agrees') log.info({ ahead }, 'the clocks of the machines agree again');
};

/** While the server runs. The first comparison has been made before anything is sent. */
export const startClockWatch = (deps: ClockDeps): Pick<Looking, 'stop'> => {
  const looking = keepLooking(async () => (await compareClocks(deps), false), {
    every: MEASURED_EVERY,
    log: deps.log,
    failure: 'the clocks could not be compared',
  });
  return {
    stop: async () => {
      await looking.stop();
      if (deps.store.dialect === 'sqlite') return;
      await deps.store.write((tx) => removeConsoleClock(tx, deps.id));
    },
  };
};
