import { postgresParts } from '#db/postgres.ts';
import { RECORD_TABLES } from '#db/upsert/record-tables.ts';
import type { Connection } from '#db/sqlite-connection.ts';
import { sqliteParts } from '#db/sqlite.ts';
import type { Store } from '#db/store-types.ts';
/*
 * A first load into empty tables is twice as fast when their indexes are built at its end. Which ones
 * are missing stands in the database itself, written in the transaction that drops them, so that a load
 * that was killed leaves nothing behind: the next load goes on without them, any other start builds
 * them. SQLite only; PostgreSQL keeps its indexes.
 */
interface Definition {
  name: string;
  definition: string;
}

const indexesOf = (connection: Connection, table: string): Definition[] =>
  // The two columns that are selected; SQLite's own indexes (of primary keys) have no text.
  connection
    .prepare(
      `select name, sql as definition from sqlite_schema
       where type = 'index' and tbl_name = ? and sql is not null`,
    )
    .all(table) as Definition[];

const isEmpty = (connection: Connection, table: string): boolean =>
  connection.prepare(`select 1 from ${table} limit 1`).get() === undefined;

const postponed = (connection: Connection): Definition[] =>
  // The columns of the table.
  connection.prepare('select name, definition from postponed_index').all() as Definition[];

const setForBulk = (connection: Connection): void => {
  // 32 MiB, at the end of a transaction: together with the largest of these the log stays within its limit.
  connection.pragma('wal_autocheckpoint = 8000');
  connection.pragma('cache_size = -32000');
};

/**
 * Drops the indexes of all record tables if every one of them is empty. Answers whether a load runs
 * without indexes: now, or since one before it that was killed.
 */
export const deferIndexes = async (store: Store): Promise<boolean> => {
  const writer = sqliteParts(store)?.writer;
  if (!writer) return false;
  setForBulk(writer);
  const tables = Object.values(RECORD_TABLES).map(({ name }) => name);
  return store.write(async () => {
    if (postponed(writer).length) return true;
    if (!tables.every((table) => isEmpty(writer, table))) return false;
    const note = writer.prepare('insert into postponed_index values (?, ?)');
    for (const { name, definition } of tables.flatMap((table) => indexesOf(writer, table))) {
      note.run(name, definition);
      writer.exec(`drop index "${name}"`);
    }
    return true;
  });
};

/** Builds what is missing, one index a transaction. `onBuilt` hears how many of how many stand. */
export const buildDeferredIndexes = (
  connection: Connection,
  onBuilt: (built: number, of: number) => void = () => undefined,
): void => {
  const missing = postponed(connection);
  if (missing.length === 0) return;
  connection.pragma('threads = 2');
  missing.forEach(({ name, definition }, at) => {
    const build = connection.transaction(() => {
      if (connection.prepare('delete from postponed_index where name = ?').run(name).changes) {
        connection.exec(definition);
      }
    });
    build.immediate();
    onBuilt(at + 1, missing.length);
  });
  connection.pragma('wal_checkpoint(truncate)');
};

/** The same for an open store, and its settings for everyday work again. */
export const finishBulk = (store: Store, onBuilt?: (built: number, of: number) => void): void => {
  const writer = sqliteParts(store)?.writer;
  if (!writer) return;
  // Each sorting thread takes as much memory as the cache may.
  writer.pragma('cache_size = -6000');
  writer.pragma('shrink_memory');
  buildDeferredIndexes(writer, onBuilt);
  writer.pragma('cache_size = -16000');
  writer.pragma('wal_autocheckpoint = 1000');
};

/** Lets PostgreSQL count its rows after many have come: its plans for queries depend on it. */
export const countRowsAnew = async (store: Store): Promise<void> => {
  const tables = [...Object.values(RECORD_TABLES).map(({ name }) => name), 'account', 'name_key'];
  const text = `begin; set local statement_timeout = 0; analyze ${tables.join(', ')}; commit`;
  await postgresParts(store)?.writes.query(text);
};
