import type { ParsedBlock, Parser } from '#app/services/import/parse-block.ts';
import type { Block } from '#app/services/import/read-blocks.ts';

/** Blocks that are read and checked while another is written. */
const AHEAD = 6;

export interface CheckedBlock extends ParsedBlock {
  /** Where in the unpacked file the block ends. */
  end: number;
  /** Nothing follows it. */
  last: boolean;
}

/** Checked blocks in their order; the next ones are being checked meanwhile. */
export async function* checkBlocks(
  blocks: AsyncIterable<Block>,
  parser: Parser,
): AsyncGenerator<CheckedBlock> {
  const ahead: Promise<Omit<CheckedBlock, 'last'>>[] = [];
  for await (const { bytes, end } of blocks) {
    const checked = parser.parse(bytes).then((parsed) => ({ ...parsed, end }));
    // Whoever takes it out of the queue hears of its failure; until then nobody listens.
    checked.catch(() => undefined);
    ahead.push(checked);
    const next = ahead.length > AHEAD ? ahead.shift() : undefined;
    if (next) yield { ...(await next), last: false };
  }
  // Taken out one by one: what has been written must not be held until the end.
  for (let next = ahead.shift(); next; next = ahead.shift()) {
    yield { ...(await next), last: ahead.length === 0 };
  }
}
