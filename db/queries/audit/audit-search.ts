import { and, desc, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { ChainedEvent } from '#app/domain/audit/chain.ts';
import type { Instant } from '#app/lib/instant.ts';
import { fastAll } from '#db/prepared-query.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { staff } from '#db/schema/staff.ts';
import type { Read } from '#db/store.ts';
import { equalsUnindexed } from '#db/unindexed.ts';

/** All given conditions hold at once. */
export interface AuditFilter {
  customerId?: string | undefined;
  /** null: what the program did by itself. */
  actorId?: string | null | undefined;
  kind?: string | undefined;
  ticket?: string | undefined;
  /** Both included. */
  from?: Instant | undefined;
  to?: Instant | undefined;
}

/** A row's place, newest first. */
export interface AuditCursor {
  at: Instant;
  seq: number;
}

export interface FoundEvent extends Omit<ChainedEvent, 'token' | 'sealed'> {
  actorName: string | null;
}

/**
 * A customer or a ticket has few rows, a person or a kind may have half the log: without counts of its own
 * SQLite would as soon walk those.
 */
const filtered = ({
  customerId,
  actorId,
  kind,
  ticket,
  from,
  to,
}: AuditFilter): SQL | undefined => {
  const known = customerId !== undefined || ticket !== undefined;
  const is = (column: PgColumn, value: string | null | undefined, hidden: boolean) => {
    if (value === undefined) return undefined;
    if (value !== null) return hidden ? equalsUnindexed(column, value) : eq(column, value);
    return hidden ? sql`${column} || '' is null` : isNull(column);
  };
  return and(
    is(auditEvent.customerId, customerId, false),
    is(auditEvent.ticket, ticket, customerId !== undefined),
    is(auditEvent.actorId, actorId, known),
    is(auditEvent.kind, kind, known),
    from === undefined ? undefined : gte(auditEvent.at, from),
    to === undefined ? undefined : lte(auditEvent.at, to),
  );
};

const behind = ({ at, seq }: AuditCursor): SQL =>
  sql`(${auditEvent.at}, ${auditEvent.seq}) < (${sql.param(at, auditEvent.at)}, ${seq})`;

/**
 * One page of the audit log, newest first: by customer, person, kind, ticket or time, each from an index
 * in this order. `next` is null on the last page.
 */
export const searchAudit = async (
  read: Read,
  filter: AuditFilter,
  { after, limit }: { after?: AuditCursor | undefined; limit: number },
): Promise<{ events: FoundEvent[]; next: AuditCursor | null }> => {
  const rows = await fastAll(
    read,
    read
      .select({
        seq: auditEvent.seq,
        id: auditEvent.id,
        at: auditEvent.at,
        kind: auditEvent.kind,
        actorId: auditEvent.actorId,
        actorName: staff.name,
        customerId: auditEvent.customerId,
        subject: auditEvent.subject,
        ticket: auditEvent.ticket,
        requestId: auditEvent.requestId,
        detail: auditEvent.detail,
        prevHash: auditEvent.prevHash,
        hash: auditEvent.hash,
      })
      .from(auditEvent)
      .leftJoin(staff, eq(staff.id, auditEvent.actorId))
      .where(and(filtered(filter), after === undefined ? undefined : behind(after)))
      .orderBy(desc(auditEvent.at), desc(auditEvent.seq))
      .limit(limit + 1),
  );
  const events = rows.slice(0, limit);
  const last = rows.length > limit ? events.at(-1) : undefined;
  return { events, next: last ? { at: last.at, seq: last.seq } : null };
};
