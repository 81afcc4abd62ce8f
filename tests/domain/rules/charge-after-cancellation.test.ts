import type { Book, BookPayment, BookSubscription } from '#app/domain/book/book.ts';
import { DAY } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, payment, refund, subscription } from '#tests/factories/account.ts';

const asOf = T + 10 * DAY;
const renewal = (change: Partial<BookPayment> = {}): BookPayment =>
  payment({ purpose: 'renewal', subscriptionId: 'sub_1', periodStart: T, ...change });
const ended = (
  change: Partial<BookSubscription>,
  paid: BookPayment = renewal(),
): Partial<Book> => ({
  subscriptions: [subscription({ status: 'canceled', ...change })],
  payments: [paid],
});

describeRule('charge-after-cancellation', [
  {
    name: 'a period that begins when the subscription ended',
    book: ended({ endedAt: T }),
    asOf,
    finds: [
      {
        subject: 'payment:ch_1',
        severity: 'high',
        confidence: 'confirmed',
        amount: 4_900,
        currency: 'usd',
        credits: undefined,
        since: T,
        evidence: ['payment:ch_1', 'subscription:sub_1'],
      },
    ],
  },
  {
    name: 'a renewal for a period that began before the cancellation took effect, whenever it was collected',
    book: ended({ endedAt: T + 1 }, renewal({ capturedAt: T + 5 * DAY })),
    asOf,
    finds: [],
  },
  {
    name: 'an end after asOf has not come',
    book: ended({ endedAt: asOf + 1 }, renewal({ periodStart: asOf })),
    asOf,
    finds: [],
  },
  {
    name: 'an end at asOf has',
    book: ended({ endedAt: asOf }, renewal({ periodStart: asOf })),
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'without an end, the cancellation that took effect',
    book: ended({ cancelAt: T }),
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'with an end still to come, the cancellation that took effect',
    book: ended({ endedAt: asOf + 1, cancelAt: T }),
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'the end goes before the cancellation',
    book: ended({ endedAt: T + 1, cancelAt: T }),
    asOf,
    finds: [],
  },
  {
    name: 'a cancellation after asOf has not come',
    book: ended({ cancelAt: asOf + 1 }),
    asOf,
    finds: [],
  },
  { name: 'no end at all, whatever the status', book: ended({}), asOf, finds: [] },
  {
    name: 'the status is not looked at',
    book: ended({ status: 'active', endedAt: T }),
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'no period told: the capture stands for it',
    book: ended({ endedAt: T }, renewal({ periodStart: null })),
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'no period told, captured before the end',
    book: ended({ endedAt: T + 1 }, renewal({ periodStart: null })),
    asOf,
    finds: [],
  },
  {
    name: 'a period that begins after asOf has not begun',
    book: ended({ endedAt: T }, renewal({ periodStart: asOf + 1 })),
    asOf,
    finds: [],
  },
  {
    name: 'only renewals',
    book: ended({ endedAt: T }, renewal({ purpose: 'upgrade' })),
    asOf,
    finds: [],
  },
  {
    name: 'only captured ones',
    book: ended({ endedAt: T }, renewal({ status: 'failed' })),
    asOf,
    finds: [],
  },
  {
    name: 'refunded in full',
    book: { ...ended({ endedAt: T }), refunds: [refund()] },
    asOf,
    finds: [],
  },
  {
    name: 'refunded in part',
    book: { ...ended({ endedAt: T }), refunds: [refund({ amount: 900 })] },
    asOf,
    finds: [{ amount: 4_000 }],
  },
  {
    name: 'a dispute open',
    book: ended({ endedAt: T }, renewal({ disputeStatus: 'open' })),
    asOf,
    finds: [],
  },
  {
    name: 'a dispute lost',
    book: ended({ endedAt: T }, renewal({ disputeStatus: 'lost' })),
    asOf,
    finds: [],
  },
  {
    name: 'a dispute won',
    book: ended({ endedAt: T }, renewal({ disputeStatus: 'won' })),
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'an inquiry',
    book: ended({ endedAt: T }, renewal({ disputeStatus: 'inquiry' })),
    asOf,
    finds: ['payment:ch_1'],
  },
  { name: 'a subscription not seen', book: ended({ id: 'sub_2', endedAt: T }), asOf, finds: [] },
  {
    name: 'no subscription named',
    book: ended({ endedAt: T }, renewal({ subscriptionId: null })),
    asOf,
    finds: [],
  },
]);
