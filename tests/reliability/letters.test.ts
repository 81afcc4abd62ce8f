import { expect, it } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import { T } from '#tests/factories/records.ts';
import { holds, worldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import { letters } from '#tests/reliability/scenarios/letters.ts';
import { judgeLetter } from '#tests/reliability/scenarios/letters/oracle.ts';
import type { Truth } from '#tests/reliability/scenarios/letters/oracle.ts';

it('no letter says what is not so', { timeout: 240_000 }, async () => {
  const figure = await letters(await worldOfTest());
  holds(figure);
  expect(figure.runs).toBeGreaterThan(50);
});

const truth: Truth = {
  ...{ now: T + DAY, status: 'succeeded', pendingReason: null, failureReason: null },
  ...{ madeAt: T, chargedAt: T, amount: '$49.00', last4: '4242', address: 'a@b.test' },
  ...{ taken: 0, returned: 0, before: [] },
};
const letter = {
  to: ['a@b.test'],
  subject: 'Your refund of $49.00 is on its way',
  text: 'Hello Ada,\n\nA refund of $49.00 for your payment of Monday 4 May 2026 is on its way to the card ending in 4242.\n',
};

it('the oracle takes a true letter and no other', () => {
  expect(judgeLetter(letter, truth)).toEqual([]);
  for (const change of [
    { status: 'requires_action' },
    { status: 'pending', pendingReason: 'insufficient_funds' },
    { status: 'in_orbit' },
    { status: 'failed' },
    { last4: '0005' },
    { amount: '$48.00' },
    { now: T + 45 * DAY },
    { address: 'new@b.test' },
    { taken: 500 },
  ])
    expect(judgeLetter(letter, { ...truth, ...change })).not.toEqual([]);
  const more = { ...letter, text: `${letter.text}All will be well.` };
  expect(judgeLetter(more, truth)).toEqual(['says what nobody knows: “All will be well.”']);
});
