import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE, SECOND } from '#app/domain/instant.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { sendOperations } from '#app/services/money/send-operations.ts';
import { trackRefunds } from '#app/services/money/track-refunds.ts';

interface SenderLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}
export interface SenderOptions {
  /** Milliseconds between two looks. */
  every?: number;
  /** Waits that long, or until the signal aborts; tests wait for what they please. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** Further work done at every look, after the sending: the mail's outbox. */
  afterwards?: (signal: AbortSignal) => Promise<unknown>;
}
export interface Sender {
  /** Ends after the steps at hand: no call outside is cut off. */
  stop: () => Promise<void>;
}

const AFTER_ERROR = 5 * SECOND;

/**
 * While the server runs, sends what was decided and asks what became of what was sent. An error is
 * logged and the next look tries again. Any number of servers may run it on one database.
 */
export const startSender = (
  deps: MoneyDeps & { log: SenderLog },
  { every = SECOND, wait = waitQuietly, afterwards }: SenderOptions = {},
): Sender => {
  const stopping = new AbortController();
  const { signal } = stopping;
  let trackedAt = 0;
  const look = async (): Promise<boolean> => {
    const { steps, more } = await sendOperations(deps, signal);
    if (steps > 0) deps.log.info({ steps }, 'steps taken');
    if (deps.now() - trackedAt >= MINUTE) {
      const { asked, moved } = await trackRefunds(deps, signal);
      trackedAt = deps.now();
      if (moved > 0) deps.log.info({ asked, moved }, 'refunds tracked');
    }
    await afterwards?.(signal);
    return more;
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      let pause = every;
      try {
        if (await look()) pause = 0;
      } catch (error) {
        deps.log.error({ err: error }, 'sending failed');
        pause = Math.max(every, AFTER_ERROR);
      }
      if (!signal.aborted) await wait(pause, signal);
    }
  };
  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};

const waitQuietly = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch {
    // Aborted: the sender is being stopped.
  }
};
