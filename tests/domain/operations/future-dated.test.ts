import { expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import { resetFutureDated } from '#app/domain/operations/future-dated.ts';
import { T } from '#tests/factories/records.ts';

type Step = Parameters<typeof resetFutureDated>[0];
const step = (change: Partial<Step>): Step => ({
  ...{ state: 'ready', nextTryAt: T, leaseUntil: null, firstSentAt: null, lastSentAt: null },
  ...{ lastReadBackAt: null, error: null },
  ...change,
});

it.each<[string, Partial<Step>, ReturnType<typeof resetFutureDated>]>([
  ['a new step that is due', {}, null],
  ['approved by a clock 6 hours ahead', { nextTryAt: T + 6 * HOUR }, { nextTryAt: T }],
  ['approved by a clock a second ahead', { nextTryAt: T + SECOND }, null],
  ['put off by a rule', { nextTryAt: T + 30 * MINUTE, error: 'away' }, null],
  [
    'put off by a rule and a fast clock',
    { nextTryAt: T + 7 * HOUR, error: 'away' },
    { nextTryAt: T + 40 * SECOND },
  ],
  ['held', { state: 'sending', leaseUntil: T + 30 * SECOND, lastSentAt: T, firstSentAt: T }, null],
  [
    'held by a clock that was ahead, and sent by it',
    {
      ...{ state: 'sending', leaseUntil: T + HOUR, firstSentAt: T + HOUR - 30_000 },
      ...{ lastSentAt: T + HOUR - 30_000 },
    },
    { leaseUntil: T + 30 * SECOND, firstSentAt: T, lastSentAt: T },
  ],
  ['over', { state: 'succeeded', nextTryAt: T + 9 * HOUR }, null],
])('%s', (_name, change, expected) => expect(resetFutureDated(step(change), T)).toEqual(expected));
