import { sql } from 'drizzle-orm';
import type { BillTo, Customer } from '#app/domain/book/records.ts';
import type {
  EntryKind,
  Generation,
  Invoice,
  Payment,
  Refund,
  SetupAttempt,
  Stream,
  Subscription,
} from '#app/domain/book/records.ts';
import type { FlagEventKind, FlagState } from '#app/domain/flags/flag.ts';
import type { Confidence, Facts, RecordRef, RuleId, Severity } from '#app/domain/rules/rule.ts';
import type { Role } from '#app/domain/roles.ts';
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
} from '#db/columns.ts';

/* ── The book: what customers, Stripe and the product say. Only imports write it. ─────────────── */

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

/* ── What the console knows about the book. ──────────────────────────────────────────────────── */

/** One import of one file; lets a killed import go on where it stopped. */
export const importRun = table(
  'import_run',
  {
    id: text('id').primaryKey(),
    /** Identity of the file's content, so that a renamed or changed file is never resumed by mistake. */
    fingerprint: text('fingerprint').notNull(),
    fileName: text('file_name').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    linesRead: minor('lines_read').notNull(),
    loaded: minor('loaded').notNull(),
    refused: minor('refused').notNull(),
    /** Where the next line begins, in bytes of the unpacked file. */
    bytesRead: minor('bytes_read').notNull().default(0),
    /** How long the reject file was when these lines had been read. */
    rejectBytes: minor('reject_bytes').notNull().default(0),
  },
  (t) => [index('import_run_fingerprint').on(t.fingerprint)],
);

/** SQLite: indexes dropped for a first load, which are built anew at its end or at the next start. */
export const postponedIndex = table('postponed_index', {
  name: text('name').primaryKey(),
  definition: text('definition').notNull(),
});

/**
 * One row for every customer id that any record mentions: whether its flags are up to date, when they
 * must next be looked at, and the totals that a page could not sum in time.
 */
export const account = table(
  'account',
  {
    customerId: text('customer_id').primaryKey(),
    /** Set by whatever changes the customer's records, cleared by the sweep that has seen them. */
    dirty: bool('dirty').notNull(),
    /** Raised by one with every change of the records: a sweep settles only the revision it has read. */
    revision: minor('revision').notNull().default(0),
    sweptAt: instant('swept_at'),
    /** With no new record, findings stay as they are until here. */
    nextCheck: instant('next_check'),
    /** A finding waits for the ledger (invoices) stream to be known to here; null: none waits. */
    waitsForLedger: instant('waits_for_ledger'),
    waitsForInvoices: instant('waits_for_invoices'),
    /** Credits: the opening balance, and the opening plus every entry, those after now included. */
    opening: minor('opening').notNull().default(0),
    total: minor('total').notNull().default(0),
    /** Closing balance of each UTC day with entries: [epoch day, credits][], oldest first, the last 400 such days. */
    daily: json<[number, number][]>('daily'),
    entries: minor('entries').notNull().default(0),
    payments: minor('payments').notNull().default(0),
    generations: minor('generations').notNull().default(0),
    /** Succeeded generations that the rate card does not price. */
    unpriced: minor('unpriced').notNull().default(0),
  },
  (t) => [
    index('account_dirty')
      .on(t.customerId)
      .where(sql`${t.dirty}`),
    index('account_next_check').on(t.nextCheck),
    index('account_waits_ledger').on(t.waitsForLedger),
    index('account_waits_invoices').on(t.waitsForInvoices),
  ],
);

export const policyVersion = table(
  'policy_version',
  {
    id: text('id').primaryKey(),
    appliesFrom: instant('applies_from').notNull(),
    policy: json<unknown>('policy').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by'),
  },
  (t) => [uniqueIndex('policy_version_from').on(t.appliesFrom, t.id)],
);

export const flag = table(
  'flag',
  {
    id: text('id').primaryKey(),
    customerId: text('customer_id').notNull(),
    rule: text('rule').$type<RuleId>().notNull(),
    subject: text('subject').$type<RecordRef>().notNull(),
    severity: text('severity').$type<Severity>().notNull(),
    /** 0 critical … 3 low: sorts. */
    severityRank: minor('severity_rank').notNull(),
    confidence: text('confidence').$type<Confidence>().notNull(),
    credits: minor('credits'),
    amount: minor('amount'),
    currency: text('currency'),
    /** Money at stake in minor units, for sorting and showing; null where no price can be given. */
    atRisk: minor('at_risk'),
    atRiskCurrency: text('at_risk_currency'),
    since: instant('since').notNull(),
    evidence: json<RecordRef[]>('evidence').notNull(),
    facts: json<Facts>('facts').notNull(),
    state: text('state').$type<FlagState>().notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    /** Why it was dismissed, snoozed or closed, in a person's or the program's words. */
    reason: text('reason'),
    snoozedUntil: instant('snoozed_until'),
    assigneeId: text('assignee_id'),
    changedAt: instant('changed_at').notNull(),
    /** Raised by one at every change: what compare-and-set compares. */
    version: minor('version').notNull(),
  },
  (t) => [
    uniqueIndex('flag_identity').on(t.rule, t.subject),
    index('flag_customer').on(t.customerId, t.state),
    index('flag_queue').on(t.state, t.severityRank, t.since, t.id),
    index('flag_rule').on(t.state, t.rule, t.severityRank, t.since),
    index('flag_assignee').on(t.assigneeId, t.state),
    index('flag_snoozed')
      .on(t.snoozedUntil)
      .where(sql`${t.state} = 'snoozed'`),
    index('flag_changed').on(t.changedAt),
    index('flag_opened').on(t.openedAt),
  ],
);

