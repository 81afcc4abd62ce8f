/** One thing that is to end: its name for the log, and how. */
export interface Ending {
  name: string;
  end: () => Promise<void>;
}

interface Log {
  error(what: object, message: string): void;
}

/**
 * Ends all of them at once and waits at most so many milliseconds: a call outside that nobody answers, or
 * a client that never finishes, must not keep a process that was told to go. One that fails is logged and
 * counts as ended: a database that is gone must not keep the others from ending. Answers the names of those
 * that had not ended by then. Never rejects.
 */
export const endInTime = async (
  endings: readonly Ending[],
  milliseconds: number,
  log: Log,
): Promise<string[]> => {
  const open = new Set(endings.map(({ name }) => name));
  const endOne = async ({ name, end }: Ending): Promise<void> => {
    try {
      await end();
    } catch (error) {
      log.error({ err: error, part: name }, 'a part of the console ended with an error');
    }
    open.delete(name);
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([Promise.all(endings.map(endOne)), late]);
  clearTimeout(timer);
  return [...open];
};
