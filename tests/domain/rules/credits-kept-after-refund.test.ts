import { DAY } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry, payment, refund } from '#tests/factories/account.ts';
import type { Book, BookPayment } from '#app/domain/book/book.ts';

const back = T + DAY;
const late = back + DAY;
const granted = [entry({ paymentId: 'ch_1' })];
const refunded = (change: Partial<BookPayment> = {}): Partial<Book> => ({
  payments: [payment({ amountRefunded: 4_900, refundedAt: back, ...change })],
  entries: granted,
});

describeRule('credits-kept-after-refund', [
  {
    name: 'is silent one millisecond before the time is up',
    book: refunded(),
    asOf: late - 1,
    finds: [],
  },
  {
    name: 'speaks when the time is up',
    book: refunded(),
    asOf: late,
    finds: [
      {
        subject: 'payment:ch_1',
        severity: 'low',
        confidence: 'confirmed',
        credits: 5_000,
        amount: undefined,
        since: back,
        evidence: ['payment:ch_1', 'ledgerEntry:le_1'],
      },
    ],
  },
  {
    name: 'no instant told: the latest of the refunds counted',
    book: {
      payments: [payment()],
      entries: granted,
      refunds: [
        refund({ amount: 4_000, createdAt: back }),
        refund({ id: 're_2', amount: 900, status: 'pending', createdAt: back - 5 }),
        refund({ id: 're_3', amount: 900, status: 'failed', createdAt: back + 5 }),
      ],
    },
    asOf: late,
    finds: [
      {
        since: back,
        evidence: ['payment:ch_1', 'refund:re_1', 'refund:re_2', 'refund:re_3', 'ledgerEntry:le_1'],
      },
    ],
  },
  { name: 'no instant known at all', book: refunded({ refundedAt: null }), asOf: late, finds: [] },
  {
    name: 'an instant told after asOf is not replaced by one of the refunds',
    book: { ...refunded({ refundedAt: late + 9 * DAY }), refunds: [refund({ createdAt: T })] },
    asOf: late,
    finds: [],
  },
  { name: 'a part refunded', book: refunded({ amountRefunded: 4_899 }), asOf: late, finds: [] },
  {
    name: 'nothing paid and nothing refunded',
    book: refunded({ amount: 0, amountRefunded: 0 }),
    asOf: late,
    finds: [],
  },
  { name: 'never captured', book: refunded({ status: 'canceled' }), asOf: late, finds: [] },
  {
    name: 'taken back',
    book: {
      ...refunded(),
      entries: [
        ...granted,
        entry({ id: 'le_2', kind: 'revocation', credits: -5_000, paymentId: 'ch_1' }),
      ],
    },
    asOf: late,
    finds: [],
  },
  {
    name: 'taken back in part',
    book: {
      ...refunded(),
      entries: [
        ...granted,
        entry({ id: 'le_2', kind: 'adjustment', credits: -2_000, paymentId: 'ch_1' }),
      ],
    },
    asOf: late,
    finds: [{ credits: 3_000 }],
  },
  {
    name: 'an unnamed grant is not counted',
    book: { ...refunded(), entries: [entry()] },
    asOf: late,
    finds: [],
  },
  {
    name: 'waits for the ledger',
    book: refunded(),
    asOf: late + DAY,
    streams: { ledger: late - 1 },
    finds: [],
    waits: ['payment:ch_1'],
  },
  {
    name: 'needs the ledger to the end of the time',
    book: refunded(),
    asOf: late + DAY,
    streams: { ledger: late },
    finds: ['payment:ch_1'],
  },
]);
