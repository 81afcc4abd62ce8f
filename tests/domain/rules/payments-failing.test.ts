import { HOUR } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, payment } from '#tests/factories/account.ts';
import type { BookPayment } from '#app/domain/book/book.ts';

const failed = (id: string, createdAt: number): BookPayment =>
  payment({ id, status: 'failed', createdAt, capturedAt: null });
const three = [failed('b', T + HOUR), failed('a', T), failed('c', T + 2 * HOUR)];
const asOf = T + 3 * HOUR;

describeRule('payments-failing', [
  {
    name: 'three in a day',
    book: { payments: three },
    asOf,
    finds: [
      {
        subject: 'customer:org_1',
        severity: 'low',
        confidence: 'confirmed',
        amount: undefined,
        credits: undefined,
        since: T,
        evidence: ['payment:a', 'payment:b', 'payment:c'],
      },
    ],
  },
  { name: 'two', book: { payments: three.slice(0, 2) }, asOf, finds: [] },
  {
    name: 'the first is 24 hours old',
    book: { payments: three },
    asOf: T + 24 * HOUR,
    finds: ['customer:org_1'],
  },
  { name: 'the first is older', book: { payments: three }, asOf: T + 24 * HOUR + 1, finds: [] },
  {
    name: 'a fourth that left the window is no evidence',
    book: { payments: [...three, failed('d', T + 3 * HOUR)] },
    asOf: T + 24 * HOUR + 1,
    finds: [{ since: T + HOUR, evidence: ['payment:b', 'payment:c', 'payment:d'] }],
  },
  {
    name: 'one after asOf is hidden',
    book: { payments: three },
    asOf: T + 2 * HOUR - 1,
    finds: [],
  },
  {
    name: 'a capture after the latest',
    book: { payments: [...three, payment({ id: 'ok', capturedAt: T + 2 * HOUR + 1 })] },
    asOf,
    finds: [],
  },
  {
    name: 'a capture at the latest',
    book: { payments: [...three, payment({ id: 'ok', capturedAt: T + 2 * HOUR })] },
    asOf,
    finds: ['customer:org_1'],
  },
  {
    name: 'a capture between them',
    book: { payments: [...three, payment({ id: 'ok', capturedAt: T + 90 })] },
    asOf,
    finds: ['customer:org_1'],
  },
  {
    name: 'a capture after asOf',
    book: { payments: [...three, payment({ id: 'ok', createdAt: T, capturedAt: asOf + 1 })] },
    asOf,
    finds: ['customer:org_1'],
  },
  {
    name: 'canceled is not failed',
    book: { payments: [...three.slice(1), payment({ id: 'x', status: 'canceled' })] },
    asOf,
    finds: [],
  },
]);
