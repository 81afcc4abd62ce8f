import { upsertOnPostgres } from '#db/upsert/postgres-upsert.ts';
import type { RecordRows } from '#db/upsert/record-rows.ts';
import type { Tx } from '#db/select-types.ts';
import { upsertOnSqlite } from '#db/upsert/sqlite-upsert.ts';
import { sqliteParts } from '#db/sqlite.ts';

/**
 * Writes all rows, a later one of an id over an earlier one. Returns the customers (as stored) whose
 * book has changed, those that a record has left included; rows that are there already change nothing.
 */
export const upsertRecords = async (tx: Tx, rows: RecordRows): Promise<Set<string>> =>
  sqliteParts(tx) ? upsertOnSqlite(tx, rows) : upsertOnPostgres(tx, rows);
