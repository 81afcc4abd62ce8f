/** Work that is done so many pieces at a time, while some more wait; what comes beyond that is turned away. */
export interface ConcurrencyLimit {
  /** Null: there was no room. */
  run<T>(work: () => Promise<T>): Promise<T | null>;
}

export const createConcurrencyLimit = ({
  atOnce,
  waiting,
}: {
  atOnce: number;
  waiting: number;
}): ConcurrencyLimit => {
  let running = 0;
  const line: (() => void)[] = [];
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      line.push(resolve);
    });
  return {
    run: async (work) => {
      if (running >= atOnce) {
        if (line.length >= waiting) return null;
        await turn();
      } else running += 1;
      try {
        return await work();
      } finally {
        // Whoever waits takes the place over; with nobody waiting it is free.
        const next = line.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
};
