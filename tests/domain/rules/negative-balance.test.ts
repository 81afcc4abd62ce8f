import { DAY } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry, generation } from '#tests/factories/account.ts';
import type { BookEntry } from '#app/domain/book/book.ts';

const asOf = T + DAY;
/** Entries a second apart, each moving the balance by so much. */
const moves = (...credits: number[]): BookEntry[] =>
  credits.map((count, index) =>
    entry({
      id: `le_${index}`,
      kind: count < 0 ? 'usage' : 'adjustment',
      credits: count,
      occurredAt: T + index * 1_000,
    }),
  );
const withOpening = (opening: number, entries: BookEntry[]): BookEntry[] =>
  entries.map((each, index) =>
    index === 0 ? { ...each, balanceAfter: opening + each.credits } : each,
  );

describeRule('negative-balance', [
  {
    name: 'speaks of the shortfall since the entry that took it below zero',
    book: {
      entries: moves(10, -24, -6),
      generations: [
        generation({ id: 'g_before', startedAt: T + 999 }),
        generation({ id: 'g_later', startedAt: T + 5_000 }),
        generation({ id: 'g_at', startedAt: T + 1_000 }),
        generation({ id: 'g_hidden', startedAt: asOf + 1 }),
      ],
    },
    asOf,
    finds: [
      {
        subject: 'customer:org_1',
        severity: 'critical',
        confidence: 'confirmed',
        credits: 20,
        amount: undefined,
        since: T + 1_000,
        evidence: ['generation:g_at', 'generation:g_later'],
      },
    ],
  },
  { name: 'exactly zero is not below', book: { entries: moves(24, -24) }, asOf, finds: [] },
  {
    name: 'one credit below is',
    book: { entries: moves(24, -25) },
    asOf,
    finds: [{ credits: 1, evidence: [] }],
  },
  {
    name: 'a balance that dipped below zero and recovered',
    book: { entries: moves(10, -20, 10) },
    asOf,
    finds: [],
  },
  {
    name: 'tells of the last dip',
    book: { entries: moves(10, -20, 30, -21) },
    asOf,
    finds: [{ since: T + 3_000, credits: 1 }],
  },
  {
    name: 'from zero to below is a dip',
    book: { entries: moves(-5) },
    asOf,
    finds: [{ since: T, credits: 5 }],
  },
  {
    name: 'an opening above zero counts',
    book: { entries: withOpening(30, moves(-24)) },
    asOf,
    finds: [],
  },
  {
    name: 'an opening below zero that never rose: since the first entry',
    book: { entries: withOpening(-30, moves(1, -2, 3)) },
    asOf,
    finds: [{ since: T, credits: 28 }],
  },
  {
    name: 'an opening below zero that rose and fell',
    book: { entries: withOpening(-30, moves(30, -1)) },
    asOf,
    finds: [{ since: T + 1_000, credits: 1 }],
  },
  {
    name: 'an opening below zero that the first entry lifts',
    book: { entries: withOpening(-30, moves(31)) },
    asOf,
    finds: [],
  },
  { name: 'without entries there is no balance', book: {}, asOf, finds: [] },
  {
    name: 'hides what comes after asOf',
    book: { entries: moves(10, -24) },
    asOf: T + 999,
    finds: [],
  },
  {
    name: 'reads entries of one instant in their sequence',
    book: { entries: moves(-24, 24).map((each) => ({ ...each, occurredAt: T })) },
    asOf,
    finds: [],
  },
  {
    name: 'speaks of a customer whom only entries mention',
    book: { customer: null, entries: moves(-1) },
    asOf,
    finds: ['customer:org_1'],
  },
  {
    name: 'reads no watermark',
    book: { entries: moves(-1) },
    asOf,
    streams: { ledger: null },
    finds: ['customer:org_1'],
  },
]);
