import { and, inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { chunks } from '#db/chunks.ts';
import {
  generation,
  invoice,
  ledgerEntry,
  payment,
  refund,
  setupAttempt,
  subscription,
} from '#db/schema/book.ts';
import type { Read } from '#db/store.ts';
import { equalsUnindexed } from '#db/unindexed.ts';

type Owned = PgTable & { id: PgColumn; customerId: PgColumn };

/** Where the records are kept that can be evidence. */
const TABLES: Record<string, Owned> = {
  payment,
  refund,
  invoice,
  ledgerEntry,
  generation,
  subscription,
  setupAttempt,
};

/** Those of these ids that are records of this type in this customer's book. */
export async function idsInBook(
  read: Read,
  { customerId, type, ids }: { customerId: string; type: string; ids: readonly string[] },
): Promise<Set<string>> {
  const table = Object.hasOwn(TABLES, type) ? TABLES[type] : undefined;
  const found = new Set<string>();
  if (table === undefined) return found;
  for (const chunk of chunks(ids)) {
    const rows = await read
      .select({ id: table.id })
      .from(table)
      .where(and(inArray(table.id, chunk), equalsUnindexed(table.customerId, customerId)));
    for (const { id } of rows) found.add(String(id));
  }
  return found;
}
