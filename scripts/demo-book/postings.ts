import type { EntryKind, Invoice, LedgerEntry, Payment, Refund } from '#app/domain/book/records.ts';
import { MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Account } from '#scripts/demo-book/account.ts';

/** The movements of an account: charging, crediting, invoicing, refunding. Ids look like Stripe's. */
export type Charge = Pick<Payment, 'purpose' | 'product' | 'credits' | 'amount'> & {
  at: Instant;
} & Partial<Omit<Payment, 'customerId' | 'createdAt'>>;

/** A payment captured three seconds after it was made, unless `charge` says otherwise. */
export const charge = (account: Account, { at, ...rest }: Charge): Payment => {
  const payment: Payment = {
    id: `ch_3${account.random.token(23)}`,
    customerId: account.id,
    currency: account.currency,
    status: 'succeeded',
    createdAt: at - 3 * SECOND,
    capturedAt: at,
    amountCaptured: null,
    amountRefunded: null,
    refundedAt: null,
    disputeStatus: null,
    invoiceId: null,
    subscriptionId: null,
    periodStart: null,
    ...account.card,
    failureCode: null,
    declineCode: null,
    failureMessage: null,
    ...rest,
  };
  account.payments.push(payment);
  return payment;
};

/** The paid invoice that lists the payment and that the payment names. */
export const invoice = (account: Account, payment: Payment, id?: string): Invoice => {
  const number = String(account.invoices.length + 1).padStart(4, '0');
  const made: Invoice = {
    id: id ?? `in_1${account.random.token(23)}`,
    customerId: account.id,
    number: `${account.invoicePrefix}-${number}`,
    status: 'paid',
    total: payment.amount,
    currency: payment.currency,
    createdAt: payment.createdAt,
    finalizedAt: payment.createdAt,
    paymentIds: [payment.id],
    billTo: billTo(account),
    subscriptionId: payment.subscriptionId,
    revisionOf: null,
  };
  payment.invoiceId = made.id;
  account.invoices.push(made);
  return made;
};

const billTo = (account: Account): Invoice['billTo'] => ({
  name: account.customer?.name ?? account.id,
  email: account.customer?.email ?? null,
  address: account.region.place,
  taxId: account.taxId,
});

export type Posting = { at: Instant; credits: number } & Partial<
  Omit<LedgerEntry, 'customerId' | 'occurredAt' | 'credits' | 'kind' | 'balanceAfter'>
>;

export const post = (account: Account, kind: EntryKind, { at, ...rest }: Posting): LedgerEntry => {
  const entry: LedgerEntry = {
    id: `led_${account.random.token(14)}`,
    customerId: account.id,
    memberId: null,
    kind,
    occurredAt: at,
    sequence: 0,
    balanceAfter: null,
    paymentId: null,
    generationId: null,
    note: null,
    ...rest,
  };
  account.entries.push(entry);
  return entry;
};

const GRANT_KIND = {
  credit_pack: 'purchase',
  renewal: 'renewal',
  upgrade: 'upgrade',
  other: 'adjustment',
} as const;

/** The credits that a payment bought, under the payment's id, `after` its capture. */
export const grant = (
  account: Account,
  payment: Payment,
  after: number,
  rest: Partial<Posting> = {},
): LedgerEntry =>
  post(account, GRANT_KIND[payment.purpose], {
    at: (payment.capturedAt ?? payment.createdAt) + after,
    credits: payment.credits ?? 0,
    paymentId: payment.id,
    ...rest,
  });

export type Repayment = { at: Instant } & Partial<Omit<Refund, 'customerId' | 'createdAt'>>;

/** A refund of the whole payment that has reached the card, unless `repayment` says otherwise. */
export const refund = (account: Account, payment: Payment, { at, ...rest }: Repayment): Refund => {
  const made: Refund = {
    id: `re_3${account.random.token(23)}`,
    customerId: account.id,
    paymentId: payment.id,
    amount: payment.amount,
    currency: payment.currency,
    status: 'succeeded',
    reason: 'requested_by_customer',
    createdAt: at,
    failureReason: null,
    bankReference: null,
    ...rest,
  };
  if (made.status === 'succeeded') made.bankReference = account.random.token(20).toUpperCase();
  account.refunds.push(made);
  if (made.status !== 'failed' && made.status !== 'canceled') {
    payment.amountRefunded = (payment.amountRefunded ?? 0) + made.amount;
    payment.refundedAt = at;
  }
  return made;
};

/** Whether everything that follows a charge at `at` lies in the past. */
export const settledBy = (account: Account, at: Instant): boolean => at + 2 * MINUTE <= account.now;
