import { setTimeout as wait } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Read, Tx } from '#db/select-types.ts';
import { BUSY_TIMEOUT_MS, connect, isBusy } from '#db/sqlite-connection.ts';
import type { Connection } from '#db/sqlite-connection.ts';
import { SqliteHealth } from '#db/sqlite-health.ts';
import { StatementCache } from '#db/statement-cache.ts';
import type { Store } from '#db/store-types.ts';
import { assertNotWriting, runAsWrite } from '#db/write-scope.ts';
const LONGEST_WAIT_MS = 30_000;
/** Shorter than the pauses of an import, so that one is met. */
const LONGEST_PAUSE_MS = 8;

/** The raw connections behind a store, for the few places in db/ that need SQL of their own. */
export interface SqliteParts {
  reader: Connection;
  writer: Connection;
  health: SqliteHealth;
  /** Statements of reads, kept compiled. */
  reads: StatementCache;
  /** Statements of writes; they run inside a write only. */
  writes: StatementCache;
  /** Those of the two that belong to what was asked with: of a write for its `tx`, else of reads. */
  statements: StatementCache;
}

const parts = new WeakMap<object, SqliteParts>();

/** The connections of a store or of its `read`; undefined where it is not SQLite's. */
export const sqliteParts = (of: object): SqliteParts | undefined => parts.get(of);

const narrow = (statements: StatementCache): Tx =>
  // Drizzle's SQLite builders have the methods of PostgreSQL's under the same names (see columns.ts),
  // and of a connection they call `prepare` only.
  drizzle({ client: statements as unknown as Connection }) as unknown as Tx;

const readOnly = (db: Tx): Read => ({
  select: db.select.bind(db),
  selectDistinct: db.selectDistinct.bind(db),
});

/**
 * Takes the lock of the file. Another process may hold it for a while: SQLite would wait in the middle
 * of everything else that this process does, so it waits here, where other work goes on.
 */
const begin = async (writer: Connection): Promise<void> => {
  const until = performance.now() + LONGEST_WAIT_MS;
  for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      writer.pragma('busy_timeout = 0');
      return void writer.exec('begin immediate');
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
    } finally {
      writer.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
    await wait(pause * (0.5 + Math.random()));
  }
};

const runBody = async <T>(writer: Connection, body: () => Promise<T>): Promise<T> => {
  await begin(writer);
  try {
    const result = await runAsWrite(body);
    writer.exec('commit');
    return result;
  } catch (error) {
    if (writer.inTransaction) writer.exec('rollback');
    throw error;
  }
};

export const openSqliteStore = (databaseUrl: string): Store => {
  const writer = connect(databaseUrl, { mustExist: true });
  const reader = connect(databaseUrl, { mustExist: true });
  reader.pragma('query_only = ON');
  const health = new SqliteHealth(databaseUrl);
  const reads = new StatementCache(reader);
  const read = readOnly(narrow(reads));
  const writes = new StatementCache(writer, () => writer.inTransaction);
  const tx = narrow(writes);
  let last: Promise<unknown> = Promise.resolve();

  const store: Store = {
    dialect: 'sqlite',
    read,
    write: async (body) => {
      assertNotWriting('a write');
      const turn = last.then(() => runBody(writer, () => body(tx)));
      last = turn.catch(() => undefined);
      return turn;
    },
    checkHealth: async () => health.check(),
    close: async () => {
      await last;
      for (const connection of [health.connection, reader, writer])
        if (connection.open) connection.close();
    },
  };
  const own = { reader, writer, health, reads, writes, statements: reads };
  parts.set(store, own);
  parts.set(read, own);
  parts.set(tx, { ...own, statements: writes });
  return store;
};
