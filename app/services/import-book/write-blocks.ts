import type { CheckedBlock } from '#app/services/import-book/check-blocks.ts';
import type { RejectSink } from '#app/services/import-book/import-book.ts';
import type { Deps } from '#app/services/deps.ts';
import { advanceRun } from '#db/queries/import-runs.ts';
import type { RunProgress } from '#db/queries/import-runs.ts';
import { markChanged, markForStreams } from '#db/queries/mark-changed.ts';
import { readStreams } from '#db/queries/streams.ts';
import { upsertRecords } from '#db/queries/upsert-records.ts';

/** Lines of one transaction in a first load, when nobody else waits for the database. */
const BULK_LINES = 100_000;

export interface ImportWork {
  /** null: how far the import has come is not kept. */
  runId: string | null;
  start: RunProgress;
  blocks: AsyncGenerator<CheckedBlock>;
  /** A first load into an empty SQLite database. */
  bulk: boolean;
  rejects: RejectSink;
  onProgress?: ((progress: RunProgress) => void) | undefined;
}

/** Refusals are in their file before the block is counted. */
const withBlock = async (
  reached: RunProgress,
  block: CheckedBlock,
  rejects: RejectSink,
): Promise<RunProgress> => ({
  linesRead: reached.linesRead + block.lines,
  loaded: reached.loaded + block.loaded,
  refused: reached.refused + block.refused.length,
  bytesRead: block.end,
  rejectBytes: block.refused.length ? await rejects.add(block.refused) : reached.rejectBytes,
});

/**
 * Writes `first`, and in a first load as many of the next blocks as fit one transaction; they are taken
 * from the queue inside it, so that no more than a few blocks are ever in memory.
 */
const writeTogether = async (
  deps: Deps,
  work: ImportWork,
  first: CheckedBlock,
  start: RunProgress,
): Promise<RunProgress> => {
  const afterFirst = await withBlock(start, first, work.rejects);
  return deps.store.write(async (tx) => {
    const before = await readStreams(tx);
    const changed = await upsertRecords(tx, first.rows);
    let reached = afterFirst;
    while (work.bulk && reached.linesRead - start.linesRead < BULK_LINES) {
      const next = await work.blocks.next();
      if (next.done) break;
      reached = await withBlock(reached, next.value, work.rejects);
      for (const customer of await upsertRecords(tx, next.value.rows)) changed.add(customer);
    }
    await markChanged(tx, changed);
    await markForStreams(tx, before, await readStreams(tx));
    if (work.runId !== null) await advanceRun(tx, work.runId, reached);
    return reached;
  });
};

/** Writes every block and answers how far that came. Progress is kept with what it counts. */
export async function writeBlocks(deps: Deps, work: ImportWork): Promise<RunProgress> {
  let reached = work.start;
  for (let next = await work.blocks.next(); !next.done; next = await work.blocks.next()) {
    reached = await writeTogether(deps, work, next.value, reached);
    work.onProgress?.(reached);
  }
  return reached;
}
