import { sql } from 'drizzle-orm';
import type { DiscrepancyKind } from '#app/domain/reconciliation/discrepancy.ts';
import { index, instant, minor, table, text, uniqueIndex } from '#db/dialect/columns.ts';

/* What comparisons with Stripe have found. Nothing here is ever put right by the program. */

/** One comparison: asked for, begun, ended. */
export const driftCheck = table(
  'drift_check',
  {
    id: text('id').primaryKey(),
    askedAt: instant('asked_at').notNull(),
    /** Null: the program's own, every night. */
    askedBy: text('asked_by'),
    /** Refunds and charges made since are compared. */
    since: instant('since').notNull(),
    startedAt: instant('started_at'),
    /** Until then nobody else takes it up; a process that died leaves it to another. */
    leaseUntil: instant('lease_until'),
    endedAt: instant('ended_at'),
    /** Why it came to nothing, in words; null: it did not. */
    error: text('error'),
    refunds: minor('refunds'),
    charges: minor('charges'),
    found: minor('found'),
    /** Of the opened form by which it was asked for. */
    formKey: text('form_key'),
  },
  (t) => [
    uniqueIndex('drift_check_form_key').on(t.askedBy, t.formKey),
    index('drift_check_asked').on(t.askedAt, t.id),
    index('drift_check_open')
      .on(t.askedAt)
      .where(sql`${t.endedAt} is null`),
  ],
);

/** One difference, from when it was first found until a comparison finds it no more. */
export const drift = table(
  'drift',
  {
    /** Of what differs: kind, charge and refund. */
    id: text('id').primaryKey(),
    kind: text('kind').$type<DiscrepancyKind>().notNull(),
    chargeId: text('charge_id').notNull(),
    refundId: text('refund_id'),
    customerId: text('customer_id'),
    words: text('words').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    goneAt: instant('gone_at'),
  },
  (t) => [
    index('drift_open')
      .on(t.firstSeenAt, t.id)
      .where(sql`${t.goneAt} is null`),
  ],
);
