import { expect, test } from 'vitest';
import type { StreamsKnown } from '#app/domain/book/book.ts';
import { marksMeanwhile } from '#app/domain/book/marks.ts';

const NEW: StreamsKnown = { payments: null, invoices: null, ledger: null, generations: null };
const THROUGHOUT = Number.POSITIVE_INFINITY;

test.each([
  ['no watermark', {}, NEW, {}],
  ['a new stream is known to nothing', { ledger: 900 }, NEW, { ledger: 0 }],
  ['one known to before stays so', { ledger: 900 }, { ...NEW, ledger: 500 }, {}],
  ['one known to later stays so', { ledger: 900 }, { ...NEW, ledger: 950 }, {}],
  ['one with rows alone stays so', { ledger: 900 }, { ...NEW, ledger: THROUGHOUT }, {}],
  [
    'each stream for itself',
    { payments: 800, ledger: 900, invoices: 700 },
    { ...NEW, ledger: 500 },
    { payments: 0, invoices: 0 },
  ],
])('meanwhile: %s', (_, marks, before, written) => {
  expect(marksMeanwhile(marks, before)).toEqual(written);
});
