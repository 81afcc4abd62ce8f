import { SECOND } from '#app/domain/instant.ts';
import type { Platform } from '#app/platform/request-context.ts';
import { keepLooking, type Looking } from '#app/services/keep-looking.ts';
import { trimLog } from '#db/trim-log.ts';

const EVERY = 10 * SECOND;

/** While the server runs, keeps SQLite's write-ahead log small, whoever reads from it for long. */
export const startTrimming = ({
  store,
  metrics,
  log,
}: Pick<Platform, 'store' | 'metrics' | 'log'>): Looking => {
  const look = async (): Promise<boolean> => {
    metrics.logBytes = await trimLog(store);
    return false;
  };
  return keepLooking(look, { every: EVERY, log, failure: 'the database log could not be cut' });
};
