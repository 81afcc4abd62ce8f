import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { sqliteParts } from '#db/sqlite.ts';
import type { Store } from '#db/store-types.ts';
/** Bytes from which it is worth it; below, SQLite's own checkpoints keep it small. */
const WORTH_IT = 16 * 1024 * 1024;

/** Copying may take long where a reader has held the log for hours: no request is to wait for it. */
const THREAD = `
  const { driver, path } = require('node:worker_threads').workerData;
  const connection = new (require(driver))(path, { fileMustExist: true, timeout: 0 });
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
`;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Moves a large write-ahead log of SQLite into the database and cuts it, unless somebody still reads from
 * it: then the next time. Answers the bytes it has afterwards; 0 on PostgreSQL, which sees to it itself.
 */
export const trimLog = async (store: Store, above = WORTH_IT): Promise<number> => {
  const path = sqliteParts(store)?.writer.name;
  if (path === undefined) return 0;
  const log = `${path}-wal`;
  if (sizeOf(log) <= above) return sizeOf(log);
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  await once(new Worker(THREAD, { eval: true, workerData: { driver, path } }), 'exit');
  return sizeOf(log);
};
