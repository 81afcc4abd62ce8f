import type { Platform } from '#app/web/request-context.ts';
import type { StorageError } from '#db/storage-error.ts';

/** Milliseconds for which an answer holds: whoever asks all the time must not make the database write. */
const HOLDS = 1_000;

/** Answers whether the database can be read and written, looking at most once a second. Null: it can. */
export const createReadiness = ({
  store,
  log,
}: Pick<Platform, 'store' | 'log'>): (() => Promise<StorageError | null>) => {
  let draft: Promise<StorageError | null> | null = null;
  let last: StorageError | null = null;
  const look = async (): Promise<StorageError | null> => {
    const found = await store.checkHealth();
    if (found !== last) {
      if (found === null) log.info('the database is ready again');
      else log.error({ reason: found }, 'the database is not ready');
    }
    last = found;
    setTimeout(() => (draft = null), HOLDS).unref();
    return found;
  };
  return () => (draft ??= look());
};
