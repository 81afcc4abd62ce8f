import { flagMessage } from '#app/domain/flags/messages/flag-message.ts';
import { formatCredits } from '#app/domain/money/credits.ts';
import type { Flag } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/lib/instant.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import { ruleById } from '#app/domain/rules/registry.ts';

/** A flag as a list shows it: its figures as text, all but the instants. */
export type FlagLine = Pick<
  Flag,
  | 'id'
  | 'rule'
  | 'severity'
  | 'confidence'
  | 'customerId'
  | 'subject'
  | 'since'
  | 'state'
  | 'reason'
  | 'snoozedUntil'
  | 'assigneeId'
  | 'version'
> & {
  title: string;
  /** What is wrong, with its figures, as of `now`. */
  sentence: string;
  /** `$49.00`; null where no price can be given. */
  atRisk: string | null;
  /** `5,000`; null where the rule defines none. */
  credits: string | null;
};

export const flagLine = (flag: Flag, now: Instant): FlagLine => ({
  id: flag.id,
  rule: flag.rule,
  severity: flag.severity,
  confidence: flag.confidence,
  customerId: flag.customerId,
  subject: flag.subject,
  since: flag.since,
  state: flag.state,
  reason: flag.reason,
  snoozedUntil: flag.snoozedUntil,
  assigneeId: flag.assigneeId,
  version: flag.version,
  title: ruleById(flag.rule).title,
  sentence: flagMessage(flag, now),
  atRisk:
    flag.atRisk === null || flag.atRiskCurrency === null
      ? null
      : formatMoney(flag.atRisk, flag.atRiskCurrency),
  credits: flag.credits === null ? null : formatCredits(flag.credits),
});
