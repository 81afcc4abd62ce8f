import { and, asc, desc, eq, getTableColumns, gte, isNull, lte, sql } from 'drizzle-orm';
import type { ChainedEvent } from '#app/domain/audit/chain.ts';
import type { Instant } from '#app/lib/instant.ts';
import { auditEvent } from '#db/schema/audit.ts';
import type { Read, Tx } from '#db/store.ts';
import { decodeJson } from '#db/dialect/text-encoding.ts';

/** Kinds of rows that let the database give up other rows, or facts in them. */
export const PURGED = 'audit.purged';
export const ERASED = 'audit.erased';

export interface Marks {
  /** The latest purge. */
  purge: ChainedEvent | null;
  erasures: ChainedEvent[];
}

const asWritten = (stored: unknown): ChainedEvent['detail'] => {
  try {
    // The cast: nothing else was ever written there; what it is instead gives another hash.
    return stored === null ? null : (decodeJson(stored) as ChainedEvent['detail']);
  } catch {
    return null;
  }
};

/** What the log says of rows and facts that are no longer in it. */
export const retentionMarks = async (read: Read): Promise<Marks> => {
  const columns = { ...getTableColumns(auditEvent), detail: sql<unknown>`${auditEvent.detail}` };
  const of = async (kind: string): Promise<ChainedEvent[]> => {
    const rows = await read
      .select(columns)
      .from(auditEvent)
      .where(eq(auditEvent.kind, kind))
      .orderBy(asc(auditEvent.seq));
    return rows.map((row) => ({ ...row, detail: asWritten(row.detail) }));
  };
  return { purge: (await of(PURGED)).at(-1) ?? null, erasures: await of(ERASED) };
};

/** The number of the first row; null: there is none. */
export const firstSeq = async (read: Read): Promise<number | null> => {
  const rows = await read
    .select({ seq: auditEvent.seq })
    .from(auditEvent)
    .orderBy(asc(auditEvent.seq))
    .limit(1);
  return rows[0]?.seq ?? null;
};

/** The last of the rows at the beginning that are all older than `before`; null: there is none. */
export const lastBefore = async (
  read: Read,
  before: Instant,
): Promise<Pick<ChainedEvent, 'seq' | 'hash'> | null> => {
  const [young] = await read
    .select({ seq: sql<number | null>`min(${auditEvent.seq})`.mapWith(Number) })
    .from(auditEvent)
    .where(gte(auditEvent.at, before));
  const rows = await read
    .select({ seq: auditEvent.seq, hash: auditEvent.hash })
    .from(auditEvent)
    // No young row at all: the minimum of none is read as 0.
    .where(young?.seq ? lte(auditEvent.seq, young.seq - 1) : undefined)
    .orderBy(desc(auditEvent.seq))
    .limit(1);
  return rows[0] ?? null;
};

/** Gives up rows; the database lets go only of those before a recorded purge. Answers how many. */
export const deleteAuditThrough = async (tx: Tx, seq: number): Promise<number> => {
  const gone = await tx
    .delete(auditEvent)
    .where(lte(auditEvent.seq, seq))
    .returning({ seq: auditEvent.seq });
  return gone.length;
};

/** Gives up a customer's facts in every row; the database lets go only of a recorded erasure's. */
export const eraseAuditFacts = async (tx: Tx, token: string): Promise<number> => {
  const rows = await tx
    .update(auditEvent)
    .set({ customerId: null, ticket: null, detail: null })
    .where(eq(auditEvent.token, token))
    .returning({ seq: auditEvent.seq });
  return rows.length;
};

/** Rows of a customer from before facts were sealed: only a purge removes them. */
export const countUnsealed = async (read: Read, customerId: string): Promise<number> => {
  const rows = await read
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(auditEvent)
    .where(and(eq(auditEvent.customerId, customerId), isNull(auditEvent.token)));
  return rows[0]?.count ?? 0;
};

/** How many rows tell of the customer under this token. */
export const countSealed = async (read: Read, token: string): Promise<number> => {
  const rows = await read
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(auditEvent)
    .where(eq(auditEvent.token, token));
  return rows[0]?.count ?? 0;
};
