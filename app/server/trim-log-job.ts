import { SECOND } from '#app/lib/instant.ts';
import type { Platform } from '#app/web/request-context.ts';
import { startPollLoop, type Poller } from '#app/lib/poll-loop.ts';
import { trimLog } from '#db/trim-log.ts';

const EVERY = 10 * SECOND;

/** While the server runs, keeps SQLite's write-ahead log small, whoever reads from it for long. */
export const startTrimLogJob = ({
  store,
  metrics,
  log,
}: Pick<Platform, 'store' | 'metrics' | 'log'>): Poller => {
  const look = async (): Promise<boolean> => {
    metrics.logBytes = await trimLog(store);
    return false;
  };
  return startPollLoop(look, { every: EVERY, log, failure: 'the database log could not be cut' });
};
