import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/**
 * The same as `eq` of a text, but out of the sight of indexes. Without counts of its own SQLite would as soon walk
 * all rows of a large customer as look at the few that are named.
 */
export const equalsUnindexed = (column: PgColumn, value: string): SQL =>
  sql`${column} || '' = ${sql.param(value, column)}`;
