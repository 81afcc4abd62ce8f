import { MINUTE } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry, payment, refund } from '#tests/factories/account.ts';

const late = T + 15 * MINUTE;

/* How much is due is seen by what missing-credits misses. */
describeRule('missing-credits', [
  {
    name: 'a 100 % coupon with its credits granted',
    book: { payments: [payment({ amount: 0 })], entries: [entry({ paymentId: 'ch_1' })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'a 100 % coupon without its credits',
    book: { payments: [payment({ amount: 0 })] },
    asOf: late,
    finds: [{ credits: 5_000 }],
  },
  {
    name: 'a partly refunded payment whose grant covers what is left',
    book: {
      payments: [payment({ amountRefunded: 2_450, refundedAt: T })],
      entries: [entry({ paymentId: 'ch_1', credits: 2_500 })],
    },
    asOf: late,
    finds: [],
  },
  {
    name: 'cuts what is due to whole credits: 5000 × 4899 ÷ 4900 is 4998',
    book: { payments: [payment({ amountRefunded: 1, refundedAt: T })] },
    asOf: late,
    finds: [{ credits: 4_998 }],
  },
  {
    name: 'a refund after asOf has not happened',
    book: { payments: [payment({ amountRefunded: 4_900, refundedAt: late + 1 })] },
    asOf: late,
    finds: [{ credits: 5_000 }],
  },
  {
    name: 'an amount refunded without an instant counts',
    book: { payments: [payment({ amountRefunded: 4_900 })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'takes the larger of the amount refunded and the refunds',
    book: {
      payments: [payment({ amountRefunded: 100, refundedAt: T })],
      refunds: [
        refund({ amount: 2_000, status: 'pending' }),
        refund({ id: 're_2', amount: 450, status: 'requires_action' }),
        refund({ id: 're_3', amount: 1_000, status: 'failed' }),
        refund({ id: 're_4', amount: 1_000, status: 'canceled' }),
        refund({ id: 're_5', amount: 1_000, createdAt: late + 1 }),
      ],
    },
    asOf: late,
    finds: [{ credits: 2_500 }],
  },
  {
    name: 'takes what was captured, not what was asked',
    book: { payments: [payment({ amountCaptured: 2_450 })] },
    asOf: late,
    finds: [{ credits: 2_500 }],
  },
  {
    name: 'never has more due than was bought',
    book: { payments: [payment({ amountCaptured: 9_800 })] },
    asOf: late,
    finds: [{ credits: 5_000 }],
  },
  {
    name: 'has nothing due on a lost dispute',
    book: { payments: [payment({ disputeStatus: 'lost' })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'has all due on a dispute still open',
    book: { payments: [payment({ disputeStatus: 'open' })] },
    asOf: late,
    finds: ['payment:ch_1'],
  },
  {
    name: 'has nothing due where none were bought',
    book: { payments: [payment({ credits: null })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'has nothing due where 0 were bought',
    book: { payments: [payment({ credits: 0 })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'computes past 2^53 exactly',
    book: {
      payments: [
        payment({
          credits: 9_007_199_254_740_991,
          amount: 9_007_199_254_740_991,
          amountRefunded: 1,
        }),
      ],
    },
    asOf: late,
    finds: [{ credits: 9_007_199_254_740_990 }],
  },
]);
