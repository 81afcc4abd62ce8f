import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry, payment, refund } from '#tests/factories/account.ts';
import type { BookPayment } from '#app/domain/book/book.ts';

const asOf = T + 10 * DAY;
const again = (change: Partial<BookPayment> = {}): BookPayment =>
  payment({ id: 'ch_2', capturedAt: T + 2 * MINUTE, ...change });
const honoured = [entry({ paymentId: 'ch_1' }), entry({ id: 'le_2', paymentId: 'ch_2' })];
const two = [payment(), again()];

describeRule('duplicate-charge', [
  {
    name: 'two equal charges, both honoured, are possible only',
    book: { payments: two, entries: honoured },
    asOf,
    finds: [
      {
        subject: 'payment:ch_2',
        severity: 'low',
        confidence: 'possible',
        amount: 4_900,
        currency: 'usd',
        credits: undefined,
        since: T + 2 * MINUTE,
        evidence: ['payment:ch_2', 'payment:ch_1'],
      },
    ],
  },
  {
    name: 'one whose credits never came confirms them',
    book: { payments: two, entries: honoured.slice(0, 1) },
    asOf,
    finds: [{ subject: 'payment:ch_2', severity: 'high', confidence: 'confirmed' }],
  },
  {
    name: 'the first whose credits never came confirms them too',
    book: { payments: two, entries: honoured.slice(1) },
    asOf,
    finds: [{ subject: 'payment:ch_2', confidence: 'confirmed' }],
  },
  {
    name: 'credits not yet late confirm nothing',
    book: { payments: two, entries: honoured.slice(0, 1) },
    asOf: T + 17 * MINUTE - 1,
    finds: [{ confidence: 'possible' }],
  },
  {
    name: 'credits late since now confirm',
    book: { payments: two, entries: honoured.slice(0, 1) },
    asOf: T + 17 * MINUTE,
    finds: [{ confidence: 'confirmed' }],
  },
  {
    name: 'credits missing in part confirm nothing',
    book: {
      payments: two,
      entries: [entry({ paymentId: 'ch_1' }), entry({ id: 'le_2', paymentId: 'ch_2', credits: 1 })],
    },
    asOf,
    finds: [{ confidence: 'possible' }],
  },
  {
    name: 'grants that sum to 0 confirm',
    book: {
      payments: two,
      entries: [
        ...honoured,
        entry({ id: 'le_3', kind: 'adjustment', credits: -5_000, paymentId: 'ch_2' }),
      ],
    },
    asOf,
    finds: [{ confidence: 'confirmed' }],
  },
  {
    name: 'missing credits that no one can tell of yet confirm nothing',
    book: { payments: two, entries: honoured.slice(0, 1) },
    streams: { ledger: T },
    asOf,
    finds: [{ confidence: 'possible' }],
  },
  {
    name: 'an hour apart is together',
    book: { payments: [payment(), again({ capturedAt: T + HOUR })], entries: honoured },
    asOf,
    finds: ['payment:ch_2'],
  },
  {
    name: 'longer apart is not',
    book: { payments: [payment(), again({ capturedAt: T + HOUR + 1 })] },
    asOf,
    finds: [],
  },
  {
    name: 'a second pack a day later',
    book: { payments: [payment(), again({ capturedAt: T + DAY })], entries: honoured },
    asOf,
    finds: [],
  },
  {
    name: 'the same amount for another product',
    book: { payments: [payment(), again({ product: 'pack_x' })] },
    asOf,
    finds: [],
  },
  {
    name: 'no product equals no product',
    book: { payments: [payment({ product: null }), again({ product: null })], entries: honoured },
    asOf,
    finds: ['payment:ch_2'],
  },
  {
    name: 'no product is not a product',
    book: { payments: [payment({ product: null }), again({ product: '' })] },
    asOf,
    finds: [],
  },
  {
    name: 'another amount',
    book: { payments: [payment(), again({ amount: 4_901 })] },
    asOf,
    finds: [],
  },
  {
    name: 'another currency',
    book: { payments: [payment(), again({ currency: 'eur' })] },
    asOf,
    finds: [],
  },
  {
    name: 'another purpose',
    book: { payments: [payment(), again({ purpose: 'other' })] },
    asOf,
    finds: [],
  },
  {
    name: 'payments of other purposes count',
    book: { payments: [payment({ purpose: 'other' }), again({ purpose: 'other' })] },
    asOf,
    finds: ['payment:ch_2'],
  },
  {
    name: 'an authorisation that expired',
    book: {
      payments: [payment(), again({ status: 'canceled', capturedAt: null })],
      entries: honoured,
    },
    asOf,
    finds: [],
  },
  {
    name: 'an authorisation that is pending',
    book: { payments: [payment(), again({ status: 'requires_capture', capturedAt: null })] },
    asOf,
    finds: [],
  },
  {
    name: 'a capture after asOf',
    book: { payments: [payment(), again({ capturedAt: asOf + 1, createdAt: T })] },
    asOf,
    finds: [],
  },
  {
    name: 'a duplicate already refunded outside the console',
    book: {
      payments: [payment(), again({ amountRefunded: 4_900, refundedAt: T + DAY })],
      entries: honoured,
    },
    asOf,
    finds: [],
  },
  {
    name: 'a duplicate already refunded',
    book: {
      payments: two,
      entries: honoured,
      refunds: [refund({ paymentId: 'ch_2', status: 'pending' })],
    },
    asOf,
    finds: [],
  },
  {
    name: 'the first one refunded',
    book: { payments: two, entries: honoured, refunds: [refund()] },
    asOf,
    finds: [],
  },
  {
    name: 'a duplicate refunded in part keeps the rest',
    book: {
      payments: two,
      entries: honoured,
      refunds: [refund({ paymentId: 'ch_2', amount: 900 })],
    },
    asOf,
    finds: [{ amount: 4_000 }],
  },
  {
    name: 'a duplicate under open dispute',
    book: { payments: [payment(), again({ disputeStatus: 'open' })] },
    asOf,
    finds: [],
  },
  {
    name: 'a dispute lost',
    book: { payments: [payment({ disputeStatus: 'lost' }), again()] },
    asOf,
    finds: [],
  },
  {
    name: 'a dispute won counts',
    book: { payments: [payment(), again({ disputeStatus: 'won' })] },
    asOf,
    finds: ['payment:ch_2'],
  },
  {
    name: 'an inquiry counts',
    book: { payments: [payment(), again({ disputeStatus: 'inquiry' })] },
    asOf,
    finds: ['payment:ch_2'],
  },
  {
    name: 'charges of nothing',
    book: { payments: [payment({ amount: 0 }), again({ amount: 0 })] },
    asOf,
    finds: [],
  },
  {
    name: 'of charges at one instant the lower id is the first',
    book: { payments: [payment({ id: 'b' }), payment({ id: 'a' })] },
    asOf,
    finds: ['payment:b'],
  },
]);
