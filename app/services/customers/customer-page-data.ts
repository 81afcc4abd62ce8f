import type { Agreement } from '#app/domain/book/compare-balance.ts';
import type { Stream, Subscription } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Offer } from '#app/domain/remedies/suggestion.ts';
import type { Confidence, RuleId, Severity } from '#app/domain/rules/rule.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import type { GenerationRow } from '#app/services/customers/load-generation-rows.ts';
import type { LedgerRow } from '#app/services/customers/load-ledger-rows.ts';
import type { PaymentRow } from '#app/services/customers/load-payment-rows.ts';
import type { RowPage } from '#app/services/customers/row-cursor.ts';
/** What the page of one customer shows. Instants are epoch milliseconds, amounts minor units. */
export interface CustomerPageData {
  id: string;
  /** The instant at which the account is shown: now, or the one that was asked for. */
  at: Instant;
  /** The account is shown as it was; null: as it is. */
  asOf: Instant | null;
  /** Null where only other records mention the id. Its names carry no date: they are today's. */
  customer: CustomerHead | null;
  subscriptions: SubscriptionLine[];
  balance: BalanceLine;
  streams: StreamLine[];
  flags: CustomerFlag[];
  /** Open flags in all, shown or not. */
  openFlags: number;
  /** Dismissed, snoozed and closed flags; null where the past is shown, which keeps no flags. */
  settledFlags: number | null;
  /** What the rules of these flags guard. */
  promises: Partial<Record<RuleId, { title: string; says: string; line: string }>>;
  chart: BalanceDays;
  /** Succeeded generations that the rate card does not price. */
  unpriced: number;
  /** Who can be given a flag; empty for those who cannot give it. */
  assignees: { id: string; name: string }[];
  period: Period | null;
  ledger: TableStart<LedgerRow>;
  payments: TableStart<PaymentRow>;
  generations: TableStart<GenerationRow>;
}

interface CustomerHead {
  name: string;
  email: string;
  stripeCustomerId: string | null;
  createdAt: Instant;
  timeZone: string | null;
  /** Null where the past is shown: since when it holds nobody has kept. */
  generationHold: boolean | null;
}

export interface SubscriptionLine {
  id: string;
  plan: string;
  status: Subscription['status'];
  creditsPerPeriod: number;
  currentPeriodEnd: Instant;
  /** When a cancellation takes effect, or took. */
  endsAt: Instant | null;
}

export interface BalanceLine {
  /** Credits by the ledger. */
  ledger: number;
  /** What the product shows the customer. */
  reported: {
    credits: number;
    at: Instant | null;
    /** Against the ledger of the instant of the report, never of another. */
    agreement: Agreement;
    /** Credits of the entries that came after it. */
    since: number;
  } | null;
}

export interface StreamLine {
  id: Stream;
  /** `unknown`: nothing of it was ever loaded; `throughout`: loaded, without a watermark. */
  known: 'through' | 'throughout' | 'unknown';
  through: Instant | null;
  /** A rule cannot tell before the stream is known to here. */
  waitsFor: Instant | null;
}

export interface CustomerFlag {
  /** Null: found just now and not yet kept as a flag. */
  id: string | null;
  rule: RuleId;
  subject: RecordRef;
  severity: Severity;
  confidence: Confidence;
  sentence: string;
  since: Instant;
  evidence: RecordRef[];
  /** How many there are in all. */
  evidenceCount: number;
  version: number;
  assignee: string | null;
  /** What can be asked for; null where the past is shown, in which nothing can be. */
  offer: Offer | null;
}

/** The balance over the days up to `at`. */
export interface BalanceDays {
  from: Instant;
  to: Instant;
  /** Credits before the first of `days`. */
  before: number;
  /** [days since 1970, credits at its end], for days with entries, oldest first. */
  days: [number, number][];
}

/** A choice of time that the regions show, both ends included. */
export interface Period {
  from: Instant;
  until: Instant;
}

export interface TableStart<Row> extends RowPage<Row> {
  /** Rows in all; -1 where counting would cost too much. */
  count: number;
}
