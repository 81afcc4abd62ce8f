import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';

export type Connection = Sqlite.Database;

export const BUSY_TIMEOUT_MS = 5_000;
/**
 * Bytes that the write-ahead log keeps after a checkpoint: what a long reader has made it grow by goes.
 * @internal
 */
export const LOG_LIMIT = 64 * 1024 * 1024;
/** Older versions lose data where a checkpoint and a writer meet in a certain way (WAL-reset bug). */
const LOWEST_VERSION = [3, 51, 3];

/** The path in `file:./data/redress.db`. */
export const pathOf = (databaseUrl: string): string =>
  decodeURIComponent(databaseUrl.replace(/^file:(\/\/(?=\/))?/, ''));

/**
 * Whether `3.51.2` is older than what the store may run on.
 * @internal
 */
export const isOldVersion = (version: string): boolean => {
  const parts = version.split('.').map(Number);
  const at = LOWEST_VERSION.findIndex((lowest, i) => (parts[i] ?? 0) !== lowest);
  return at >= 0 && (parts[at] ?? 0) < (LOWEST_VERSION[at] ?? 0);
};

/**
 * Throws, naming every setting that is not as durability and safety need it. Run on each connection:
 * in WAL mode SQLite falls back to synchronous=NORMAL by itself, and builds differ in their defaults.
 * @internal
 */
export const assertPragmas = (connection: Connection): void => {
  const read = (name: string): unknown => connection.pragma(name, { simple: true });
  const wrong = [
    read('journal_mode') === 'wal' ? '' : 'journal_mode is not wal',
    read('synchronous') === 2 ? '' : 'synchronous is not 2 (FULL)',
    read('foreign_keys') === 1 ? '' : 'foreign_keys is not 1',
    Number(read('busy_timeout')) >= BUSY_TIMEOUT_MS
      ? ''
      : `busy_timeout is below ${BUSY_TIMEOUT_MS}`,
    read('recursive_triggers') === 1 ? '' : 'recursive_triggers is not 1',
    read('trusted_schema') === 0 ? '' : 'trusted_schema is not 0',
    isOldVersion(String(connection.prepare('select sqlite_version()').pluck().get()))
      ? `sqlite_version is below ${LOWEST_VERSION.join('.')}`
      : '',
  ].filter(Boolean);
  if (wrong.length) throw new Error(`SQLite is not set up as it must be: ${wrong.join('; ')}`);
};

/** Nobody but the owner may read the file; its -wal and -shm take its permissions. */
const createPrivately = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
};

interface ConnectOptions {
  /** Throws where there is no such file: nobody is to look into an empty one that was just made. */
  mustExist?: boolean;
}

/** A connection with every setting asserted. Creates the file, readable by its owner only. */
export const connect = (
  databaseUrl: string,
  { mustExist = false }: ConnectOptions = {},
): Connection => {
  const path = pathOf(databaseUrl);
  if (mustExist && !existsSync(path)) {
    throw new Error(
      `DATABASE_URL: there is no database at ${path}. Correct it, or start the console once to make one.`,
    );
  }
  createPrivately(path);
  const connection = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('recursive_triggers = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma(`journal_size_limit = ${LOG_LIMIT}`);
  assertPragmas(connection);
  return connection;
};

export const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
