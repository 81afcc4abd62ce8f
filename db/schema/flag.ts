import { sql } from 'drizzle-orm';
import type { FlagEventKind, FlagState } from '#app/domain/flags/flag.ts';
import type { Confidence, RuleId, Severity } from '#app/domain/rules/rule.ts';
import type { Facts, RecordRef } from '#app/domain/book/record-ref.ts';
import { index, instant, json, minor, table, text, uniqueIndex } from '#db/dialect/columns.ts';
/* What the rules have found, and what became of it. */

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
