import { setTimeout as wait } from 'node:timers/promises';
import { marksMeanwhile } from '#app/domain/book/marks.ts';
import type { CheckedBlock } from '#app/services/import/check-blocks.ts';
import type { Beside, RejectSink } from '#app/services/import/types.ts';
import type { Deps } from '#app/services/deps.ts';
import { advanceRun } from '#db/queries/book/import-runs.ts';
import type { RunProgress } from '#db/queries/book/import-runs.ts';
import { markChanged, markForStreams } from '#db/queries/book/mark-changed.ts';
import { readStreams } from '#db/queries/book/streams.ts';
import { upsertRecords } from '#db/queries/book/upsert-records.ts';
import { writeMarks } from '#db/queries/book/write-watermarks.ts';
/** Lines of one transaction in a first load, when nobody else waits for the database. */
const BULK_LINES = 100_000;
/** The same in any other load. */
const SHARED_LINES = 5_000;

export interface ImportWork {
  /** null: how far the import has come is not kept. */
  runId: string | null;
  start: RunProgress;
  blocks: AsyncGenerator<CheckedBlock>;
  /** A first load into an empty SQLite database. */
  bulk: boolean;
  /** Each block is a transaction of its own, with a pause after it. */
  beside: Beside | undefined;
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
  marks: { ...reached.marks, ...block.marks },
});

interface Group {
  blocks: CheckedBlock[];
  reached: RunProgress;
  /** Nothing follows it. */
  last: boolean;
}

/**
 * The next blocks of together about SHARED_LINES, or in a first load, or beside others, the next one: the thread that
 * checks lines is given more only between groups. null: there is none left.
 */
const nextGroup = async (work: ImportWork, start: RunProgress): Promise<Group | null> => {
  const blocks: CheckedBlock[] = [];
  const lines = work.bulk || work.beside ? 1 : SHARED_LINES;
  let reached = start;
  while (reached.linesRead - start.linesRead < lines) {
    const next = await work.blocks.next();
    if (next.done) break;
    blocks.push(next.value);
    reached = await withBlock(reached, next.value, work.rejects);
  }
  const last = blocks.at(-1)?.last;
  return last === undefined ? null : { blocks, reached, last };
};

/**
 * Writes a group, and in a first load as many of the next ones as fit one transaction; they are taken
 * from the queue inside it, so that no more than a few blocks are ever in memory. (Elsewhere the body
 * may run twice, so it takes nothing from anywhere.) The watermarks come with the last group: they vouch for
 * all that is in the load.
 */
const writeTogether = (deps: Deps, work: ImportWork, first: Group): Promise<RunProgress> =>
  deps.store.write(async (tx) => {
    const before = await readStreams(tx);
    const changed = new Set<string>();
    let { reached, last } = first;
    const mostLines = reached.linesRead + (work.bulk ? BULK_LINES : 0);
    for (let group: Group | null = first; group;) {
      for (const { rows } of group.blocks) {
        for (const customer of await upsertRecords(tx, rows)) changed.add(customer);
      }
      ({ reached, last } = group);
      group = reached.linesRead < mostLines ? await nextGroup(work, reached) : null;
    }
    const marks = reached.marks ?? {};
    await writeMarks(tx, last ? marks : marksMeanwhile(marks, before));
    await markChanged(tx, changed);
    await markForStreams(tx, before, await readStreams(tx));
    if (work.runId !== null) await advanceRun(tx, work.runId, reached);
    return reached;
  });

/** Writes every block and answers how far that came. Progress is kept with what it counts. */
export async function writeBlocks(deps: Deps, work: ImportWork): Promise<RunProgress> {
  let reached = work.start;
  for (;;) {
    const group = await nextGroup(work, reached);
    if (group === null) return reached;
    reached = await writeTogether(deps, work, group);
    work.onProgress?.(reached);
    if (work.beside && work.beside.pause > 0) await wait(work.beside.pause);
  }
}
