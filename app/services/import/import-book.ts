import { checkBlocks } from '#app/services/import/check-blocks.ts';
import { openRun } from '#app/services/import/import-run.ts';
import { parseHere } from '#app/services/import/parse-block.ts';
import type { Parser } from '#app/services/import/parse-block.ts';
import { readBlocks } from '#app/services/import/read-blocks.ts';
import { writeBlocks } from '#app/services/import/write-blocks.ts';
import type { Deps } from '#app/services/deps.ts';
import { countRowsAnew, finishBulk, deferIndexes } from '#db/upsert/deferred-indexes.ts';
import { advanceRun } from '#db/queries/book/import-runs.ts';
import type { RunProgress } from '#db/queries/book/import-runs.ts';
import type { Beside, BookSource, RejectSink } from '#app/services/import/types.ts';
export interface ImportOptions {
  rejects: RejectSink;
  /** Somebody else is at work on the database. */
  beside?: Beside | undefined;
  /** So many lines that, into an empty database, it pays to build its indexes afterwards. */
  large?: boolean;
  /** Checks lines elsewhere than in this thread. */
  startParser?: (firstLine: number) => Parser;
  /** Called after every transaction, and for every index that is built after a first load. */
  onProgress?: (progress: RunProgress, indexes?: { built: number; of: number }) => void;
}

export interface ImportResult extends RunProgress {
  /** How many lines of the file a killed run had read before. */
  resumedAfter: number;
}

/**
 * Loads a book: checks each line, writes the good ones and hands the refused ones to `rejects`. Marks
 * the accounts of changed customers for the sweep in the same transactions. A run that was killed goes
 * on where its last transaction ended. Throws where the source or the database fails.
 */
export async function importBook(
  deps: Deps,
  source: BookSource,
  { rejects, beside, large = false, startParser = parseHere, onProgress }: ImportOptions,
): Promise<ImportResult> {
  const { runId, start } = await openRun(deps, source);
  await rejects.cutTo(start.rejectBytes);
  // Others could not wait for the indexes to be built.
  const bulk = large && !beside && (await deferIndexes(deps.store));
  const parser = startParser(start.linesRead + 1);
  try {
    const blocks = readBlocks(source.open(start.bytesRead), start.bytesRead, beside?.blockBytes);
    const checked = checkBlocks(blocks, parser);
    const work = { runId, start, blocks: checked, bulk, beside, rejects, onProgress };
    const reached = await writeBlocks(deps, work);
    if (large) await countRowsAnew(deps.store);
    if (bulk) finishBulk(deps.store, (built, of) => onProgress?.(reached, { built, of }));
    if (runId !== null) {
      await deps.store.write((tx) => advanceRun(tx, runId, { finishedAt: deps.now() }));
    }
    return { ...reached, resumedAfter: start.linesRead };
  } finally {
    await parser.close();
  }
}
