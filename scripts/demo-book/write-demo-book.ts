import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { demoBookLines } from '#scripts/demo-book/book-lines.ts';
import type { CompanySpec } from '#scripts/demo-book/company.ts';

/** Lines handed on at once: single lines would cost a stream event each. */
const LINES_AT_ONCE = 500;

const chunks = function* (lines: Iterable<string>, counted: { lines: number }): Generator<string> {
  let chunk: string[] = [];
  for (const line of lines) {
    chunk.push(line);
    counted.lines += 1;
    if (chunk.length === LINES_AT_ONCE) {
      yield `${chunk.join('\n')}\n`;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
};

/** Writes the demo book to `out`, compressed where the name ends in `.gz`, and counts its lines. */
export const writeDemoBook = async (
  spec: CompanySpec & { out: string },
): Promise<{ lines: number }> => {
  const counted = { lines: 0 };
  const source = Readable.from(chunks(demoBookLines(spec), counted));
  const file = createWriteStream(spec.out);
  if (spec.out.endsWith('.gz')) await pipeline(source, createGzip({ level: 3 }), file);
  else await pipeline(source, file);
  return counted;
};
