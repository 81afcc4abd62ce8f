import { and, between, count, eq, inArray, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { dialect } from '#db/dialect/dialect.ts';
import { fastAll, preparedQuery } from '#db/prepared-query.ts';
import type { CustomerBatch } from '#db/packed/packed-rows.ts';
import { account } from '#db/schema/account.ts';
import { generation, ledgerEntry } from '#db/schema/book.ts';
import { param } from '#db/param.ts';
import type { Read } from '#db/store.ts';

const TABLES = [ledgerEntry, generation] as const;

/** A count that ends at `most`: all of a large customer's would take long, and SQLite's callers wait. */
const countOf = (table: (typeof TABLES)[number]) =>
  preparedQuery<{ customerId: string; most: number }, { rows: number }>((read) => {
    const some = read
      .select({ one: sql`1`.as('one') })
      .from(table)
      .where(eq(table.customerId, param('customerId', table.customerId)))
      .limit(sql.placeholder('most'))
      .as('some');
    return read.select({ rows: sql`count(*)`.mapWith(Number).as('rows') }).from(some);
  });
const counters = TABLES.map(countOf);

/** How many ledger entries and generations a customer has; of each table up to `most` are counted. */
export const countRowsOf = async (
  read: Read,
  customerId: string,
  most: number,
): Promise<number> => {
  let rows = 0;
  for (const counted of counters) rows += (await counted(read, { customerId, most }))[0]?.rows ?? 0;
  return rows;
};

const among = (customerId: PgColumn, { ids, range }: CustomerBatch) =>
  range ? and(between(customerId, ids[0] ?? '', ids.at(-1) ?? '')) : inArray(customerId, [...ids]);

/**
 * The same for each customer of a batch. PostgreSQL, where each question is a journey, counts them in one, and
 * all of their rows; customers without are missing there.
 */
export const countRows = async (
  read: Read,
  batch: CustomerBatch,
  most: number,
): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  if (dialect === 'sqlite') {
    for (const id of batch.ids) counts.set(id, await countRowsOf(read, id, most));
    return counts;
  }
  for (const table of TABLES) {
    const query = read
      .select({ customerId: table.customerId, rows: count() })
      .from(table)
      .where(among(table.customerId, batch))
      .groupBy(table.customerId);
    for (const { customerId, rows } of await fastAll(read, query)) {
      counts.set(customerId, (counts.get(customerId) ?? 0) + rows);
    }
  }
  return counts;
};

/** How many accounts lie between two ids, both included, in the database's order. */
export const countAccountsBetween = async (
  read: Read,
  from: string,
  to: string,
): Promise<number> => {
  const rows = await read
    .select({ accounts: count() })
    .from(account)
    .where(between(account.customerId, from, to));
  return rows[0]?.accounts ?? 0;
};
