import { and, desc, eq, gt } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { account } from '#db/schema/account.ts';
import { customer } from '#db/schema/book.ts';
import { staff } from '#db/schema/staff.ts';
import type { Read } from '#db/store.ts';

/** What one person did after an instant, as far as it is about opening customers. */
export const openingsSince = async (
  read: Read,
  actorId: string,
  since: Instant,
): Promise<{ lastViewed: Map<string, Instant>; kinds: Set<string> }> => {
  // By person and time alone: SQLite would as soon go through everybody's views of that time.
  const rows = await read
    .select({ kind: auditEvent.kind, customerId: auditEvent.customerId, at: auditEvent.at })
    .from(auditEvent)
    .where(and(eq(auditEvent.actorId, actorId), gt(auditEvent.at, since)));
  const lastViewed = new Map<string, Instant>();
  for (const { kind, customerId, at } of rows)
    if (kind === 'customer.viewed' && customerId !== null)
      lastViewed.set(customerId, Math.max(at, lastViewed.get(customerId) ?? at));
  return { lastViewed, kinds: new Set(rows.map(({ kind }) => kind)) };
};

/** Rows of one kind after an instant, newest first, with the name of who did it. */
export const eventsOfKind = async (read: Read, kind: string, since: Instant) =>
  read
    .select({
      at: auditEvent.at,
      actorId: auditEvent.actorId,
      actorName: staff.name,
      detail: auditEvent.detail,
    })
    .from(auditEvent)
    .innerJoin(staff, eq(staff.id, auditEvent.actorId))
    .where(and(eq(auditEvent.kind, kind), gt(auditEvent.at, since)))
    .orderBy(desc(auditEvent.at))
    .limit(100);

/** Whether any record names the customer. */
export const isKnownCustomer = async (read: Read, customerId: string): Promise<boolean> => {
  const mentioned = await read
    .select({ id: account.customerId })
    .from(account)
    .where(eq(account.customerId, customerId));
  if (mentioned.length > 0) return true;
  const known = await read
    .select({ id: customer.id })
    .from(customer)
    .where(eq(customer.id, customerId));
  return known.length > 0;
};
