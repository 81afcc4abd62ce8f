import type { Platform } from '#app/platform/request-context.ts';
import type { StorageTrouble } from '#db/storage-trouble.ts';

/** Milliseconds for which an answer holds: whoever asks all the time must not make the database write. */
const HOLDS = 1_000;

/** Answers whether the database can be read and written, looking at most once a second. Null: it can. */
export const makeReadiness = ({
  store,
  log,
}: Pick<Platform, 'store' | 'log'>): (() => Promise<StorageTrouble | null>) => {
  let asked: Promise<StorageTrouble | null> | null = null;
  let last: StorageTrouble | null = null;
  const look = async (): Promise<StorageTrouble | null> => {
    const found = await store.checkHealth();
    if (found !== last) {
      if (found === null) log.info('the database is ready again');
      else log.error({ reason: found }, 'the database is not ready');
    }
    last = found;
    setTimeout(() => (asked = null), HOLDS).unref();
    return found;
  };
  return () => (asked ??= look());
};
