import { and, asc, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Instant } from '#app/domain/instant.ts';
import { CLOCKS_APART } from '#app/domain/requests/dated-ahead.ts';
import { chunks } from '#db/chunks.ts';
import { customer } from '#db/schema/book.ts';
import { drift, driftCheck } from '#db/schema/drift.ts';
import type { Read, Tx } from '#db/store.ts';

export type DriftCheck = typeof driftCheck.$inferSelect;
export type StoredDrift = typeof drift.$inferSelect;
export type ShownDrift = StoredDrift & { customerName: string | null };

export const insertDriftCheck = async (tx: Tx, row: DriftCheck): Promise<void> => {
  await tx.insert(driftCheck).values(row).returning({ id: driftCheck.id });
};

/** What a person has asked for by this opened form; null: nothing. */
export const driftCheckByForm = async (
  read: Read,
  { askedBy, formKey }: Pick<DriftCheck, 'askedBy' | 'formKey'>,
): Promise<DriftCheck | null> => {
  if (askedBy === null || formKey === null) return null;
  const same = and(eq(driftCheck.askedBy, askedBy), eq(driftCheck.formKey, formKey));
  return (await read.select().from(driftCheck).where(same))[0] ?? null;
};

/** The comparisons that were asked for last, latest first; `until`: none that is dated later. */
export const latestDriftChecks = async (
  read: Read,
  most: number,
  until: Instant | null = null,
): Promise<DriftCheck[]> =>
  read
    .select()
    .from(driftCheck)
    .where(until === null ? undefined : lte(driftCheck.askedAt, until))
    .orderBy(desc(driftCheck.askedAt), desc(driftCheck.id))
    .limit(most);

/** The one that was asked for first and has not ended; null: all have. */
export const openDriftCheck = async (read: Read): Promise<DriftCheck | null> =>
  (
    await read
      .select()
      .from(driftCheck)
      .where(isNull(driftCheck.endedAt))
      .orderBy(asc(driftCheck.askedAt), asc(driftCheck.id))
      .limit(1)
  )[0] ?? null;

/** Takes a comparison that nobody works on; false where somebody was quicker. */
export const claimDriftCheck = async (
  tx: Tx,
  id: string,
  { now, until }: { now: Instant; until: Instant },
): Promise<boolean> => {
  const rows = await tx
    .update(driftCheck)
    .set({ startedAt: now, leaseUntil: until })
    .where(
      and(
        eq(driftCheck.id, id),
        isNull(driftCheck.endedAt),
        or(
          ...[isNull(driftCheck.leaseUntil), lte(driftCheck.leaseUntil, now)],
          // Taken by a clock that was ahead: by no other can it lie so far.
          gt(driftCheck.leaseUntil, until + CLOCKS_APART),
        ),
      ),
    )
    .returning({ id: driftCheck.id });
  return rows.length > 0;
};

/** Ends a comparison; false where it had ended already. */
export const endDriftCheck = async (
  tx: Tx,
  id: string,
  end: Pick<DriftCheck, 'endedAt' | 'error' | 'refunds' | 'charges' | 'found'>,
): Promise<boolean> => {
  const rows = await tx
    .update(driftCheck)
    .set({ ...end, leaseUntil: null })
    .where(and(eq(driftCheck.id, id), isNull(driftCheck.endedAt)))
    .returning({ id: driftCheck.id });
  return rows.length > 0;
};

/** What differs still, longest known first. */
export const openDrift = async (read: Read, most: number): Promise<ShownDrift[]> => {
  const rows = await read
    .select({ drift, customerName: customer.name })
    .from(drift)
    .leftJoin(customer, eq(customer.id, drift.customerId))
    .where(isNull(drift.goneAt))
    .orderBy(asc(drift.firstSeenAt), asc(drift.id))
    .limit(most);
  return rows.map(({ drift: row, customerName }) => ({ ...row, customerName }));
};

export const driftById = async (read: Read, id: string): Promise<StoredDrift | null> =>
  (await read.select().from(drift).where(eq(drift.id, id)))[0] ?? null;

export const insertDrift = async (tx: Tx, rows: readonly StoredDrift[]): Promise<void> => {
  for (const chunk of chunks(rows)) {
    await tx.insert(drift).values(chunk).returning({ id: drift.id });
  }
};

export const changeDrift = async (
  tx: Tx,
  id: string,
  change: Partial<Omit<StoredDrift, 'id'>>,
): Promise<void> => {
  await tx.update(drift).set(change).where(eq(drift.id, id)).returning({ id: drift.id });
};