export const flagEvent = table(
  'flag_event',
  {
    id: text('id').primaryKey(),
    flagId: text('flag_id').notNull(),
    at: instant('at').notNull(),
    kind: text('kind').$type<FlagEventKind>().notNull(),
    actorId: text('actor_id'),
    reason: text('reason'),
    ticket: text('ticket'),
    detail: json<Facts>('detail'),
  },
  (t) => [index('flag_event_flag').on(t.flagId, t.at, t.id)],
);

/**
 * The answer first given under an `Idempotency-Key` of `POST /ingest`: a replay gets it again and loads
 * nothing. A row without an answer belongs to a delivery that is still loading, or was cut off.
 */
export const ingestReceipt = table(
  'ingest_receipt',
  {
    /** SHA-256 of the key, hex. */
    id: text('id').primaryKey(),
    startedAt: instant('started_at').notNull(),
    status: minor('status'),
    answer: json<unknown>('answer'),
  },
  (t) => [index('ingest_receipt_started').on(t.startedAt)],
);

/* ── Staff. ──────────────────────────────────────────────────────────────────────────────────── */

export const staff = table(
  'staff',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<Role>().notNull(),
    /** argon2id, PHC string. */
    passwordHash: text('password_hash'),
    disabledAt: instant('disabled_at'),
    /** On leave until then: still may, but nobody waits for them. */
    awayUntil: instant('away_until'),
    createdAt: instant('created_at').notNull(),
    demo: bool('demo').notNull().default(false),
  },
  (t) => [uniqueIndex('staff_email').on(t.email)],
);

export const session = table(
  'session',
  {
    /** SHA-256 of the cookie's 256-bit value, hex: the value itself is nowhere in the database. */
    idHash: text('id_hash').primaryKey(),
    staffId: text('staff_id').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    authenticatedAt: instant('authenticated_at').notNull(),
  },
  (t) => [index('session_staff').on(t.staffId), index('session_created').on(t.createdAt)],
);

/** Counts tries for the throttle; survives a restart. */
export const signInFailure = table(
  'sign_in_failure',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of the lower-case e-mail. */
    accountHash: text('account_hash').notNull(),
    address: text('address').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    index('sign_in_failure_account').on(t.accountHash, t.address, t.at),
    index('sign_in_failure_address').on(t.address, t.at),
  ],
);

/** Who saw or did what, each row bound to the one before it. The database itself refuses all but appending. */
export const auditEvent = table(
  'audit_event',
  {
    /** 1, 2, 3 … without gaps. */
    seq: minor('seq').primaryKey(),
    id: text('id').notNull(),
    at: instant('at').notNull(),
    /** `customer.viewed`, `session.started`, `flag.dismissed` … */
    kind: text('kind').notNull(),
    actorId: text('actor_id'),
    customerId: text('customer_id'),
    subject: text('subject'),
    ticket: text('ticket'),
    requestId: text('request_id'),
    detail: json<Facts>('detail'),
    /** Stands for the customer, whose own facts (customer, ticket, detail) can be erased; null: they cannot. */
    token: text('token'),
    /** What binds the erasable facts to this row: a hash of them and of the customer's salt. */
    sealed: text('sealed'),
    /** The hash of row `seq - 1`; 64 zeros before the first. */
    prevHash: text('prev_hash').notNull(),
    /** SHA-256 over `prevHash` and the canonical text of this row, hex. */
    hash: text('hash').notNull(),
  },
  (t) => [
    index('audit_event_customer').on(t.customerId, t.at, t.seq),
    index('audit_event_actor').on(t.actorId, t.at, t.seq),
    index('audit_event_kind').on(t.kind, t.at, t.seq),
    index('audit_event_ticket')
      .on(t.ticket, t.at, t.seq)
      .where(sql`${t.ticket} is not null`),
    index('audit_event_at').on(t.at, t.seq),
    index('audit_event_token')
      .on(t.token)
      .where(sql`${t.token} is not null`),
  ],
);
