import { sql } from 'drizzle-orm';
import { check, index, instant, table, text, uniqueIndex } from '#db/dialect/columns.ts';

/** The right to decide, lent by one member of staff to another for a time. Ended, never deleted. */
export const delegation = table(
  'delegation',
  {
    id: text('id').primaryKey(),
    delegatorId: text('delegator_id').notNull(),
    delegateId: text('delegate_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    reason: text('reason').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it was ended before its time. */
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
    /** Of the opened form by which it was lent. */
    formKey: text('form_key'),
  },
  (t) => [
    check('delegation_to_another', sql`${t.delegatorId} <> ${t.delegateId}`),
    check('delegation_ends', sql`${t.endsAt} > ${t.startsAt}`),
    uniqueIndex('delegation_form_key').on(t.delegatorId, t.formKey),
    index('delegation_delegate').on(t.delegateId, t.endsAt),
    index('delegation_delegator').on(t.delegatorId, t.endsAt),
  ],
);
