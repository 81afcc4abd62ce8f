import { and, desc, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import type { Placeholder } from 'drizzle-orm';
import { EMPTY_CHAIN } from '#app/domain/audit/chain.ts';
import type { AuditEvent, ChainEnd, CustomerFacts } from '#app/domain/audit/chain.ts';
import type { Instant } from '#app/lib/instant.ts';
import { hashOf, sealOf } from '#db/audit-hash.ts';
import { preparedQuery, preparedWrite } from '#db/prepared-query.ts';
import { auditSubjectOf } from '#db/queries/audit/audit-subjects.ts';
import { lockAuditLog } from '#db/postgres.ts';
import { auditEvent } from '#db/schema/audit.ts';
import type { Read, Tx } from '#db/store.ts';

/** What a use case says of what it does; what it leaves out is null. */
export type NewAuditEvent = Pick<AuditEvent, 'id' | 'at' | 'kind'> &
  Partial<Omit<AuditEvent, 'seq' | 'token' | 'sealed'>>;

const lastRow = preparedQuery((read) =>
  read
    .select({ seq: auditEvent.seq, hash: auditEvent.hash })
    .from(auditEvent)
    .orderBy(desc(auditEvent.seq))
    .limit(1),
);

const insertEvent = preparedWrite<typeof auditEvent.$inferSelect>((tx) => {
  const names = Object.keys(getTableColumns(auditEvent));
  const slots = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
  // Every column has its slot.
  const row = slots as Record<keyof typeof auditEvent.$inferSelect, Placeholder>;
  return tx.insert(auditEvent).values(row).returning({ seq: auditEvent.seq });
});

/** Where the log ends now. */
export const auditEnd = async (read: Read): Promise<ChainEnd> =>
  (await lastRow(read, {}))[0] ?? EMPTY_CHAIN;

/** Facts of a customer are sealed under the customer's token, so that they can be erased. */
const sealedOf = async (
  tx: Tx,
  facts: CustomerFacts,
): Promise<Pick<AuditEvent, 'token' | 'sealed'>> => {
  if (facts.customerId === null) return { token: null, sealed: null };
  const { token, salt } = await auditSubjectOf(tx, facts.customerId);
  return { token, sealed: sealOf(salt, facts) };
};

/**
 * The one way into the audit log: appends a row, bound to the one before it, within the write that it
 * records. Fails with that write. On PostgreSQL two that append at once conflict; the store then runs
 * the later one again, in turn.
 */
export const appendAudit = async (tx: Tx, given: NewAuditEvent): Promise<void> => {
  await lockAuditLog(tx);
  const before = await auditEnd(tx);
  const facts: CustomerFacts = {
    customerId: given.customerId ?? null,
    ticket: given.ticket ?? null,
    detail: given.detail ?? null,
  };
  const event: AuditEvent = {
    ...{ seq: before.seq + 1, id: given.id, at: given.at, kind: given.kind },
    ...facts,
    ...(await sealedOf(tx, facts)),
    actorId: given.actorId ?? null,
    subject: given.subject ?? null,
    requestId: given.requestId ?? null,
  };
  await insertEvent(tx, { ...event, prevHash: before.hash, hash: hashOf(before.hash, event) });
};

/** Whether this person has looked at the customer, for the same ticket, after `since`. */
export const hasViewedSince = async (
  read: Read,
  view: { actorId: string; customerId: string; ticket: string | null; since: Instant },
): Promise<boolean> => {
  // By customer and time alone: SQLite would as soon go through everybody's views of that time.
  const rows = await read
    .select({ kind: auditEvent.kind, actorId: auditEvent.actorId, ticket: auditEvent.ticket })
    .from(auditEvent)
    .where(and(eq(auditEvent.customerId, view.customerId), gt(auditEvent.at, view.since)));
  return rows.some(
    ({ kind, actorId, ticket }) =>
      kind === 'customer.viewed' && actorId === view.actorId && ticket === view.ticket,
  );
};
