import { createHash } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { account } from '#db/schema/account.ts';
import * as schema from '#db/schema/book.ts';
import type { Read } from '#db/store.ts';

const TABLES = [
  schema.customer,
  schema.member,
  schema.subscription,
  schema.payment,
  schema.refund,
  schema.invoice,
  schema.ledgerEntry,
  schema.generation,
  schema.setupAttempt,
  schema.watermark,
];

/** SHA-256 over every record of the book and every name that can be searched, in the order of ids. */
export const bookHash = async (read: Read): Promise<string> => {
  const hash = createHash('sha256');
  for (const table of TABLES) {
    for (const row of await read.select().from(table).orderBy(asc(table.id))) {
      hash.update(JSON.stringify(row));
    }
    hash.update('|');
  }
  const { type, recordId, customerId, folded } = schema.nameKey;
  const names = await read
    .select({ type, recordId, customerId, folded })
    .from(schema.nameKey)
    .orderBy(asc(type), asc(recordId));
  return hash.update(JSON.stringify(names)).digest('hex');
};

/** The customers whose accounts wait for a sweep, in the order of ids. */
export const dirtyCustomers = async (read: Read): Promise<string[]> => {
  const rows = await read.select().from(account).orderBy(asc(account.customerId));
  return rows.filter(({ dirty }) => dirty).map(({ customerId }) => customerId);
};
