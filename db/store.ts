import { assertAuditGuards } from '#db/audit-guards.ts';
import { dialectOf } from '#db/dialect.ts';
import type { Dialect } from '#db/dialect.ts';
import type { Read, Tx } from '#db/select-types.ts';
import type { StorageTrouble } from '#db/storage-trouble.ts';

export { assertNotWriting } from '#db/write-scope.ts';
export type { Read, Tx } from '#db/select-types.ts';

export interface Store {
  readonly dialect: Dialect;
  /** Selects only; never sees what an unfinished write has done. */
  readonly read: Read;
  /**
   * Runs `body` as one serializable transaction and returns what it returned; a throw rolls back and is
   * thrown on. On PostgreSQL the body runs again after a conflict, so it must have no effect outside
   * `tx`. It may neither nest nor wait for anything but the database.
   */
  write<T>(body: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads and writes a page; answers what stands in the way, within seconds. Null: nothing does. */
  checkHealth(): Promise<StorageTrouble | null>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** PostgreSQL: connections at once, for reads and for writes each. */
  poolSize?: number;
  /** Also opens a database whose audit log has lost its protection: to find out about it. */
  unguarded?: boolean;
}

const openEither = async (databaseUrl: string, options: StoreOptions): Promise<Store> => {
  // Only the driver in use is loaded: the other may not even be installed.
  if (dialectOf(databaseUrl) === 'sqlite') {
    const { openSqliteStore } = await import('#db/sqlite.ts');
    return openSqliteStore(databaseUrl);
  }
  const { openPostgresStore } = await import('#db/postgres.ts');
  return openPostgresStore(databaseUrl, options);
};

/**
 * Opens the database of `databaseUrl`, which must be migrated already. Throws where it cannot be
 * reached, where SQLite does not run with the settings that durability needs, or where the audit log is
 * not protected against changes.
 */
export const openStore = async (
  databaseUrl: string,
  options: StoreOptions = {},
): Promise<Store> => {
  const store = await openEither(databaseUrl, options);
  try {
    if (!options.unguarded) await assertAuditGuards(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};
