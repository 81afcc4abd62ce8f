interface TooLate {
  kind: 'unreadable';
  words: string;
}
/** What was read, or that it took too long. */
export type Within = <T>(reading: Promise<T>) => Promise<T | TooLate>;

const TOO_LATE: TooLate = { kind: 'unreadable', words: 'what is there could not be read in time' };

/**
 * Waits for all that is read from now on no longer than `longest` milliseconds together: then it counts as
 * unreadable, whatever comes of it afterwards.
 */
export const createDeadline = (longest: number): Within => {
  const over = AbortSignal.timeout(longest);
  return (reading) =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => resolve(TOO_LATE);
      if (over.aborted) giveUp();
      over.addEventListener('abort', giveUp, { once: true });
      reading.then(resolve, reject).finally(() => over.removeEventListener('abort', giveUp));
    });
};
