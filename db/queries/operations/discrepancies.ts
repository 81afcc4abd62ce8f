import { and, asc, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { MAX_CLOCK_SKEW } from '#app/domain/time/clock-skew.ts';
import { chunks } from '#db/chunks.ts';
import { customer } from '#db/schema/book.ts';
import { drift, driftCheck } from '#db/schema/reconciliation.ts';
import type { Read, Tx } from '#db/store.ts';
export type ReconciliationRun = typeof driftCheck.$inferSelect;
export type StoredDiscrepancy = typeof drift.$inferSelect;
export type ShownDiscrepancy = StoredDiscrepancy & { customerName: string | null };

export const insertReconciliation = async (tx: Tx, row: ReconciliationRun): Promise<void> => {
  await tx.insert(driftCheck).values(row).returning({ id: driftCheck.id });
};

/** What a person has asked for by this opened form; null: nothing. */
export const reconciliationByForm = async (
  read: Read,
  { askedBy, formKey }: Pick<ReconciliationRun, 'askedBy' | 'formKey'>,
): Promise<ReconciliationRun | null> => {
  if (askedBy === null || formKey === null) return null;
  const same = and(eq(driftCheck.askedBy, askedBy), eq(driftCheck.formKey, formKey));
  return (await read.select().from(driftCheck).where(same))[0] ?? null;
};

/** The comparisons that were asked for last, latest first; `until`: none that is dated later. */
export const latestReconciliations = async (
  read: Read,
  most: number,
  until: Instant | null = null,
): Promise<ReconciliationRun[]> =>
  read
    .select()
    .from(driftCheck)
    .where(until === null ? undefined : lte(driftCheck.askedAt, until))
    .orderBy(desc(driftCheck.askedAt), desc(driftCheck.id))
    .limit(most);

/** The one that was asked for first and has not ended; null: all have. */
export const openReconciliation = async (read: Read): Promise<ReconciliationRun | null> =>
  (
    await read
      .select()
      .from(driftCheck)
      .where(isNull(driftCheck.endedAt))
      .orderBy(asc(driftCheck.askedAt), asc(driftCheck.id))
      .limit(1)
  )[0] ?? null;

/** Takes a comparison that nobody works on; false where somebody was quicker. */
export const claimReconciliation = async (
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
          gt(driftCheck.leaseUntil, until + MAX_CLOCK_SKEW),
        ),
      ),
    )
    .returning({ id: driftCheck.id });
  return rows.length > 0;
};

/** Ends a comparison; false where it had ended already. */
export const endReconciliation = async (
  tx: Tx,
  id: string,
  end: Pick<ReconciliationRun, 'endedAt' | 'error' | 'refunds' | 'charges' | 'found'>,
): Promise<boolean> => {
  const rows = await tx
    .update(driftCheck)
    .set({ ...end, leaseUntil: null })
    .where(and(eq(driftCheck.id, id), isNull(driftCheck.endedAt)))
    .returning({ id: driftCheck.id });
  return rows.length > 0;
};

/** What differs still, longest known first. */
export const openDiscrepancies = async (read: Read, most: number): Promise<ShownDiscrepancy[]> => {
  const rows = await read
    .select({ drift, customerName: customer.name })
    .from(drift)
    .leftJoin(customer, eq(customer.id, drift.customerId))
    .where(isNull(drift.goneAt))
    .orderBy(asc(drift.firstSeenAt), asc(drift.id))
    .limit(most);
  return rows.map(({ drift: row, customerName }) => ({ ...row, customerName }));
};

export const discrepancyById = async (read: Read, id: string): Promise<StoredDiscrepancy | null> =>
  (await read.select().from(drift).where(eq(drift.id, id)))[0] ?? null;

export const insertDiscrepancy = async (
  tx: Tx,
  rows: readonly StoredDiscrepancy[],
): Promise<void> => {
  for (const chunk of chunks(rows)) {
    await tx.insert(drift).values(chunk).returning({ id: drift.id });
  }
};

export const changeDiscrepancy = async (
  tx: Tx,
  id: string,
  change: Partial<Omit<StoredDiscrepancy, 'id'>>,
): Promise<void> => {
  await tx.update(drift).set(change).where(eq(drift.id, id)).returning({ id: drift.id });
};
