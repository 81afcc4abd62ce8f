import { setTimeout as delay } from 'node:timers/promises';
import { SECOND } from '#app/lib/instant.ts';

interface Log {
  error(what: object, message: string): void;
}
export interface PollOptions {
  /** Milliseconds between two looks. */
  every: number;
  /** Waits that long, or until the signal aborts; tests wait for what they please. */
  wait?: ((milliseconds: number, signal: AbortSignal) => Promise<unknown>) | undefined;
  log: Log;
  /** What is logged where a look throws. */
  failure: string;
}
export interface Poller {
  /** Ends after the look at hand: nothing is cut off. */
  stop: () => Promise<void>;
  ended: Promise<void>;
}

/** Pause after an error, so that a database that is away does not fill the log. */
const AFTER_ERROR = 5 * SECOND;

/**
 * Looks again and again until it is stopped, at once where a look answers that there may be more to do.
 * What a look throws is logged, and the next one tries again.
 */
export const startPollLoop = (
  look: (signal: AbortSignal) => Promise<boolean>,
  { every, wait = waitQuietly, log, failure }: PollOptions,
): Poller => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      let pause = every;
      try {
        if (await look(signal)) pause = 0;
      } catch (error) {
        log.error({ err: error }, failure);
        pause = Math.max(every, AFTER_ERROR);
      }
      if (!signal.aborted) await wait(pause, signal);
    }
  };
  const ended = run();
  return {
    ended,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};

const waitQuietly = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  try {
    // A process that has nothing else to do may end.
    await delay(milliseconds, undefined, { signal, ref: false });
  } catch {
    // Aborted: it is being stopped.
  }
};
