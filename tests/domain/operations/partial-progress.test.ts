import { expect, it } from 'vitest';
import { partialProgress } from '#app/domain/operations/partial-progress.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { step } from '#tests/factories/requests.ts';

const refund = (change: Partial<Operation> = {}): Operation =>
  step({
    id: 'op_1',
    state: 'succeeded',
    externalId: 're_1',
    externalStatus: 'succeeded',
    ...change,
  });
const takeBack = (change: Partial<Operation>): Operation =>
  step({
    id: 'op_2',
    ordinal: 2,
    kind: 'credit_adjustment',
    credits: -500,
    amount: null,
    ...change,
  });
const giveBack = (change: Partial<Operation>): Operation =>
  step({
    id: 'op_3',
    ordinal: 3,
    kind: 'credit_adjustment',
    credits: 500,
    amount: null,
    ...change,
  });
const came = { state: 'failed', externalStatus: 'failed' } as const;

it.each<[string, Operation[], string | null]>([
  [
    'nothing yet',
    [refund({ state: 'ready', externalId: null }), takeBack({ state: 'waiting' })],
    null,
  ],
  ['a refund alone', [refund()], null],
  [
    'the refund, not the credits',
    [refund(), takeBack({ state: 'ready' })],
    'Partially completed: $10.00 is refunded. Remaining: taking back 500 credits (queued)',
  ],
  [
    'the refund, the credits unknown',
    [refund(), takeBack({ state: 'sending', firstSentAt: 1, outcome: 'unknown' })],
    'Partially completed: $10.00 is refunded. Remaining: taking back 500 credits (outcome unknown)',
  ],
  [
    'the refund, the credits for a person',
    [refund(), takeBack({ state: 'needs_review' })],
    'Partially completed: $10.00 is refunded. Remaining: taking back 500 credits (outcome unknown: needs a person)',
  ],
  ['both', [refund(), takeBack({ state: 'succeeded' })], null],
  [
    'the refund came back, the credits not',
    [refund(came), takeBack({ state: 'succeeded' }), giveBack({ state: 'ready' })],
    'Partially completed: the refund came back, 500 credits are taken back. Remaining: returning 500 credits (queued)',
  ],
  [
    'all came back',
    [refund(came), takeBack({ state: 'succeeded' }), giveBack({ state: 'succeeded' })],
    null,
  ],
  [
    'the refund refused',
    [refund({ ...came, externalId: null }), takeBack({ state: 'canceled' })],
    null,
  ],
  [
    'the credits could not be taken, and that was the end',
    [refund(), takeBack({ state: 'failed' })],
    null,
  ],
])('%s', (_what, steps, words) => expect(partialProgress(steps)).toBe(words));
