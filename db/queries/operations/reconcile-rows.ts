import { asc, eq, gte, inArray } from 'drizzle-orm';
import type { LedgerEntry } from '#app/domain/book/records.ts';
import { identityInBook } from '#app/domain/remedies/charge-identity.ts';
import type { OurCharge, OurPayment, OurRefund } from '#app/domain/reconciliation/discrepancy.ts';
import type { Instant } from '#app/lib/instant.ts';
import { chunks } from '#db/chunks.ts';
import { customer, ledgerEntry, payment, refund } from '#db/schema/book.ts';
import type { Read } from '#db/store.ts';

const REFUND = {
  id: refund.id,
  paymentId: refund.paymentId,
  customerId: refund.customerId,
  amount: refund.amount,
  currency: refund.currency,
  status: refund.status,
};
const PAYMENT = {
  id: payment.id,
  customerId: payment.customerId,
  currency: payment.currency,
  disputeStatus: payment.disputeStatus,
};

/** The book's refunds made at or after an instant. */
export const refundsSince = async (read: Read, since: Instant): Promise<OurRefund[]> =>
  read.select(REFUND).from(refund).where(gte(refund.createdAt, since)).orderBy(asc(refund.id));

export const refundById = async (read: Read, id: string): Promise<OurRefund | null> =>
  (await read.select(REFUND).from(refund).where(eq(refund.id, id)))[0] ?? null;

/** The book's ledger entry of an id, whosever it is. */
export const entryById = async (read: Read, id: string): Promise<LedgerEntry | null> =>
  (await read.select().from(ledgerEntry).where(eq(ledgerEntry.id, id)))[0] ?? null;

/** The book's captured payments made at or after an instant. */
export const paymentsSince = async (read: Read, since: Instant): Promise<OurCharge[]> => {
  const rows = await read
    .select({ payment, stripeCustomerId: customer.stripeCustomerId })
    .from(payment)
    .leftJoin(customer, eq(customer.id, payment.customerId))
    .where(gte(payment.createdAt, since))
    .orderBy(asc(payment.id));
  return rows
    .filter(({ payment: { status } }) => status === 'succeeded')
    .map(({ payment: row, stripeCustomerId }) => ({
      ...{ id: row.id, customerId: row.customerId, currency: row.currency },
      disputeStatus: row.disputeStatus,
      identity: identityInBook(row, { stripeCustomerId }),
    }));
};

export const paymentsByIds = async (read: Read, ids: readonly string[]): Promise<OurPayment[]> => {
  const found: OurPayment[] = [];
  for (const chunk of chunks(ids))
    found.push(...(await read.select(PAYMENT).from(payment).where(inArray(payment.id, chunk))));
  return found;
};
