import { DAY } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry, payment } from '#tests/factories/account.ts';

const asOf = T + DAY;
const named = (credits: number, id = 'le_1') => entry({ id, credits, paymentId: 'ch_1' });

describeRule('excess-credits', [
  {
    name: 'more came than was bought',
    book: {
      payments: [payment({ createdAt: T - 5 })],
      entries: [named(5_000), named(300, 'le_2')],
    },
    asOf,
    finds: [
      {
        subject: 'payment:ch_1',
        severity: 'low',
        confidence: 'confirmed',
        credits: 300,
        amount: undefined,
        since: T,
        evidence: ['payment:ch_1', 'ledgerEntry:le_1', 'ledgerEntry:le_2'],
      },
    ],
  },
  {
    name: 'exactly what was bought',
    book: { payments: [payment()], entries: [named(5_000)] },
    asOf,
    finds: [],
  },
  {
    name: 'a revocation takes away',
    book: {
      payments: [payment()],
      entries: [named(10_000), { ...named(-5_000, 'le_2'), kind: 'revocation' }],
    },
    asOf,
    finds: [],
  },
  {
    name: 'a return is not counted',
    book: {
      payments: [payment()],
      entries: [named(5_000), { ...named(100, 'le_2'), kind: 'return' }],
    },
    asOf,
    finds: [],
  },
  {
    name: 'a payment that buys none',
    book: { payments: [payment({ credits: null })], entries: [named(1)] },
    asOf,
    finds: [{ credits: 1 }],
  },
  {
    name: 'a failed payment brings none',
    book: { payments: [payment({ status: 'failed' })], entries: [named(5_000)] },
    asOf,
    finds: [{ credits: 5_000 }],
  },
  {
    name: 'a canceled payment brings none',
    book: { payments: [payment({ status: 'canceled' })], entries: [named(5_000)] },
    asOf,
    finds: [{ credits: 5_000 }],
  },
  {
    name: 'a pending payment may bring what it buys',
    book: { payments: [payment({ status: 'pending', capturedAt: null })], entries: [named(5_000)] },
    asOf,
    finds: [],
  },
  {
    name: 'since its creation where it was never captured',
    book: {
      payments: [payment({ status: 'failed', capturedAt: null, createdAt: T - 9 })],
      entries: [named(1)],
    },
    asOf,
    finds: [{ since: T - 9 }],
  },
  {
    name: 'an unnamed entry is not counted',
    book: { payments: [payment()], entries: [named(5_000), entry({ id: 'le_2' })] },
    asOf,
    finds: [],
  },
  {
    name: 'a refunded payment may keep what it bought',
    book: { payments: [payment({ amountRefunded: 4_900 })], entries: [named(5_000)] },
    asOf,
    finds: [],
  },
  {
    name: 'hides an entry after asOf',
    book: {
      payments: [payment()],
      entries: [named(5_000), { ...named(300, 'le_2'), occurredAt: asOf + 1 }],
    },
    asOf,
    finds: [],
  },
]);
