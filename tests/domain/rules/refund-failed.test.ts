import { DAY } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, refund } from '#tests/factories/account.ts';
import type { BookRefund } from '#app/domain/book/book.ts';

const asOf = T + DAY;
const failed = refund({ status: 'failed' });
const later = (change: Partial<BookRefund> = {}): BookRefund =>
  refund({ id: 're_2', createdAt: T + 1, ...change });

describeRule('refund-failed', [
  {
    name: 'a refund that bounced',
    book: { refunds: [failed] },
    asOf,
    finds: [
      {
        subject: 'refund:re_1',
        severity: 'high',
        confidence: 'confirmed',
        amount: undefined,
        credits: undefined,
        since: T,
        evidence: ['refund:re_1', 'payment:ch_1'],
      },
    ],
  },
  ...(['pending', 'requires_action', 'succeeded'] as const).map((status) => ({
    name: `sent again, ${status}`,
    book: { refunds: [failed, later({ status })] },
    asOf,
    finds: [],
  })),
  {
    name: 'sent again, canceled',
    book: { refunds: [failed, later({ status: 'canceled' })] },
    asOf,
    finds: ['refund:re_1'],
  },
  {
    name: 'sent again, failed again',
    book: { refunds: [failed, later({ status: 'failed' })] },
    asOf,
    finds: ['refund:re_1', 'refund:re_2'],
  },
  { name: 'more sent', book: { refunds: [failed, later({ amount: 5_000 })] }, asOf, finds: [] },
  {
    name: 'less sent',
    book: { refunds: [failed, later({ amount: 4_899 })] },
    asOf,
    finds: ['refund:re_1'],
  },
  {
    name: 'two that together are enough are not a single one',
    book: { refunds: [failed, later({ amount: 2_450 }), later({ id: 're_3', amount: 2_450 })] },
    asOf,
    finds: ['refund:re_1'],
  },
  {
    name: 'sent earlier',
    book: { refunds: [failed, later({ createdAt: T - 1 })] },
    asOf,
    finds: ['refund:re_1'],
  },
  {
    name: 'at one instant the higher id is later',
    book: { refunds: [failed, later({ createdAt: T })] },
    asOf,
    finds: [],
  },
  {
    name: 'at one instant the lower id is not',
    book: { refunds: [failed, later({ id: 're_0', createdAt: T })] },
    asOf,
    finds: ['refund:re_1'],
  },
  {
    name: 'of another payment',
    book: { refunds: [failed, later({ paymentId: 'ch_2' })] },
    asOf,
    finds: ['refund:re_1'],
  },
  {
    name: 'after asOf',
    book: { refunds: [failed, later({ createdAt: asOf + 1 })] },
    asOf,
    finds: ['refund:re_1'],
  },
]);
