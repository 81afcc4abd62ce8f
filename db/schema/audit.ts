import { table, text, uniqueIndex } from '#db/columns.ts';

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
