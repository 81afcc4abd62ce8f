import { checkBlocks } from '#app/services/import/check-blocks.ts';
import type { ImportOptions, ImportResult } from '#app/services/import/import-book.ts';
import type { BookSource } from '#app/services/import/types.ts';
import { parseHere } from '#app/services/import/parse-block.ts';
import { readBlocks } from '#app/services/import/read-blocks.ts';
/** Reads a book as `importBook` does and loads nothing: `loaded` counts what would be. No database. */
export async function checkBook(
  source: BookSource,
  { rejects, startParser = parseHere, onProgress }: ImportOptions,
): Promise<ImportResult> {
  const result: ImportResult = {
    linesRead: 0,
    loaded: 0,
    refused: 0,
    bytesRead: 0,
    rejectBytes: 0,
    marks: null,
    resumedAfter: 0,
  };
  const parser = startParser(1);
  try {
    const blocks = checkBlocks(readBlocks(source.open(0)), parser);
    for await (const { lines, loaded, refused, end } of blocks) {
      if (refused.length) await rejects.add(refused);
      result.linesRead += lines;
      result.loaded += loaded;
      result.refused += refused.length;
      result.bytesRead = end;
      onProgress?.(result);
    }
    return result;
  } finally {
    await parser.close();
  }
}
