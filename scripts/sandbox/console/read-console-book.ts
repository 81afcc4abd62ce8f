import { asc, eq } from 'drizzle-orm';
import type { BookRecord } from '#app/domain/book/records.ts';
import {
  customer,
  invoice,
  ledgerEntry,
  payment,
  refund,
  setupAttempt,
  subscription,
} from '#db/schema.ts';
import type { Read } from '#db/store.ts';

/** What Stripe would know of a console's own book: everything but members, ledger and generations. */
export const readStripeBook = async (read: Read): Promise<BookRecord[]> => [
  ...(await read.select().from(customer)).map((record) => ({ type: 'customer' as const, record })),
  ...(await read.select().from(subscription)).map((record) => ({
    type: 'subscription' as const,
    record,
  })),
  ...(await read.select().from(payment)).map((record) => ({ type: 'payment' as const, record })),
  ...(await read.select().from(refund)).map((record) => ({ type: 'refund' as const, record })),
  ...(await read.select().from(invoice)).map((record) => ({ type: 'invoice' as const, record })),
  ...(await read.select().from(setupAttempt)).map((record) => ({
    type: 'setupAttempt' as const,
    record,
  })),
];

/** What the product knows of one customer: the record and the ledger, as they are now. */
export const readProductBook = async (read: Read, customerId: string): Promise<BookRecord[]> => {
  const customers = await read.select().from(customer).where(eq(customer.id, customerId));
  const entries = await read
    .select()
    .from(ledgerEntry)
    .where(eq(ledgerEntry.customerId, customerId))
    .orderBy(asc(ledgerEntry.occurredAt), asc(ledgerEntry.sequence), asc(ledgerEntry.id));
  return [
    ...customers.map((record) => ({ type: 'customer' as const, record })),
    ...entries.map((record) => ({ type: 'ledgerEntry' as const, record })),
  ];
};
