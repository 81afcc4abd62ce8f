import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { syncFile } from '#db/backup/backup.ts';
import { migrationTags } from '#db/migrate/migrate.ts';
import type { Connection } from '#db/sqlite-connection.ts';

const BESIDE = ['-wal', '-shm'];

const removeBeside = (path: string): void => {
  for (const end of BESIDE) rmSync(`${path}${end}`, { force: true });
};

/**
 * Copies a backup, with the write-ahead log beside it if there is one, to `target` as one whole file, and
 * throws where it is none of ours, damaged, or of a newer program.
 */
export const copyBackup = (source: string, target: string): void => {
  if (!existsSync(source)) throw new Error(`There is no file ${source}.`);
  for (const end of ['', ...BESIDE]) rmSync(`${target}${end}`, { force: true });
  copyFileSync(source, target);
  // A file that was copied while a console was at work is whole only with its log.
  if (existsSync(`${source}-wal`)) copyFileSync(`${source}-wal`, `${target}-wal`);
  const copy = openCopy(source, target);
  try {
    check(copy, source);
  } finally {
    copy.close();
  }
  removeBeside(target);
};

const openCopy = (source: string, target: string): Connection => {
  try {
    const copy = new Sqlite(target);
    copy.pragma('journal_mode = DELETE');
    return copy;
  } catch (error) {
    throw new Error(`${source} is no SQLite database that can be read.`, { cause: error });
  }
};

const check = (copy: Connection, source: string): void => {
  const whole = copy.pragma('integrity_check', { simple: true });
  if (whole !== 'ok') throw new Error(`${source} is damaged: ${String(whole)}.`);
  const [broken] = copy.pragma('foreign_key_check') as { table: string }[];
  if (broken) throw new Error(`${source} is damaged: rows of ${broken.table} lead nowhere.`);
  const tables = copy.prepare("select name from sqlite_schema where type = 'table'").pluck().all();
  if (!tables.includes('schema_migration')) throw new Error(`${source} is no database of Redress.`);
  const known = new Set(migrationTags('sqlite'));
  const tags = copy.prepare('select tag from schema_migration').pluck().all().map(String);
  const newer = tags.find((tag) => !known.has(tag));
  if (newer !== undefined)
    throw new Error(`${source} was made by a newer Redress (${newer}): restore it with that one.`);
};

/** The name of an open database, or null: it is from before databases had one. */
export const nameOfFile = (file: Connection): string | null => {
  try {
    const row = file.prepare('select name from database_identity').pluck().get();
    return typeof row === 'string' ? row : null;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_ERROR') return null;
    throw error;
  }
};

/** Opens a database that is not in use, reads of it and closes it. */
export const readFileOf = <T>(path: string, read: (file: Connection) => T): T => {
  const file = new Sqlite(path, { fileMustExist: true });
  try {
    return read(file);
  } finally {
    file.close();
  }
};

/** Gives a database the name that it had when it was the one it is put in the place of. */
export const nameFile = (path: string, name: string): void =>
  readFileOf(path, (file) => void file.prepare('update database_identity set name = ?').run(name));

/** A database that nobody else has open, and nobody can open until it is let go. */
export interface Alone {
  connection: Connection;
  release(): void;
}

/**
 * Makes sure that no console, import or other program has the database open, and keeps them out. Every open
 * database is locked by the system, which forgets a lock when its program dies. Throws where one is at work.
 */
export const openExclusively = (path: string): Alone => {
  const connection = new Sqlite(path, { timeout: 500, fileMustExist: true });
  try {
    // Leaving the write-ahead log takes a lock that no other connection shares; its pages go into the file.
    if (connection.pragma('journal_mode = DELETE', { simple: true }) !== 'delete')
      throw new Error('busy');
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    const code = error instanceof Sqlite.SqliteError ? error.code : 'SQLITE_BUSY';
    if (!code.startsWith('SQLITE_BUSY'))
      throw new Error(
        `${path} cannot be read (${code}), so nobody can tell whether a console runs on it. Stop it, and say --damaged.`,
        { cause: error },
      );
    throw new Error(`A console or another program has ${path} open: stop it first.`, {
      cause: error,
    });
  }
  return { connection, release: () => connection.close() };
};

/**
 * Puts `restored` in the place of `path` in one step and keeps what was there under another name. Nothing of
 * the old write-ahead log is left: it would be read into the new file.
 */
export const replaceFile = (path: string, restored: string, aside: string): void => {
  if (existsSync(path)) {
    for (const end of BESIDE)
      if (existsSync(`${path}${end}`)) renameSync(`${path}${end}`, `${aside}${end}`);
    keepAs(path, aside);
  }
  removeBeside(path);
  syncFile(restored);
  renameSync(restored, path);
  syncFile(dirname(path));
};

/** Under a second name the file stays there all the time; not every file system knows two names of a file. */
const keepAs = (path: string, aside: string): void => {
  try {
    linkSync(path, aside);
  } catch {
    copyFileSync(path, aside);
    syncFile(aside);
  }
};
