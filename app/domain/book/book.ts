import type {
  Customer,
  Generation,
  Invoice,
  LedgerEntry,
  Payment,
  Refund,
  SetupAttempt,
  Stream,
  Subscription,
} from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';

/*
 * One customer's records as the rules read them: only the fields a rule needs, so that a sweep over
 * millions of rows can be served from indexes.
 */
export type BookCustomer = Pick<
  Customer,
  'id' | 'createdAt' | 'reportedBalance' | 'reportedBalanceAt'
>;
export type BookSubscription = Omit<Subscription, 'customerId' | 'creditsPerPeriod'>;
export type BookPayment = Omit<
  Payment,
  | 'customerId'
  | 'cardBrand'
  | 'cardLast4'
  | 'cardFingerprint'
  | 'failureCode'
  | 'declineCode'
  | 'failureMessage'
>;
export type BookRefund = Pick<
  Refund,
  'id' | 'paymentId' | 'amount' | 'currency' | 'status' | 'createdAt'
>;
export type BookInvoice = Pick<Invoice, 'id' | 'createdAt' | 'paymentIds'>;
export type BookEntry = Pick<
  LedgerEntry,
  | 'id'
  | 'kind'
  | 'credits'
  | 'occurredAt'
  | 'sequence'
  | 'balanceAfter'
  | 'paymentId'
  | 'generationId'
>;
export type BookGeneration = Pick<
  Generation,
  | 'id'
  | 'kind'
  | 'tier'
  | 'resolution'
  | 'durationSeconds'
  | 'count'
  | 'status'
  | 'startedAt'
  | 'finishedAt'
>;
export type BookSetupAttempt = Pick<SetupAttempt, 'id' | 'at' | 'status'>;

/** Everything with this `customerId`. `customer` is null where only other records mention the id. */
export interface Book {
  customerId: string;
  customer: BookCustomer | null;
  subscriptions: BookSubscription[];
  payments: BookPayment[];
  refunds: BookRefund[];
  invoices: BookInvoice[];
  /** In the order (occurredAt, sequence, id). */
  entries: BookEntry[];
  generations: BookGeneration[];
  setupAttempts: BookSetupAttempt[];
}

/** How far each stream is known: an instant, `Infinity` (known throughout) or null (unknown). */
export type StreamsKnown = Record<Stream, Instant | null>;
