/** One thing that is to end: its name for the log, and how. */
export interface Ending {
  name: string;
  end: () => Promise<void>;
}

/**
 * Ends all of them at once and waits at most so many milliseconds: a call outside that nobody answers, or
 * a client that never finishes, must not keep a process that was told to go. Answers the names of those that
 * had not ended by then; rejects where one fails before.
 */
export const endInTime = async (
  endings: readonly Ending[],
  milliseconds: number,
): Promise<string[]> => {
  const open = new Set(endings.map(({ name }) => name));
  const all = Promise.all(endings.map(({ name, end }) => end().then(() => open.delete(name))));
  // Those that are not waited for any more may fail unseen.
  all.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    await Promise.race([all, late]);
  } finally {
    clearTimeout(timer);
  }
  return [...open];
};
