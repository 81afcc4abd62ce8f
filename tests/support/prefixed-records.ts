import type { BookRecord } from '#app/domain/book/records.ts';

/** Ends of ids that quoting, joining, storing or ordering texts could trip over. */
const ENDS = [
  '',
  '',
  '',
  "'",
  '"',
  ',',
  '|',
  '\n',
  '\\',
  '%',
  ' ',
  '\u001e',
  '\u001f',
  '\u0000',
  '\ud800',
  '😀',
];

const ID_FIELDS = ['id', 'customerId', 'paymentId', 'invoiceId', 'subscriptionId', 'generationId'];

/**
 * The same book under ids of its own, so that many books fit one database: each id gets the prefix,
 * and an end that depends on the id alone, so that references hold. Watermarks stay as they are.
 */
export function prefixed(records: BookRecord[], prefix: string): BookRecord[] {
  const rename = (id: string): string => `${prefix}${id}${ENDS[hash(prefix + id) % ENDS.length]}`;
  return records.map((line) => {
    if (line.type === 'watermark') return line;
    const record: Record<string, unknown> = { ...line.record };
    for (const field of ID_FIELDS) {
      const id = record[field];
      if (typeof id === 'string') record[field] = rename(id);
    }
    if (line.type === 'invoice') record['paymentIds'] = line.record.paymentIds.map(rename);
    // Ids alone were changed, string for string: the record has its type still.
    return { type: line.type, record } as unknown as BookRecord;
  });
}

function hash(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
