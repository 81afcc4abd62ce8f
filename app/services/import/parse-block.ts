import { isUtf8 } from 'node:buffer';
import { parseLine } from '#app/domain/book/parse-line.ts';
import type { Marks } from '#app/domain/book/marks.ts';
import type { ParsedLine } from '#app/domain/book/parse-line.ts';
import { createYielder } from '#app/lib/yield-to-event-loop.ts';
import type { Refusal } from '#app/services/import/reject-line.ts';
import { addRecord, noRows } from '#db/upsert/record-rows.ts';
import type { RecordRows } from '#db/upsert/record-rows.ts';

/** The lines of a block, checked and ready to be written. Plain values: it may cross threads. */
export interface ParsedBlock {
  /** All but the watermarks. */
  rows: RecordRows;
  marks: Marks;
  /** Lines, blank ones included, and those among them that hold a record. */
  lines: number;
  loaded: number;
  refused: Refusal[];
}

/** Checks blocks in the order in which they are given. */
export interface Parser {
  parse(bytes: Uint8Array): Promise<ParsedBlock>;
  close(): Promise<void>;
}

const BLANK = /^[ \t\r]*$/;
const BYTE_ORDER_MARK = '\ufeff';
const LINE_FEED = 10;

/** The lines of `bytes`, each with whether it is UTF-8. */
const linesOf = (bytes: Uint8Array): { text: string; valid: boolean }[] => {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(whole)) {
    return whole
      .toString('utf8')
      .split('\n')
      .map((text) => ({ text, valid: true }));
  }
  const lines: { text: string; valid: boolean }[] = [];
  for (let at = 0; at <= whole.length;) {
    const feed = whole.indexOf(LINE_FEED, at);
    const line = whole.subarray(at, feed < 0 ? whole.length : feed);
    lines.push({ text: line.toString('utf8'), valid: isUtf8(line) });
    at += line.length + 1;
  }
  return lines;
};

/** Lines between two looks at the clock. */
const LINES_IN_ONE_GO = 16;

/**
 * Reads every line of a block, in slices. `firstLine` is the number of its first line in the file, from 1; a
 * byte-order mark is passed over only there.
 */
const parseBlock = async (
  bytes: Uint8Array,
  firstLine: number,
  { longestLine, turn }: { longestLine: number; turn: () => Promise<void> },
): Promise<ParsedBlock> => {
  const lines = linesOf(bytes);
  // What follows the last line feed is a line only if there is something.
  if (lines.at(-1)?.text === '') lines.pop();
  const block: ParsedBlock = {
    ...{ rows: noRows(), marks: {} },
    ...{ lines: lines.length, loaded: 0, refused: [] },
  };
  for (const [at, { text, valid }] of lines.entries()) {
    if (at % LINES_IN_ONE_GO === 0) await turn();
    const first = firstLine + at === 1 && text.startsWith(BYTE_ORDER_MARK);
    const line = first ? text.slice(1) : text;
    if (BLANK.test(line)) continue;
    const parsed = parse(line, valid, longestLine);
    if ('ok' in parsed) {
      const { ok } = parsed;
      if (ok.type === 'watermark') block.marks[ok.record.id] = ok.record.through;
      else addRecord(block.rows, ok);
      block.loaded += 1;
    } else {
      block.refused.push({ line: firstLine + at, reason: parsed.refused, text: line });
    }
  }
  return block;
};

const parse = (line: string, valid: boolean, longest: number): ParsedLine => {
  if (line.length > longest) return { refused: `is longer than ${longest >> 20} MiB` };
  return valid ? parseLine(line) : { refused: 'is not UTF-8' };
};

/**
 * Checks lines in this thread, other work in between; the first block begins with line `firstLine` of the
 * file. A line of more than `longestLine` characters is refused unread: reading one cannot be interrupted.
 */
export const parseHere = (firstLine: number, longestLine = Infinity): Parser => {
  const turn = createYielder();
  let next = firstLine;
  let last: Promise<unknown> = Promise.resolve();
  return {
    parse: (bytes) => {
      // One after another: the number of a block's first line is known when the one before was read.
      const parsing = last.then(async () => {
        const block = await parseBlock(bytes, next, { longestLine, turn });
        next += block.lines;
        return block;
      });
      last = parsing.catch(() => undefined);
      return parsing;
    },
    close: async () => undefined,
  };
};
