import { assertAuditGuards } from '#db/audit-guards.ts';
import { dialectOf } from '#db/dialect/dialect.ts';
import type { Store, StoreOptions } from '#db/store-types.ts';
export { assertNotWriting } from '#db/write-scope.ts';
export type { Store } from '#db/store-types.ts';
export type { Read, Tx } from '#db/select-types.ts';

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
