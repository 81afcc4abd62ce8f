import { appendFileSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs';

/** A file of JSON values, a line each, that is only added to. */
export interface Lines<T> {
  append: (value: T) => void;
  /** Gives what earlier processes have written. */
  replay: (take: (value: T) => void) => void;
  close: () => void;
}

/** Opens the file, or makes it. A line that a crash has cut off is passed over. */
export const openLines = <T = unknown>(file: string): Lines<T> => {
  const old = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const descriptor = openSync(file, 'a', 0o600);
  let open = true;
  // What a crash has cut off stays a line of its own.
  if ((old.at(-1) ?? '') !== '') appendFileSync(descriptor, '\n');
  return {
    append: (value) => appendFileSync(descriptor, `${JSON.stringify(value)}\n`),
    replay: (take) => {
      for (const line of old) {
        if (line === '') continue;
        try {
          take(JSON.parse(line) as T); // written by `append`
        } catch {
          console.error(`sandbox: a damaged line of ${file} is passed over`);
        }
      }
    },
    close: () => {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
};
