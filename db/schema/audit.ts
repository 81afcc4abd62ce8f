import { sql } from 'drizzle-orm';
import type { Facts } from '#app/domain/book/record-ref.ts';
import { index, instant, json, minor, table, text, uniqueIndex } from '#db/dialect/columns.ts';
/**
 * Which token stands for a customer in the audit log, and the salt of what is sealed under it. Without
 * its row nothing in the log leads to the customer any more, nor can anybody try out who it was.
 */
export const auditSubject = table(
  'audit_subject',
  {
    customerId: text('customer_id').primaryKey(),
    token: text('token').notNull(),
    salt: text('salt').notNull(),
  },
  (t) => [uniqueIndex('audit_subject_token').on(t.token)],
);

/** Who saw or did what, each row bound to the one before it. The database itself refuses all but appending. */
export const auditEvent = table(
  'audit_event',
  {
    /** 1, 2, 3 … without gaps. */
    seq: minor('seq').primaryKey(),
    id: text('id').notNull(),
    at: instant('at').notNull(),
    /** `customer.viewed`, `session.started`, `flag.dismissed` … */
    kind: text('kind').notNull(),
    actorId: text('actor_id'),
    customerId: text('customer_id'),
    subject: text('subject'),
    ticket: text('ticket'),
    requestId: text('request_id'),
    detail: json<Facts>('detail'),
    /** Stands for the customer, whose own facts (customer, ticket, detail) can be erased; null: they cannot. */
    token: text('token'),
    /** What binds the erasable facts to this row: a hash of them and of the customer's salt. */
    sealed: text('sealed'),
    /** The hash of row `seq - 1`; 64 zeros before the first. */
    prevHash: text('prev_hash').notNull(),
    /** SHA-256 over `prevHash` and the canonical text of this row, hex. */
    hash: text('hash').notNull(),
  },
  (t) => [
    index('audit_event_customer').on(t.customerId, t.at, t.seq),
    index('audit_event_actor').on(t.actorId, t.at, t.seq),
    index('audit_event_kind').on(t.kind, t.at, t.seq),
    index('audit_event_ticket')
      .on(t.ticket, t.at, t.seq)
      .where(sql`${t.ticket} is not null`),
    index('audit_event_at').on(t.at, t.seq),
    index('audit_event_token')
      .on(t.token)
      .where(sql`${t.token} is not null`),
  ],
);
