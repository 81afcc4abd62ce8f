import { and, asc, desc, eq } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { preparedQuery } from '#db/prepared-query.ts';
import {
  customer,
  generation,
  invoice,
  ledgerEntry,
  member,
  payment,
  refund,
  setupAttempt,
  subscription,
} from '#db/schema/book.ts';
import { param } from '#db/param.ts';
import type { Read } from '#db/store.ts';
import { equalsUnindexed } from '#db/unindexed.ts';

/*
 * One record of one customer, whole. Another customer's record of that id is not found, as if there
 * were none.
 */

/** Records that refer to one payment or generation: more than this nobody looks at. */
const MOST = 50;

type Owned = PgTable & { id: PgColumn; customerId: PgColumn };
const own = (table: Owned, customerId: string, id: string) =>
  and(eq(table.id, id), eq(table.customerId, customerId));

export const findCustomerRecord = async (read: Read, id: string) =>
  (await read.select().from(customer).where(eq(customer.id, id)))[0] ?? null;

const paymentWithId = preparedQuery<
  { id: string; customerId: string },
  typeof payment.$inferSelect
>((read) =>
  read
    .select()
    .from(payment)
    .where(
      and(
        eq(payment.id, param('id', payment.id)),
        eq(payment.customerId, param('customerId', payment.customerId)),
      ),
    ),
);

export const findPayment = async (read: Read, customerId: string, id: string) =>
  (await paymentWithId(read, { id, customerId }))[0] ?? null;

export const findRefund = async (read: Read, customerId: string, id: string) =>
  (
    await read
      .select()
      .from(refund)
      .where(own(refund, customerId, id))
  )[0] ?? null;

export const findSetupAttempt = async (read: Read, customerId: string, id: string) =>
  (
    await read
      .select()
      .from(setupAttempt)
      .where(own(setupAttempt, customerId, id))
  )[0] ?? null;

export const findInvoice = async (read: Read, customerId: string, id: string) =>
  (
    await read
      .select()
      .from(invoice)
      .where(own(invoice, customerId, id))
  )[0] ?? null;

export const findSubscription = async (read: Read, customerId: string, id: string) =>
  (
    await read
      .select()
      .from(subscription)
      .where(own(subscription, customerId, id))
  )[0] ?? null;

export const findEntry = async (read: Read, customerId: string, id: string) =>
  (
    await read
      .select()
      .from(ledgerEntry)
      .where(own(ledgerEntry, customerId, id))
  )[0] ?? null;

export const findGeneration = async (read: Read, customerId: string, id: string) =>
  (
    await read
      .select()
      .from(generation)
      .where(own(generation, customerId, id))
  )[0] ?? null;

export const findMember = async (read: Read, customerId: string, id: string) =>
  (
    await read
      .select()
      .from(member)
      .where(own(member, customerId, id))
  )[0] ?? null;

const entryFields = {
  id: ledgerEntry.id,
  kind: ledgerEntry.kind,
  credits: ledgerEntry.credits,
  occurredAt: ledgerEntry.occurredAt,
};

/** Entries that name a payment, newest first. */
export const entriesNamingPayment = async (read: Read, customerId: string, paymentId: string) =>
  read
    .select(entryFields)
    .from(ledgerEntry)
    .where(
      and(
        eq(ledgerEntry.paymentId, paymentId),
        equalsUnindexed(ledgerEntry.customerId, customerId),
      ),
    )
    .orderBy(desc(ledgerEntry.occurredAt), desc(ledgerEntry.id))
    .limit(MOST);

/** Entries that name a generation, newest first. */
export const entriesNamingGeneration = async (
  read: Read,
  customerId: string,
  generationId: string,
) =>
  read
    .select(entryFields)
    .from(ledgerEntry)
    .where(
      and(
        eq(ledgerEntry.generationId, generationId),
        equalsUnindexed(ledgerEntry.customerId, customerId),
      ),
    )
    .orderBy(desc(ledgerEntry.occurredAt), desc(ledgerEntry.id))
    .limit(MOST);

/** Refunds of a payment, oldest first. */
export const refundsOfPayment = async (read: Read, customerId: string, paymentId: string) =>
  read
    .select()
    .from(refund)
    .where(and(eq(refund.paymentId, paymentId), equalsUnindexed(refund.customerId, customerId)))
    .orderBy(asc(refund.createdAt), asc(refund.id))
    .limit(MOST);

/** Invoices of a customer, newest first: which payments they name is inside them. */
export const invoicesOfCustomer = async (read: Read, customerId: string) =>
  read
    .select()
    .from(invoice)
    .where(eq(invoice.customerId, customerId))
    .orderBy(desc(invoice.createdAt), desc(invoice.id))
    .limit(2_000);
