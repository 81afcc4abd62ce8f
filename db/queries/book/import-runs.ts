import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { importRun } from '#db/schema/imports.ts';
import type { Read, Tx } from '#db/select-types.ts';

export type ImportRun = typeof importRun.$inferSelect;
/** How far a run has come; every figure counts from the beginning of the file. */
export type RunProgress = Pick<
  ImportRun,
  'linesRead' | 'loaded' | 'refused' | 'bytesRead' | 'rejectBytes' | 'marks'
>;

/** The latest run over a file of this content that has not come to its end. */
export const findUnfinishedRun = async (
  read: Read,
  fingerprint: string,
): Promise<ImportRun | null> => {
  const runs = await read
    .select()
    .from(importRun)
    .where(and(eq(importRun.fingerprint, fingerprint), isNull(importRun.finishedAt)))
    .orderBy(desc(importRun.startedAt), desc(importRun.id))
    .limit(1);
  return runs[0] ?? null;
};

export const insertRun = async (tx: Tx, run: ImportRun): Promise<void> => {
  await tx.insert(importRun).values(run).returning({ id: importRun.id });
};

export const advanceRun = async (
  tx: Tx,
  id: string,
  progress: Partial<RunProgress> & { finishedAt?: Instant },
): Promise<void> => {
  await tx
    .update(importRun)
    .set(progress)
    .where(eq(importRun.id, id))
    .returning({ id: importRun.id });
};
