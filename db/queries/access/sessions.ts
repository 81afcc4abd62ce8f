import { and, eq, inArray, lt, or } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { session, staff } from '#db/schema/staff.ts';
import { param } from '#db/param.ts';
import type { Read, Tx } from '#db/store.ts';

/** A session with the state its owner is in at this moment. */
export interface SessionRow {
  idHash: string;
  createdAt: Instant;
  lastSeenAt: Instant;
  authenticatedAt: Instant;
  staffId: string;
  name: string;
  email: string;
  role: Role;
  disabledAt: Instant | null;
  demo: boolean;
}

const COLUMNS = {
  idHash: session.idHash,
  createdAt: session.createdAt,
  lastSeenAt: session.lastSeenAt,
  authenticatedAt: session.authenticatedAt,
  staffId: staff.id,
  name: staff.name,
  email: staff.email,
  role: staff.role,
  disabledAt: staff.disabledAt,
  demo: staff.demo,
};

/** Asked at every request. */
const sessionByHash = preparedQuery<{ idHash: string }, SessionRow>((read) =>
  read
    .select(COLUMNS)
    .from(session)
    .innerJoin(staff, eq(staff.id, session.staffId))
    .where(eq(session.idHash, param('idHash', session.idHash))),
);

export const findSession = async (read: Read, idHash: string): Promise<SessionRow | null> =>
  (await sessionByHash(read, { idHash }))[0] ?? null;

export const findSessions = async (read: Read, hashes: readonly string[]): Promise<SessionRow[]> =>
  hashes.length === 0
    ? []
    : read
        .select(COLUMNS)
        .from(session)
        .innerJoin(staff, eq(staff.id, session.staffId))
        .where(inArray(session.idHash, [...hashes]));

export const insertSession = async (tx: Tx, row: typeof session.$inferInsert): Promise<void> => {
  await tx.insert(session).values(row).returning({ idHash: session.idHash });
};

export const touchSession = async (tx: Tx, idHash: string, at: Instant): Promise<void> => {
  await tx
    .update(session)
    .set({ lastSeenAt: at })
    .where(and(eq(session.idHash, idHash), lt(session.lastSeenAt, at)))
    .returning({ idHash: session.idHash });
};

/** Answers whose session it was; null: there was none. */
export const deleteSession = async (tx: Tx, idHash: string): Promise<string | null> => {
  const rows = await tx
    .delete(session)
    .where(eq(session.idHash, idHash))
    .returning({ staffId: session.staffId });
  return rows[0]?.staffId ?? null;
};

/** Ends every session of one person; answers how many there were. */
export const deleteSessionsOf = async (tx: Tx, staffId: string): Promise<number> => {
  const rows = await tx
    .delete(session)
    .where(eq(session.staffId, staffId))
    .returning({ idHash: session.idHash });
  return rows.length;
};

/** Clears away sessions that nobody can use any more. */
export const deleteOldSessions = async (
  tx: Tx,
  createdBefore: Instant,
  seenBefore: Instant,
): Promise<void> => {
  await tx
    .delete(session)
    .where(or(lt(session.createdAt, createdBefore), lt(session.lastSeenAt, seenBefore)))
    .returning({ idHash: session.idHash });
};
