import { appendFileSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import type { Change } from '#scripts/sandbox/stripe/world.ts';

export interface Journal {
  append: (change: Change) => void;
  replay: (take: (change: Change) => void) => void;
  close: () => void;
}

/** A file of changes, a line each. A line that a crash has cut off at the end is passed over. */
export const openJournal = (file: string): Journal => {
  const old = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const descriptor = openSync(file, 'a', 0o600);
  // What a crash has cut off stays a line of its own.
  if ((old.at(-1) ?? '') !== '') appendFileSync(descriptor, '\n');
  return {
    append: (change) => appendFileSync(descriptor, `${JSON.stringify(change)}\n`),
    replay: (take) => {
      for (const line of old) {
        if (line === '') continue;
        try {
          take(JSON.parse(line) as Change); // written by `append` above
        } catch {
          console.error('sandbox stripe: a damaged line of the journal is passed over');
        }
      }
    },
    close: () => closeSync(descriptor),
  };
};
