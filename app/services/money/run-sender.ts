import { MINUTE, SECOND } from '#app/domain/instant.ts';
import { keepLooking } from '#app/services/keep-looking.ts';
import type { Looking, Looks } from '#app/services/keep-looking.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { sendOperations } from '#app/services/money/send-operations.ts';
import { trackRefunds } from '#app/services/money/track-refunds.ts';

interface SenderLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}
export interface SenderOptions extends Partial<Pick<Looks, 'every' | 'wait'>> {
  /** Further work done at every look, after the sending. */
  afterwards?: () => Promise<unknown>;
  /** Done where a look has failed, before the next. */
  afterFailure?: (() => Promise<unknown>) | undefined;
}

/**
 * While the server runs, sends what was decided and asks what became of what was sent. Any number of
 * servers may run it on one database; no call outside is cut off by a stop.
 */
export const startSender = (
  deps: MoneyDeps & { log: SenderLog },
  { every = SECOND, wait, afterwards, afterFailure }: SenderOptions = {},
): Looking => {
  let trackedAt = 0;
  const look = async (signal: AbortSignal): Promise<boolean> => {
    const { steps, more } = await sendOperations(deps, signal);
    if (steps > 0) deps.log.info({ steps }, 'steps taken');
    if (deps.now() - trackedAt >= MINUTE) {
      const { asked, moved } = await trackRefunds(deps, signal);
      trackedAt = deps.now();
      if (moved > 0) deps.log.info({ asked, moved }, 'refunds tracked');
    }
    await afterwards?.();
    return more;
  };
  const lookSafely = async (signal: AbortSignal): Promise<boolean> => {
    try {
      return await look(signal);
    } catch (error) {
      // What it throws would be thrown for the same reason, which is told already.
      await afterFailure?.().catch(() => undefined);
      throw error;
    }
  };
  return keepLooking(lookSafely, { every, wait, log: deps.log, failure: 'sending failed' });
};
