import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { ingestReceipt } from '#db/schema/imports.ts';
import type { Read, Tx } from '#db/store.ts';

export type IngestReceipt = typeof ingestReceipt.$inferSelect;

export const findIngestReceipt = async (read: Read, id: string): Promise<IngestReceipt | null> => {
  const rows = await read.select().from(ingestReceipt).where(eq(ingestReceipt.id, id));
  return rows[0] ?? null;
};

/** Begins a delivery, or begins one anew that was cut off. */
export const startIngestReceipt = async (tx: Tx, id: string, startedAt: Instant): Promise<void> => {
  await tx
    .insert(ingestReceipt)
    .values({ id, startedAt })
    .onConflictDoUpdate({ target: ingestReceipt.id, set: { startedAt } })
    .returning({ id: ingestReceipt.id });
};

export const answerIngestReceipt = async (
  tx: Tx,
  id: string,
  status: number,
  answer: unknown,
): Promise<void> => {
  await tx
    .update(ingestReceipt)
    .set({ status, answer })
    .where(eq(ingestReceipt.id, id))
    .returning({ id: ingestReceipt.id });
};

/** Forgets a delivery that failed: its sender may try again under the same key. */
export const dropIngestReceipt = async (tx: Tx, id: string): Promise<void> => {
  await tx
    .delete(ingestReceipt)
    .where(and(eq(ingestReceipt.id, id), isNull(ingestReceipt.status)))
    .returning({ id: ingestReceipt.id });
};

export const deleteIngestReceiptsUntil = async (tx: Tx, until: Instant): Promise<void> => {
  await tx
    .delete(ingestReceipt)
    .where(lt(ingestReceipt.startedAt, until))
    .returning({ id: ingestReceipt.id });
};
