import { sql } from 'drizzle-orm';
import type {
  BillTo,
  Customer,
  EntryKind,
  Generation,
  Invoice,
  Payment,
  Refund,
  SetupAttempt,
  Stream,
  Subscription,
} from '#app/domain/book/records.ts';
import {
  covering,
  flag as bool,
  index,
  instant,
  json,
  minor,
  real,
  rowNumber,
  short,
  table,
  text,
  uniqueIndex,
} from '#db/dialect/columns.ts';

/* The book: what customers, Stripe and the product say. Only imports write it. */

export const customer = table(
  'customer',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    stripeCustomerId: text('stripe_customer_id'),
    createdAt: instant('created_at').notNull(),
    timeZone: text('time_zone'),
    reportedBalance: minor('reported_balance'),
    reportedBalanceAt: instant('reported_balance_at'),
    generationHold: bool('generation_hold').$type<NonNullable<Customer['generationHold']>>(),
  },
  (t) => [
    index('customer_stripe').on(t.stripeCustomerId),
    index('customer_name').on(sql`lower(${short(t.name)})`),
    index('customer_email').on(sql`lower(${short(t.email)})`),
  ],
);

export const member = table(
  'member',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
  },
  (t) => [
    index('member_customer').on(t.customerId),
    index('member_name').on(sql`lower(${short(t.name)})`),
    index('member_email').on(sql`lower(${short(t.email)})`),
  ],
);

/**
 * What a name search looks through: one row for every customer and member, written with the record.
 * Its own table, because a full-text index needs row numbers that survive a VACUUM.
 */
export const nameKey = table(
  'name_key',
  {
    row: rowNumber('row'),
    type: text('type').$type<'customer' | 'member'>().notNull(),
    recordId: text('record_id').notNull(),
    customerId: text('customer_id').notNull(),
    /** Name and e-mail as `foldName` folds them, a line each. */
    folded: text('folded').notNull(),
  },
  (t) => [uniqueIndex('name_key_record').on(t.type, t.recordId)],
);

export const subscription = table(
  'subscription',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    plan: text('plan').notNull(),
    creditsPerPeriod: minor('credits_per_period').notNull(),
    status: text('status').$type<Subscription['status']>().notNull(),
    currentPeriodStart: instant('current_period_start').notNull(),
    currentPeriodEnd: instant('current_period_end').notNull(),
    cancelAt: instant('cancel_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [index('subscription_customer').on(t.customerId, t.currentPeriodStart, t.id)],
);

export const payment = table(
  'payment',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    purpose: text('purpose').$type<Payment['purpose']>().notNull(),
    product: text('product'),
    credits: minor('credits'),
    amount: minor('amount').notNull(),
    currency: text('currency').notNull(),
    status: text('status').$type<Payment['status']>().notNull(),
    createdAt: instant('created_at').notNull(),
    capturedAt: instant('captured_at'),
    amountCaptured: minor('amount_captured'),
    amountRefunded: minor('amount_refunded'),
    refundedAt: instant('refunded_at'),
    disputeStatus: text('dispute_status').$type<NonNullable<Payment['disputeStatus']>>(),
    invoiceId: text('invoice_id'),
    subscriptionId: text('subscription_id'),
    periodStart: instant('period_start'),
    cardBrand: text('card_brand'),
    cardLast4: text('card_last4'),
    cardFingerprint: text('card_fingerprint'),
    failureCode: text('failure_code'),
    declineCode: text('decline_code'),
    failureMessage: text('failure_message'),
  },
  (t) => [
    index('payment_customer').on(t.customerId, t.createdAt, t.id),
    // Search by what a card statement shows. The currency rides along so that a scan for "¥4900" among
    // many "$49.00" stays inside the index.
    index('payment_amount').on(t.amount, t.createdAt, t.currency),
    index('payment_last4').on(short(t.cardLast4), t.createdAt),
    index('payment_last4_amount').on(short(t.cardLast4), t.amount, t.createdAt),
    index('payment_invoice').on(t.invoiceId),
    index('payment_subscription')
      .on(t.subscriptionId)
      .where(sql`${t.subscriptionId} is not null`),
  ],
);

