import type { Stream } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { Facts, RecordRef } from '#app/domain/book/record-ref.ts';
/** The eighteen documented anomalies, in the order in which the page lists equals. */
export const RULE_IDS = [
  'missing-credits',
  'duplicate-charge',
  'failed-generation-charge',
  'negative-balance',
  'overcharged-generation',
  'balance-mismatch',
  'ledger-gap',
  'charge-after-cancellation',
  'second-subscription',
  'missing-invoice',
  'excess-credits',
  'excess-return',
  'credits-kept-after-refund',
  'dispute-open',
  'refund-overdue',
  'refund-failed',
  'payments-failing',
  'card-setup-failing',
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Confidence = 'confirmed' | 'possible';

/** What a rule answers. (`rule`, `subject`) is its identity. */
export interface Finding {
  rule: RuleId;
  customerId: string;
  subject: RecordRef;
  severity: Severity;
  confidence: Confidence;
  /** Credits at stake; only where the rule defines them. */
  credits?: number;
  /** Minor units of `currency`; only where the rule defines it. */
  amount?: number;
  currency?: string;
  since: Instant;
  evidence: RecordRef[];
  /** Figures for the sentence and for sorting that are not part of the public finding. */
  facts: Facts;
}

/** A record a rule may not judge yet, because the stream it needs is not known far enough. */
export interface Undecided {
  rule: RuleId;
  subject: RecordRef;
  stream: Stream;
  /** The stream must be known to here. */
  until: Instant;
}

export interface RuleAnswer {
  findings: readonly Finding[];
  undecided: readonly Undecided[];
}

/** The answer of a rule that finds nothing: shared, as nearly every customer gets it. */
export const NOTHING: RuleAnswer = Object.freeze({ findings: [], undecided: [] });

export interface Rule {
  id: RuleId;
  /** Two or three words for tables and filters. */
  title: string;
  /** The promise that the rule guards, in our words, and the help article's own line. */
  promise: { says: string; line: string };
  /** The gravest severity the rule gives. */
  severity: Severity;
  /** Pure: reads the view and nothing else. */
  find(view: AccountView): RuleAnswer;
  /**
   * The earliest instant after `view.asOf` at which, with no new record and nothing new in view, time
   * alone may change what the rule answers; null: never. What comes into view and new versions of the
   * policy are the evaluation's to watch.
   */
  nextCheck(view: AccountView): Instant | null;
}
