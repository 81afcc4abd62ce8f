import { and, between, count, inArray } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { fastAll } from '#db/hot-query.ts';
import type { CustomerBatch } from '#db/packed-rows.ts';
import { account } from '#db/schema/account.ts';
import { generation, ledgerEntry } from '#db/schema/book.ts';
import type { Read } from '#db/store.ts';

const among = (customerId: PgColumn, { ids, range }: CustomerBatch) =>
  range ? and(between(customerId, ids[0] ?? '', ids.at(-1) ?? '')) : inArray(customerId, [...ids]);

/** How many ledger entries and generations each customer of a batch has; those without are missing. */
export const countRows = async (read: Read, batch: CustomerBatch): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (const table of [ledgerEntry, generation]) {
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
