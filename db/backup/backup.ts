import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { dialectOf } from '#db/dialect/dialect.ts';
import { pathOf } from '#db/sqlite-connection.ts';

/** Forces a file, or the names in a folder, to disk. */
export const syncFile = (path: string): void => {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
};

/**
 * Copies the SQLite database of `databaseUrl` to `target` while others go on writing: a consistent copy
 * is made beside it, checked, forced to disk and only then given its name. Returns its size in bytes.
 * Throws where `target` exists, where the source is not there or not SQLite, or the copy is not whole.
 */
export const backup = (databaseUrl: string, target: string): number => {
  if (dialectOf(databaseUrl) !== 'sqlite') {
    throw new Error('DATABASE_URL names a PostgreSQL database: back it up with pg_dump.');
  }
  if (existsSync(target)) throw new Error(`${target} is there already: name another file.`);
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  const source = new Sqlite(pathOf(databaseUrl), { readonly: true, fileMustExist: true });
  try {
    source.prepare('vacuum into ?').run(partial);
  } finally {
    source.close();
  }
  const copy = new Sqlite(partial, { readonly: true });
  const said = copy.pragma('integrity_check', { simple: true });
  const bytes = Number(copy.pragma('page_count', { simple: true })) * pageSize(copy);
  copy.close();
  if (said !== 'ok')
    throw new Error(`The copy is not whole (${String(said)}); it stays at ${partial}.`);
  syncFile(partial);
  renameSync(partial, target);
  syncFile(dirname(target));
  return bytes;
};

const pageSize = (connection: Sqlite.Database): number =>
  Number(connection.pragma('page_size', { simple: true }));
