import { sql } from 'drizzle-orm';
import type { MailKind } from '#app/domain/mail/customer-mail.ts';
import { index, instant, minor, table, text, uniqueIndex } from '#db/dialect/columns.ts';
import { request } from '#db/schema/requests.ts';

/** Mail to customers: what it is about stands from the state that it tells of; its text, once it leaves. */
export const mail = table(
  'mail',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => request.id),
    operationId: text('operation_id'),
    customerId: text('customer_id').notNull(),
    kind: text('kind').$type<MailKind>().notNull(),
    address: text('address').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    createdAt: instant('created_at').notNull(),
    leftAt: instant('left_at'),
    sentAt: instant('sent_at'),
    attempts: minor('attempts').notNull(),
    nextTryAt: instant('next_try_at').notNull(),
    leaseOwner: text('lease_owner'),
    leaseUntil: instant('lease_until'),
    error: text('error'),
    heldAt: instant('held_at'),
    heldReason: text('held_reason'),
    releasedAt: instant('released_at'),
    releasedBy: text('released_by'),
    closedAt: instant('closed_at'),
    closedReason: text('closed_reason'),
    closedBy: text('closed_by'),
  },
  (t) => [
    uniqueIndex('mail_once').on(t.requestId, t.kind),
    index('mail_sent').on(t.sentAt),
    index('mail_held')
      .on(t.heldAt)
      .where(sql`${t.heldAt} is not null and ${t.closedAt} is null and ${t.sentAt} is null`),
    index('mail_due')
      .on(t.nextTryAt, t.id)
      .where(sql`${t.sentAt} is null`),
  ],
);
