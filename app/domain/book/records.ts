import type { Instant } from '#app/lib/instant.ts';

/**
 * The records of the book as the program holds them: instants are epoch milliseconds, money is an
 * integer in the currency's minor unit, credits are signed integers, an absent optional field is null.
 */

export const SUBSCRIPTION_STATUSES = [
  'active',
  'trialing',
  'past_due',
  'unpaid',
  'paused',
  'incomplete',
  'canceled',
] as const;
export const PAYMENT_PURPOSES = ['credit_pack', 'renewal', 'upgrade', 'other'] as const;
export const PAYMENT_STATUSES = [
  'requires_capture',
  'pending',
  'succeeded',
  'failed',
  'canceled',
] as const;
export const DISPUTE_STATUSES = ['inquiry', 'open', 'won', 'lost'] as const;
export const REFUND_STATUSES = [
  'pending',
  'requires_action',
  'succeeded',
  'failed',
  'canceled',
] as const;
export const INVOICE_STATUSES = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;
export const ENTRY_KINDS = [
  'purchase',
  'renewal',
  'upgrade',
  'usage',
  'return',
  'adjustment',
  'revocation',
  'expiry',
] as const;
export const GENERATION_KINDS = ['image', 'video', 'training'] as const;
export const RESOLUTIONS = ['1K', '2K', '4K'] as const;
export const GENERATION_STATUSES = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'canceled',
] as const;
export const SETUP_STATUSES = ['succeeded', 'failed'] as const;
export const CARD_FUNDINGS = ['credit', 'debit', 'prepaid', 'unknown'] as const;
export const STREAMS = ['payments', 'invoices', 'ledger', 'generations'] as const;

export type PaymentPurpose = (typeof PAYMENT_PURPOSES)[number];
export type EntryKind = (typeof ENTRY_KINDS)[number];
export type Stream = (typeof STREAMS)[number];

export interface Customer {
  id: string;
  name: string;
  email: string;
  stripeCustomerId: string | null;
  createdAt: Instant;
  /** IANA name as given; not checked at load. */
  timeZone: string | null;
  /** What the product shows the customer, in credits. */
  reportedBalance: number | null;
  reportedBalanceAt: Instant | null;
  generationHold: boolean | null;
}

export interface Member {
  id: string;
  customerId: string;
  name: string;
  email: string;
}

export interface Subscription {
  id: string;
  customerId: string;
  plan: string;
  creditsPerPeriod: number;
  status: (typeof SUBSCRIPTION_STATUSES)[number];
  currentPeriodStart: Instant;
  currentPeriodEnd: Instant;
  /** When a cancellation takes effect. */
  cancelAt: Instant | null;
  endedAt: Instant | null;
}

export interface Payment {
  id: string;
  customerId: string;
  purpose: PaymentPurpose;
  product: string | null;
  /** What this payment buys; null buys none. */
  credits: number | null;
  amount: number;
  currency: string;
  status: (typeof PAYMENT_STATUSES)[number];
  createdAt: Instant;
  capturedAt: Instant | null;
  /** null means `amount`. */
  amountCaptured: number | null;
  /** null means 0. */
  amountRefunded: number | null;
  /** The latest refund. */
  refundedAt: Instant | null;
  disputeStatus: (typeof DISPUTE_STATUSES)[number] | null;
  invoiceId: string | null;
  subscriptionId: string | null;
  /** Renewals: the start of the period paid for. */
  periodStart: Instant | null;
  cardBrand: string | null;
  cardLast4: string | null;
  cardFingerprint: string | null;
  failureCode: string | null;
  declineCode: string | null;
  failureMessage: string | null;
}

export interface Refund {
  id: string;
  customerId: string;
  paymentId: string;
  amount: number;
  currency: string;
  status: (typeof REFUND_STATUSES)[number];
  reason: string | null;
  createdAt: Instant;
  failureReason: string | null;
  bankReference: string | null;
}

export interface BillTo {
  name: string;
  email?: string | null;
  address?: string | null;
  taxId?: string | null;
}

export interface Invoice {
  id: string;
  customerId: string;
  number: string | null;
  status: (typeof INVOICE_STATUSES)[number];
  /** Minor units; may be negative. */
  total: number;
  currency: string;
  createdAt: Instant;
  finalizedAt: Instant | null;
  paymentIds: string[];
  billTo: BillTo;
  subscriptionId: string | null;
  revisionOf: string | null;
}

export interface LedgerEntry {
  id: string;
  customerId: string;
  memberId: string | null;
  kind: EntryKind;
  credits: number;
  occurredAt: Instant;
  /** Orders entries of one instant; an absent one counts, and is stored, as 0. */
  sequence: number;
  balanceAfter: number | null;
  paymentId: string | null;
  generationId: string | null;
  note: string | null;
}

export interface Generation {
  id: string;
  customerId: string;
  memberId: string | null;
  kind: (typeof GENERATION_KINDS)[number];
  model: string;
  tier: string;
  resolution: (typeof RESOLUTIONS)[number] | null;
  durationSeconds: number | null;
  /** Images made at once; null means 1. */
  count: number | null;
  status: (typeof GENERATION_STATUSES)[number];
  error: string | null;
  startedAt: Instant;
  finishedAt: Instant | null;
}

export interface SetupAttempt {
  id: string;
  customerId: string;
  at: Instant;
  status: (typeof SETUP_STATUSES)[number];
  failureCode: string | null;
  declineCode: string | null;
  cardBrand: string | null;
  cardFunding: (typeof CARD_FUNDINGS)[number] | null;
}

/** The stream `id` is complete up to `through`. */
export interface Watermark {
  id: Stream;
  through: Instant;
}

export interface RecordByType {
  customer: Customer;
  member: Member;
  subscription: Subscription;
  payment: Payment;
  refund: Refund;
  invoice: Invoice;
  ledgerEntry: LedgerEntry;
  generation: Generation;
  setupAttempt: SetupAttempt;
  watermark: Watermark;
}
export type RecordType = keyof RecordByType;

/** One line of a book, once it has been checked. */
export type BookRecord = { [T in RecordType]: { type: T; record: RecordByType[T] } }[RecordType];
