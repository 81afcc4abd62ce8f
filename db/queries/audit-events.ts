import { and, desc, eq, gt } from 'drizzle-orm';
import type { Instant } from '#app/domain/instant.ts';
import { auditEvent } from '#db/schema.ts';
import type { Read, Tx } from '#db/store.ts';

export type NewAuditEvent = typeof auditEvent.$inferInsert;

/** Rows of the audit log are inserted, never changed. */
export const insertAuditEvent = async (tx: Tx, row: NewAuditEvent): Promise<void> => {
  await tx.insert(auditEvent).values(row).returning({ id: auditEvent.id });
};

/** Whether this person has looked at the customer, for the same ticket, after `since`. */
export const hasViewedSince = async (
  read: Read,
  view: { actorId: string; customerId: string; ticket: string | null; since: Instant },
): Promise<boolean> => {
  const rows = await read
    .select({ actorId: auditEvent.actorId, ticket: auditEvent.ticket })
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.customerId, view.customerId),
        gt(auditEvent.at, view.since),
        eq(auditEvent.kind, 'customer.viewed'),
      ),
    )
    .orderBy(desc(auditEvent.at));
  return rows.some((row) => row.actorId === view.actorId && row.ticket === view.ticket);
};
