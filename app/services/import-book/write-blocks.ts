import type { RejectSink } from '#app/services/import-book/import-book.ts';
import type { ParsedBlock, Parser } from '#app/services/import-book/parse-block.ts';
import type { Block } from '#app/services/import-book/read-blocks.ts';
import type { Deps } from '#app/services/deps.ts';
import { advanceRun } from '#db/queries/import-runs.ts';
import type { RunProgress } from '#db/queries/import-runs.ts';
import { markChanged, markForStreams } from '#db/queries/mark-changed.ts';
import { readStreams } from '#db/queries/streams.ts';
import { upsertRecords } from '#db/queries/upsert-records.ts';
import type { Tx } from '#db/store.ts';

/** Blocks that are read and checked while others are written. */
const AHEAD = 2;
/** Lines of one transaction: many in a first load, few where people wait for the same lock. */
const BULK_LINES = 40_000;
const SHARED_LINES = 10_000;

interface Checked {
  parsed: ParsedBlock;
  end: number;
}

export interface ImportWork {
  /** null: how far the import has come is not kept. */
  runId: string | null;
  start: RunProgress;
  blocks: AsyncIterable<Block>;
  bulk: boolean;
  rejects: RejectSink;
  parser: Parser;
  onProgress?: ((progress: RunProgress) => void) | undefined;
}

/** Checked blocks in order; the next ones are already being checked meanwhile. */
async function* checkBlocks(blocks: AsyncIterable<Block>, parser: Parser): AsyncGenerator<Checked> {
  const ahead: Promise<Checked>[] = [];
  for await (const { bytes, end } of blocks) {
    const checked = parser.parse(bytes).then((parsed) => ({ parsed, end }));
    // Whoever takes it out of the queue hears of its failure; until then nobody listens.
    checked.catch(() => undefined);
    ahead.push(checked);
    const next = ahead.length > AHEAD ? ahead.shift() : undefined;
    if (next) yield await next;
  }
  for (const checked of ahead) yield await checked;
}

/** Blocks of one transaction together. */
async function* gather(blocks: AsyncIterable<Checked>, lines: number): AsyncGenerator<Checked[]> {
  let group: Checked[] = [];
  let size = 0;
  for await (const block of blocks) {
    group.push(block);
    size += block.parsed.lines;
    if (size < lines) continue;
    yield group;
    group = [];
    size = 0;
  }
  if (group.length) yield group;
}

const writeGroup = async (tx: Tx, group: readonly Checked[]): Promise<void> => {
  const before = await readStreams(tx);
  const changed = new Set<string>();
  for (const { parsed } of group) {
    for (const customer of await upsertRecords(tx, parsed.rows)) changed.add(customer);
  }
  await markChanged(tx, changed);
  await markForStreams(tx, before, await readStreams(tx));
};

const sum = (group: readonly Checked[], count: (parsed: ParsedBlock) => number): number =>
  group.reduce((total, { parsed }) => total + count(parsed), 0);

/** Writes every block and answers how far that came. Progress is kept with what it counts. */
export async function writeBlocks(deps: Deps, work: ImportWork): Promise<RunProgress> {
  const { runId, rejects } = work;
  let reached = work.start;
  const checked = checkBlocks(work.blocks, work.parser);
  for await (const group of gather(checked, work.bulk ? BULK_LINES : SHARED_LINES)) {
    const refused = group.flatMap(({ parsed }) => parsed.refused);
    const next: RunProgress = {
      linesRead: reached.linesRead + sum(group, ({ lines }) => lines),
      loaded: reached.loaded + sum(group, ({ loaded }) => loaded),
      refused: reached.refused + refused.length,
      bytesRead: group.at(-1)?.end ?? reached.bytesRead,
      rejectBytes: refused.length ? await rejects.add(refused) : reached.rejectBytes,
    };
    await deps.store.write(async (tx) => {
      await writeGroup(tx, group);
      if (runId !== null) await advanceRun(tx, runId, next);
    });
    reached = next;
    work.onProgress?.(reached);
  }
  return reached;
}
