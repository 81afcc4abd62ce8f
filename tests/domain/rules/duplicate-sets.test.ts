import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry, payment } from '#tests/factories/account.ts';
import type { BookEntry, BookPayment } from '#app/domain/book/book.ts';

const asOf = T + 100 * DAY;
const renewal = (id: string, capturedAt: number, change: Partial<BookPayment> = {}): BookPayment =>
  payment({ id, capturedAt, purpose: 'renewal', subscriptionId: 'sub_1', ...change });
const grants = (...ids: string[]): BookEntry[] =>
  ids.map((id) => entry({ id: `le_${id}`, paymentId: id }));

/* Which charges belong together, and what proves it. */
describeRule('duplicate-charge', [
  {
    name: 'a chain of neighbours is one set, its ends far apart',
    book: {
      payments: [
        payment({ id: 'c', capturedAt: T + 100 * MINUTE }),
        payment({ id: 'a' }),
        payment({ id: 'b', capturedAt: T + 50 * MINUTE }),
      ],
      entries: grants('a', 'b', 'c'),
    },
    asOf,
    finds: [
      { subject: 'payment:b', evidence: ['payment:b', 'payment:a', 'payment:c'] },
      { subject: 'payment:c', evidence: ['payment:c', 'payment:a', 'payment:b'] },
    ],
  },
  {
    name: 'a refunded charge in the middle does not bridge',
    book: {
      payments: [
        payment({ id: 'a' }),
        payment({ id: 'b', capturedAt: T + 50 * MINUTE, amountRefunded: 4_900 }),
        payment({ id: 'c', capturedAt: T + 100 * MINUTE }),
      ],
      entries: grants('a', 'c'),
    },
    asOf,
    finds: [],
  },
  {
    name: 'a disputed charge in the middle does not bridge',
    book: {
      payments: [
        payment({ id: 'a' }),
        payment({ id: 'b', capturedAt: T + 50 * MINUTE, disputeStatus: 'open' }),
        payment({ id: 'c', capturedAt: T + 100 * MINUTE }),
      ],
      entries: grants('a', 'c'),
    },
    asOf,
    finds: [],
  },
  {
    name: 'one invoice joins days apart, seen or not, and confirms',
    book: {
      payments: [
        payment({ id: 'a', invoiceId: 'in_x' }),
        payment({ id: 'b', invoiceId: 'in_x', capturedAt: T + 3 * DAY }),
      ],
      entries: grants('a', 'b'),
    },
    asOf,
    finds: [{ subject: 'payment:b', confidence: 'confirmed', severity: 'high' }],
  },
  {
    name: 'one subscription and period join and confirm',
    book: {
      payments: [
        renewal('a', T, { periodStart: T }),
        renewal('b', T + 3 * DAY, { periodStart: T }),
      ],
      entries: grants('a', 'b'),
    },
    asOf,
    finds: [{ subject: 'payment:b', confidence: 'confirmed' }],
  },
  {
    name: 'two periods of one subscription do not',
    book: {
      payments: [
        renewal('a', T, { periodStart: T }),
        renewal('b', T + 30 * DAY, { periodStart: T + 30 * DAY }),
      ],
      entries: grants('a', 'b'),
    },
    asOf,
    finds: [],
  },
  {
    name: 'one period of two subscriptions do not',
    book: {
      payments: [
        renewal('a', T, { periodStart: T }),
        renewal('b', T + 3 * HOUR, { periodStart: T, subscriptionId: 'sub_2' }),
      ],
      entries: grants('a', 'b'),
    },
    asOf,
    finds: [],
  },
  {
    name: 'unknown periods never join',
    book: { payments: [renewal('a', T), renewal('b', T + 3 * HOUR)], entries: grants('a', 'b') },
    asOf,
    finds: [],
  },
  {
    name: 'periods without a subscription never join',
    book: {
      payments: [
        renewal('a', T, { periodStart: T, subscriptionId: null }),
        renewal('b', T + 3 * HOUR, { periodStart: T, subscriptionId: null }),
      ],
      entries: grants('a', 'b'),
    },
    asOf,
    finds: [],
  },
  {
    name: 'belonging is transitive: by time to one, by invoice to another; one proof confirms all',
    book: {
      payments: [
        payment({ id: 'a' }),
        payment({ id: 'b', capturedAt: T + MINUTE, invoiceId: 'in_x' }),
        payment({ id: 'c', capturedAt: T + 5 * DAY, invoiceId: 'in_x' }),
      ],
      entries: grants('a', 'b', 'c'),
    },
    asOf,
    finds: [
      { subject: 'payment:b', confidence: 'confirmed' },
      { subject: 'payment:c', confidence: 'confirmed' },
    ],
  },
  {
    name: 'two sets that a third charge ties are one',
    book: {
      payments: [
        payment({ id: 'a' }),
        payment({ id: 'b', capturedAt: T + 2 * DAY, invoiceId: 'in_x' }),
        payment({ id: 'c', capturedAt: T + 4 * DAY, invoiceId: 'in_x' }),
        payment({ id: 'd', capturedAt: T + 4 * DAY + HOUR }),
      ],
      entries: grants('a', 'b', 'c', 'd'),
    },
    asOf,
    finds: ['payment:c', 'payment:d'],
  },
  {
    name: 'one invoice does not join what costs differently',
    book: {
      payments: [
        payment({ id: 'a', invoiceId: 'in_x' }),
        payment({ id: 'b', invoiceId: 'in_x', amount: 1 }),
      ],
    },
    asOf,
    finds: [],
  },
  {
    name: 'neighbours are those of the group, whatever lies between',
    book: {
      payments: [
        payment({ id: 'a' }),
        payment({ id: 'b', capturedAt: T + MINUTE, product: 'x' }),
        payment({ id: 'c', capturedAt: T + 2 * MINUTE }),
      ],
      entries: grants('a', 'b', 'c'),
    },
    asOf,
    finds: ['payment:c'],
  },
]);
