import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { parseLine } from '#app/domain/book/parse-line.ts';
import type { BookRecord } from '#app/domain/book/records.ts';

/** The good records of a book file, packed where its name ends in `.gz`. Refused lines are passed over. */
export const readBook = async function* (file: string): AsyncGenerator<BookRecord> {
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const parsed = parseLine(line);
    if ('ok' in parsed) yield parsed.ok;
  }
};