export const refund = table(
  'refund',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    paymentId: text('payment_id').notNull(),
    amount: minor('amount').notNull(),
    currency: text('currency').notNull(),
    status: text('status').$type<Refund['status']>().notNull(),
    reason: text('reason'),
    createdAt: instant('created_at').notNull(),
    failureReason: text('failure_reason'),
    bankReference: text('bank_reference'),
  },
  (t) => [
    index('refund_customer').on(t.customerId, t.createdAt, t.id),
    index('refund_payment').on(t.paymentId),
    index('refund_bank_reference').on(short(t.bankReference)),
  ],
);

export const invoice = table(
  'invoice',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    number: text('number'),
    status: text('status').$type<Invoice['status']>().notNull(),
    total: minor('total').notNull(),
    currency: text('currency').notNull(),
    createdAt: instant('created_at').notNull(),
    finalizedAt: instant('finalized_at'),
    paymentIds: json<string[]>('payment_ids').notNull(),
    billTo: json<BillTo>('bill_to').notNull(),
    subscriptionId: text('subscription_id'),
    revisionOf: text('revision_of'),
  },
  (t) => [
    index('invoice_customer').on(t.customerId, t.createdAt, t.id),
    index('invoice_number').on(sql`lower(${short(t.number)})`),
  ],
);

export const ledgerEntry = table(
  'ledger_entry',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    memberId: text('member_id'),
    kind: text('kind').$type<EntryKind>().notNull(),
    credits: minor('credits').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    /** Not null, so that the order (occurredAt, sequence, id) is the index's own. */
    sequence: minor('sequence').notNull().default(0),
    balanceAfter: minor('balance_after'),
    paymentId: text('payment_id'),
    generationId: text('generation_id'),
    note: text('note'),
  },
  (t) => [
    // Covers everything the rules and the running balance read: the sweep never touches the table.
    index('ledger_entry_book').on(
      t.customerId,
      t.occurredAt,
      t.sequence,
      t.id,
      ...covering(t.credits, t.kind, t.balanceAfter, t.paymentId, t.generationId),
    ),
    index('ledger_entry_generation')
      .on(t.generationId, t.customerId, t.credits)
      .where(sql`${t.generationId} is not null`),
    index('ledger_entry_payment')
      .on(t.paymentId, t.customerId)
      .where(sql`${t.paymentId} is not null`),
  ],
);

export const generation = table(
  'generation',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    memberId: text('member_id'),
    kind: text('kind').$type<Generation['kind']>().notNull(),
    model: text('model').notNull(),
    tier: text('tier').notNull(),
    resolution: text('resolution').$type<NonNullable<Generation['resolution']>>(),
    durationSeconds: real('duration_seconds'),
    count: minor('count'),
    status: text('status').$type<Generation['status']>().notNull(),
    error: text('error'),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    index('generation_book').on(
      t.customerId,
      t.startedAt,
      t.id,
      ...covering(t.status, t.kind, t.tier, t.resolution, t.durationSeconds, t.count, t.finishedAt),
    ),
  ],
);

export const setupAttempt = table(
  'setup_attempt',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    at: instant('at').notNull(),
    status: text('status').$type<SetupAttempt['status']>().notNull(),
    failureCode: text('failure_code'),
    declineCode: text('decline_code'),
    cardBrand: text('card_brand'),
    cardFunding: text('card_funding').$type<NonNullable<SetupAttempt['cardFunding']>>(),
  },
  (t) => [index('setup_attempt_customer').on(t.customerId, t.at, t.id)],
);

export const watermark = table('watermark', {
  id: text('id').$type<Stream>().primaryKey(),
  through: instant('through').notNull(),
});
