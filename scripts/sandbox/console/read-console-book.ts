import { asc, desc, eq, gte } from 'drizzle-orm';
import type { BookRecord } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import {
  customer,
  invoice,
  ledgerEntry,
  payment,
  refund,
  setupAttempt,
  subscription,
} from '#db/schema/book.ts';
import type { Read } from '#db/store.ts';

/** A local Stripe holds its account in memory: some four kilobytes a payment with its invoice. */
const MOST_PAYMENTS = 100_000;

/** When the oldest of the newest `most` payments was made; 0 where there are not so many. */
const sinceWhen = async (read: Read, most: number): Promise<Instant> => {
  const [oldest] = await read
    .select({ at: payment.createdAt })
    .from(payment)
    .orderBy(desc(payment.createdAt))
    .offset(most - 1)
    .limit(1);
  return oldest?.at ?? 0;
};

/**
 * What Stripe would know of a console's own book: everything but members, ledger and generations. Of a
 * very large book only the newest `most` payments, and their refunds and invoices.
 */
export const readStripeBook = async (
  read: Read,
  most: number = MOST_PAYMENTS,
): Promise<BookRecord[]> => {
  const since = await sinceWhen(read, most);
  const customers = await read.select().from(customer);
  const subscriptions = await read.select().from(subscription);
  const payments = await read.select().from(payment).where(gte(payment.createdAt, since));
  const refunds = await read.select().from(refund).where(gte(refund.createdAt, since));
  const invoices = await read.select().from(invoice).where(gte(invoice.createdAt, since));
  const attempts = await read.select().from(setupAttempt).where(gte(setupAttempt.at, since));
  return [
    ...customers.map((record) => ({ type: 'customer' as const, record })),
    ...subscriptions.map((record) => ({ type: 'subscription' as const, record })),
    ...payments.map((record) => ({ type: 'payment' as const, record })),
    ...refunds.map((record) => ({ type: 'refund' as const, record })),
    ...invoices.map((record) => ({ type: 'invoice' as const, record })),
    ...attempts.map((record) => ({ type: 'setupAttempt' as const, record })),
  ];
};

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
