import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { dialectOf } from '#db/dialect/dialect.ts';
import { isBusy, pathOf } from '#db/sqlite-connection.ts';

/**
 * Whether nobody else has the database open at this moment: no console waits for what is done with it. Where
 * one does, long writes are to be split. PostgreSQL's writers do not wait for each other: always true.
 */
export const isExclusivelyUsed = (databaseUrl: string): boolean => {
  if (dialectOf(databaseUrl) !== 'sqlite' || !existsSync(pathOf(databaseUrl))) return true;
  const connection = new Sqlite(pathOf(databaseUrl), { timeout: 0 });
  try {
    // Leaving the write-ahead log takes a lock that no other connection shares; opening the store goes back to it.
    return connection.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  } finally {
    connection.close();
  }
};
