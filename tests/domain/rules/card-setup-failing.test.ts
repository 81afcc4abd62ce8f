import { HOUR } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, setupAttempt } from '#tests/factories/account.ts';

const three = [
  setupAttempt({ id: 'b', at: T + HOUR }),
  setupAttempt({ id: 'a' }),
  setupAttempt({ id: 'c', at: T + 2 * HOUR }),
];
const worked = (at: number) => setupAttempt({ id: 'ok', status: 'succeeded', at });
const asOf = T + 3 * HOUR;

describeRule('card-setup-failing', [
  {
    name: 'three in a day',
    book: { setupAttempts: three },
    asOf,
    finds: [
      {
        subject: 'customer:org_1',
        severity: 'low',
        confidence: 'confirmed',
        amount: undefined,
        credits: undefined,
        since: T,
        evidence: ['customer:org_1', 'setupAttempt:a', 'setupAttempt:b', 'setupAttempt:c'],
      },
    ],
  },
  { name: 'two', book: { setupAttempts: three.slice(0, 2) }, asOf, finds: [] },
  {
    name: 'the first is 24 hours old',
    book: { setupAttempts: three },
    asOf: T + 24 * HOUR,
    finds: ['customer:org_1'],
  },
  {
    name: 'the first is older',
    book: { setupAttempts: three },
    asOf: T + 24 * HOUR + 1,
    finds: [],
  },
  {
    name: 'one after asOf is hidden',
    book: { setupAttempts: three },
    asOf: T + 2 * HOUR - 1,
    finds: [],
  },
  {
    name: 'one worked after the latest',
    book: { setupAttempts: [...three, worked(T + 2 * HOUR + 1)] },
    asOf,
    finds: [],
  },
  {
    name: 'one worked at the latest',
    book: { setupAttempts: [...three, worked(T + 2 * HOUR)] },
    asOf,
    finds: ['customer:org_1'],
  },
  {
    name: 'one worked before',
    book: { setupAttempts: [...three, worked(T + 1)] },
    asOf,
    finds: ['customer:org_1'],
  },
  {
    name: 'one works after asOf',
    book: { setupAttempts: [...three, worked(asOf + 1)] },
    asOf,
    finds: ['customer:org_1'],
  },
]);
