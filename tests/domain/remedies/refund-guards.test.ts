import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargeNow } from '#app/domain/remedies/charge-facts.ts';
import {
  chargeDifferences,
  firstObstacle,
  refundGuards,
  refundable,
} from '#app/domain/remedies/refund-guards.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';
import { creditsBehind, clawbackOf } from '#app/domain/remedies/credit-clawback.ts';

const charge: ChargeFacts = {
  captured: true,
  amountCaptured: 4_900,
  amountRefunded: 0,
  currency: 'usd',
  blockedByDispute: false,
};

describe('what must hold before money goes back', () => {
  it.each<
    [string, Partial<ChargeFacts>, { amount: number; currency?: string }, number, string | null]
  >([
    ['all of it', {}, { amount: 4_900 }, 0, null],
    ['one unit', {}, { amount: 1 }, 0, null],
    ['one unit too much', {}, { amount: 4_901 }, 0, 'amount'],
    ['nothing', {}, { amount: 0 }, 0, 'amount'],
    ['less than nothing', {}, { amount: -1 }, 0, 'amount'],
    ['a fraction', {}, { amount: 0.5 }, 0, 'amount'],
    ['beyond whole numbers', {}, { amount: 2 ** 53 }, 0, 'amount'],
    ['what is left of a part refunded', { amountRefunded: 900 }, { amount: 4_000 }, 0, null],
    ['more than is left', { amountRefunded: 901 }, { amount: 4_000 }, 0, 'amount'],
    ['what others leave', {}, { amount: 900 }, 4_000, null],
    ['what others have requested', {}, { amount: 901 }, 4_000, 'amount'],
    ['an authorisation', { captured: false }, { amount: 1 }, 0, 'captured'],
    ['a disputed charge', { blockedByDispute: true }, { amount: 1 }, 0, 'dispute'],
    ['another currency', {}, { amount: 1, currency: 'eur' }, 0, 'currency'],
    ['one yen', { currency: 'jpy' }, { amount: 1, currency: 'jpy' }, 0, null],
    ['ten fils', { currency: 'kwd' }, { amount: 10, currency: 'kwd' }, 0, null],
    ['one fils', { currency: 'kwd' }, { amount: 1, currency: 'kwd' }, 0, 'amount'],
  ])('%s', (_, facts, refund, reserved, obstacle) => {
    const guards = refundGuards({ currency: 'usd', ...refund }, { ...charge, ...facts }, reserved);
    expect(guards.find(({ holds }) => !holds)?.id ?? null).toBe(obstacle);
    expect(firstObstacle(guards) === null).toBe(obstacle === null);
  });

  it('never leaves less than nothing', () => {
    expect(refundable({ ...charge, amountRefunded: 5_000 }, 100)).toBe(0);
    expect(refundable({ ...charge, captured: false }, 0)).toBe(0);
  });

  it('tells what has changed meanwhile', () => {
    expect(chargeDifferences(charge, charge)).toEqual([]);
    const now = { ...charge, amountRefunded: 1_000, blockedByDispute: true };
    expect(chargeDifferences(charge, now)).toEqual([
      'Refunded: $10.00 instead of $0.00; $10.00 went back meanwhile.',
      'A dispute has been opened.',
    ]);
  });
});

describe('credits that go back with the money', () => {
  const facts = {
    ...{ brought: 5_000, taken: 0, balance: 12_000 },
    ...{ amount: 4_900, amountRefunded: 0, amountCaptured: 4_900 },
  };

  it.each([
    ['keep', facts, 0],
    ['take_back_all', facts, 5_000],
    ['take_back_unspent', facts, 5_000],
    ['take_back_unspent', { ...facts, balance: 1_200 }, 1_200],
    ['take_back_unspent', { ...facts, balance: -3 }, 0],
    ['take_back_all', { ...facts, balance: 1_200 }, 5_000],
    ['take_back_all', { ...facts, amount: 2_450 }, 2_500],
    // What the first half took does not make the second half's share smaller.
    ['take_back_all', { ...facts, amount: 2_450, amountRefunded: 2_450, taken: 2_500 }, 2_500],
    ['take_back_all', { ...facts, taken: 4_000 }, 1_000],
    ['take_back_all', { ...facts, taken: 6_000 }, 0],
    ['take_back_all', { ...facts, amount: 1 }, 2],
    ['take_back_all', { ...facts, brought: 0 }, 0],
    ['take_back_all', { ...facts, amountCaptured: 0 }, 0],
  ] as const)('%s of %o is %i', (choice, given, credits) => {
    expect(clawbackOf(choice, given)).toBe(credits);
  });
});

describe('what a payment has brought, and what refunds have taken of it', () => {
  const paid = { amountCaptured: 10_000, amountRefunded: 0 };
  const half = { ...paid, amountRefunded: 5_000 };
  it.each([
    ['all there', { gained: 1_000, lost: 0, taken: 0 }, paid, { brought: 1_000, taken: 0 }],
    ['ours', { gained: 1_000, lost: 0, taken: 500 }, half, { brought: 1_000, taken: 500 }],
    ['elsewhere', { gained: 1_000, lost: 500, taken: 0 }, half, { brought: 1_000, taken: 500 }],
    [
      'doubled, revoked',
      { gained: 2_000, lost: 1_000, taken: 0 },
      paid,
      { brought: 1_000, taken: 0 },
    ],
    [
      'more than a refund takes',
      { gained: 1_000, lost: 700, taken: 0 },
      half,
      { brought: 800, taken: 500 },
    ],
    [
      'ours, and more revoked',
      { gained: 1_000, lost: 200, taken: 500 },
      half,
      { brought: 800, taken: 500 },
    ],
    ['gone altogether', { gained: 100, lost: 300, taken: 0 }, paid, { brought: 0, taken: 0 }],
  ])('%s', (_what, credits, refunds, expected) =>
    expect(creditsBehind(credits, refunds)).toEqual(expected),
  );
});

it('refunds in parts take back all credits together, to the credit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 8 }),
      (brought, parts) => {
        const amountCaptured = parts.reduce((sum, part) => sum + part, 0);
        let [taken, amountRefunded] = [0, 0];
        for (const amount of parts) {
          const facts = { brought, taken, balance: 0, amount, amountRefunded, amountCaptured };
          taken += clawbackOf('take_back_all', facts);
          amountRefunded += amount;
        }
        expect(taken).toBe(brought);
      },
    ),
  );
});

describe('a charge as two sides tell it', () => {
  const live = {
    captured: true,
    amountCaptured: 4_900,
    amountRefunded: 1_000,
    currency: 'usd',
    blockedByDispute: false,
  };
  const made = (id: string, amount: number, undone = false) => ({ id, amount, undone });

  it.each([
    ['nothing more', [made('re_1', 1_000)], [made('re_1', 1_000)], 1_000],
    ['a refund that only the book knows', [made('re_1', 1_000)], [made('re_2', 500)], 1_500],
    ['one that failed at Stripe', [made('re_1', 1_000, true)], [made('re_1', 1_000)], 1_000],
    ['a list that knows more than the charge', [made('re_1', 3_000)], [], 3_000],
  ])('counts %s', (_what, liveRefunds, bookRefunds, refunded) => {
    expect(chargeNow(live, liveRefunds, bookRefunds).amountRefunded).toBe(refunded);
  });
});
