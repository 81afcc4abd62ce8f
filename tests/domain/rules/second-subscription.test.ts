import { DAY } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, subscription } from '#tests/factories/account.ts';

const asOf = T + DAY;
const first = subscription();
const second = subscription({ id: 'sub_2', currentPeriodStart: T + 1_000 });

describeRule('second-subscription', [
  {
    name: 'the second one running of a plan',
    book: { subscriptions: [second, first] },
    asOf,
    finds: [
      {
        subject: 'subscription:sub_2',
        severity: 'medium',
        confidence: 'confirmed',
        amount: undefined,
        credits: undefined,
        since: T + 1_000,
        evidence: ['subscription:sub_2', 'subscription:sub_1'],
      },
    ],
  },
  {
    name: 'each but the first',
    book: {
      subscriptions: [
        first,
        second,
        subscription({ id: 'sub_3', status: 'trialing', currentPeriodStart: T + 2_000 }),
      ],
    },
    asOf,
    finds: ['subscription:sub_2', 'subscription:sub_3'],
  },
  {
    name: 'of one start the lower id is the first',
    book: { subscriptions: [subscription({ id: 'b' }), subscription({ id: 'a' })] },
    asOf,
    finds: ['subscription:b'],
  },
  {
    name: 'past due is running',
    book: { subscriptions: [first, { ...second, status: 'past_due' }] },
    asOf,
    finds: ['subscription:sub_2'],
  },
  ...(['unpaid', 'paused', 'incomplete', 'canceled'] as const).map((status) => ({
    name: `${status} is not running`,
    book: { subscriptions: [first, { ...second, status }] },
    asOf,
    finds: [],
  })),
  {
    name: 'one that is not running is no first',
    book: { subscriptions: [{ ...first, status: 'canceled' as const }, second] },
    asOf,
    finds: [],
  },
  {
    name: 'another plan',
    book: { subscriptions: [first, { ...second, plan: 'pro' }] },
    asOf,
    finds: [],
  },
  {
    name: 'is never hidden',
    book: { subscriptions: [first, second] },
    asOf: T - DAY,
    finds: ['subscription:sub_2'],
  },
]);
