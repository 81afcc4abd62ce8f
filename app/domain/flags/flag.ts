import type { Instant } from '#app/lib/instant.ts';
import type { Confidence, RuleId, Severity } from '#app/domain/rules/rule.ts';
import type { Facts, RecordRef } from '#app/domain/book/record-ref.ts';
/** `closed` is the rules' doing alone; `dismissed` and `snoozed` are people's. */
export const FLAG_STATES = ['open', 'closed', 'dismissed', 'snoozed'] as const;
export type FlagState = (typeof FLAG_STATES)[number];

const FLAG_EVENT_KINDS = [
  'opened',
  'changed',
  'closed',
  'reopened',
  'dismissed',
  'snoozed',
  'snooze_ended',
  'assigned',
] as const;
export type FlagEventKind = (typeof FLAG_EVENT_KINDS)[number];

/** What a flag keeps of the finding it stands for. */
export interface FlagFinding {
  rule: RuleId;
  subject: RecordRef;
  customerId: string;
  severity: Severity;
  confidence: Confidence;
  credits: number | null;
  /** Minor units of `currency`. */
  amount: number | null;
  currency: string | null;
  /** Money at stake, minor units of `atRiskCurrency`; null where no price can be given. */
  atRisk: number | null;
  atRiskCurrency: string | null;
  since: Instant;
  evidence: RecordRef[];
  facts: Facts;
}

/** The lasting record of a finding. (`rule`, `subject`) is its identity. */
export interface Flag extends FlagFinding {
  id: string;
  state: FlagState;
  /** When it last went from nothing, or from closed, to open. */
  openedAt: Instant;
  closedAt: Instant | null;
  /** Why it is closed, dismissed or snoozed. */
  reason: string | null;
  snoozedUntil: Instant | null;
  assigneeId: string | null;
  changedAt: Instant;
  /** Raised by one at every change: what compare-and-set compares. */
  version: number;
}

/** (`rule`, `subject`) as one string; rule ids hold no space. */
export const flagKey = (identity: Pick<FlagFinding, 'rule' | 'subject'>): string =>
  `${identity.rule} ${identity.subject}`;
