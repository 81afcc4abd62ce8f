const waiting: (() => void)[] = [];

const next = (): void => {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
};

/**
 * Lets all that is due go first. Node runs whatever waits for `setImmediate` in one piece: of those who wait
 * here, one goes on in each turn of the event loop.
 */
export const othersFirst = (): Promise<void> =>
  new Promise((goOn) => {
    if (waiting.push(goOn) === 1) setImmediate(next);
  });

/** Milliseconds that SQLite may read in one turn of the event loop; a read that has begun is not cut. */
const READ_IN_ONE_TURN = 8;

/** Milliseconds that this turn has read. */
const turn = { spent: 0 };

/**
 * SQLite reads while all else waits. Requests ask for one thing after another, and many come at once: a read
 * begins in a later turn of the event loop where this one has read for long enough.
 */
export const readInTurns = async <T>(read: () => T): Promise<T> => {
  while (turn.spent > READ_IN_ONE_TURN) await othersFirst();
  const since = performance.now();
  if (turn.spent === 0)
    setImmediate(() => {
      turn.spent = 0;
    });
  try {
    return read();
  } finally {
    // Above 0, so that the end of the turn is awaited once.
    turn.spent += Math.max(Number.EPSILON, performance.now() - since);
  }
};
