import { DAY } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry } from '#tests/factories/account.ts';
import type { BookEntry } from '#app/domain/book/book.ts';

const asOf = T + DAY;
/** Entries a second apart: [credits, balanceAfter]. */
const rows = (...pairs: [number, number | null][]): BookEntry[] =>
  pairs.map(([credits, balanceAfter], index) =>
    entry({
      id: `le_${index}`,
      kind: 'adjustment',
      credits,
      balanceAfter,
      occurredAt: T + index * 1_000,
    }),
  );

describeRule('ledger-gap', [
  {
    name: 'tells the first entry that does not follow from the one before it',
    book: { entries: rows([10, 10], [-3, 7], [-3, 5], [1, 99]) },
    asOf,
    finds: [
      {
        subject: 'ledgerEntry:le_2',
        severity: 'high',
        confidence: 'confirmed',
        credits: undefined,
        since: T + 2_000,
        evidence: ['ledgerEntry:le_2', 'ledgerEntry:le_1'],
        facts: { expected: 4, stated: 5, moved: -3 },
      },
    ],
  },
  {
    name: 'a ledger that adds up',
    book: { entries: rows([10, 110], [-3, 107], [5, 112]) },
    asOf,
    finds: [],
  },
  {
    name: 'the first entry follows from nothing',
    book: { entries: rows([10, 999]) },
    asOf,
    finds: [],
  },
  {
    name: 'a pair with an unknown balance is passed over',
    book: { entries: rows([10, 10], [-3, null], [-3, 500]) },
    asOf,
    finds: [],
  },
  {
    name: 'and the next pair is judged',
    book: { entries: rows([10, null], [-3, 7], [-3, 3]) },
    asOf,
    finds: ['ledgerEntry:le_2'],
  },
  {
    name: 'hides an entry after asOf',
    book: { entries: rows([10, 10], [-3, 99]) },
    asOf: T + 999,
    finds: [],
  },
]);
