import { describe, expect, it } from 'vitest';
import { checkReturn, checkReturnTaken } from '#app/domain/remedies/generation-limits.ts';
import type { GenerationStanding } from '#app/domain/remedies/generation-limits.ts';
import type { OtherRemedy } from '#app/domain/remedies/other-remedies.ts';
import {
  checkGrant,
  checkRefund,
  checkRevocation,
  checkClawback,
  grantable,
  owedFor,
} from '#app/domain/remedies/remedy-limits.ts';
import type { PaymentStanding } from '#app/domain/remedies/remedy-limits.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';

/** $49.00 captured for 5,000 credits, of which none has come. */
const payment = (change: Partial<PaymentStanding> = {}): PaymentStanding => ({
  ...{ buys: 5_000, price: 4_900, currency: 'usd', captured: 4_900, refunded: 0 },
  ...{ disputed: false, granted: 0, remedied: 0, others: [] },
  ...change,
});
const other = (change: Partial<OtherRemedy>): OtherRemedy => ({
  ...{ requestId: 'req_other', state: 'requested', refund: 0, gives: 0, takes: 0 },
  ...change,
});

describe('credits owed for the money kept', () => {
  it.each<[Partial<PaymentStanding>, refunded: number, owed: number]>([
    [{}, 0, 5_000],
    [{}, 2_450, 2_500],
    [{}, 4_900, 0],
    [{}, 1, 4_998],
    [{}, 9_999, 0],
    [{ captured: 2_450 }, 0, 2_500],
    [{ captured: 0 }, 0, 0],
    [{ price: 0, captured: 0 }, 0, 5_000],
    [{ buys: 0 }, 0, 0],
    [{ buys: 2 ** 52, price: 2 ** 50, captured: 2 ** 50 }, 2 ** 49, 2 ** 51],
  ])('%j with %d refunded: %d', (change, refunded, owed) => {
    expect(owedFor(payment(change), refunded)).toBe(owed);
  });
});

describe('granting', () => {
  it.each<[Partial<PaymentStanding>, most: number, says: string]>([
    [{}, 5_000, 'This payment buys 5,000 credits: at most 5,000 more can be granted.'],
    [{ granted: 2_000 }, 3_000, 'Of this payment 2,000 credits of the 5,000 have arrived:'],
    [{ granted: 5_000 }, 0, 'have arrived: no more can be granted for it.'],
    [{ refunded: 2_450 }, 2_500, 'Of this payment $24.50 has been refunded:'],
    [{ refunded: 4_900 }, 0, 'Of this payment $49.00 has been refunded: no more'],
    [{ refunded: 2_450, granted: 2_500 }, 0, '$24.50 has been refunded and 2,500 credits'],
    [{ others: [other({ refund: 4_900 })] }, 0, 'A refund of $49.00 for this payment is waiting'],
    [
      { others: [other({ refund: 2_450, state: 'sending' })] },
      2_500,
      '$24.50 for this payment is sending',
    ],
    [{ others: [other({ gives: 5_000 })] }, 0, 'A grant of 5,000 credits for this payment'],
    [
      { others: [other({ gives: 2_000, state: 'approved' })] },
      3_000,
      '2,000 credits for this payment is approved',
    ],
    [
      { others: [other({ gives: 1_000, state: 'failed' })] },
      4_000,
      'for a refund that came back are being returned',
    ],
    [{ others: [other({ refund: 2_450 }), other({ gives: 2_500 })] }, 0, 'A refund of $24.50'],
    // What is about to be taken may yet stay: it makes no room.
    [{ granted: 5_000, others: [other({ takes: 5_000 })] }, 0, 'have arrived'],
    [{ disputed: true }, 0, 'The charge is disputed'],
    [{ captured: 0 }, 0, 'Nothing was captured'],
    [{ buys: 0 }, 0, 'This payment buys no credits'],
  ])('of %j at most %d', (change, most, says) => {
    const standing = payment(change);
    expect(grantable(standing)).toBe(most);
    if (most > 0) expect(checkGrant(standing, most).holds).toBe(true);
    const beyond = checkGrant(standing, most + 1);
    expect(beyond.holds).toBe(false);
    expect(beyond.words).toContain(says);
  });
});

describe('refunding', () => {
  type Row = [Partial<PaymentStanding>, amount: number, takeBack: number, says: string | null];
  it.each<Row>([
    [{}, 4_900, 0, null],
    // Delivered by the product and left to the customer on purpose.
    [{ granted: 5_000 }, 4_900, 0, null],
    [{ granted: 5_000 }, 4_900, 5_000, null],
    // Granted by people to put it right: not both.
    [{ granted: 5_000, remedied: 5_000 }, 4_900, 0, 'must take back 5,000 of them, and takes 0'],
    [{ granted: 5_000, remedied: 5_000 }, 4_900, 4_999, 'must take back 5,000'],
    [{ granted: 5_000, remedied: 5_000 }, 4_900, 5_000, null],
    [{ granted: 5_000, remedied: 2_500 }, 4_900, 2_500, null],
    [{ granted: 5_000, remedied: 2_500 }, 4_900, 2_499, 'must take back 2,500'],
    [{ granted: 2_500, remedied: 2_500 }, 2_450, 0, null],
    [{ granted: 2_500, remedied: 2_500 }, 2_451, 0, 'must take back 2 of them'],
    [{ refunded: 2_450, granted: 2_500, remedied: 2_500 }, 2_450, 0, 'must take back 2,500'],
    // While they are being granted there is nothing to take back yet.
    [{ others: [other({ gives: 5_000 })] }, 4_900, 0, 'A grant of 5,000 credits for this payment'],
    [{ others: [other({ gives: 2_500 })] }, 2_450, 0, null],
    [{ others: [other({ gives: 2_500 })] }, 2_451, 0, 'A grant of 2,500 credits'],
    [{ granted: 2_500, others: [other({ gives: 2_500 })] }, 4_900, 2_500, 'A grant of 2,500'],
    // Each credit is taken once.
    [{ granted: 5_000, others: [other({ takes: 5_000 })] }, 4_900, 5_000, 'would take them twice'],
    [{ granted: 5_000, others: [other({ takes: 2_500 })] }, 2_450, 2_500, null],
    [{ granted: 5_000, others: [other({ refund: 2_450, takes: 2_500 })] }, 2_450, 2_500, null],
    [
      { granted: 5_000, remedied: 5_000, others: [other({ refund: 2_450, takes: 2_500 })] },
      ...([2_450, 2_500, null] as const),
    ],
  ])('beside %j $%d with %d taken back', (change, amount, takeBack, says) => {
    const check = checkRefund(payment(change), { amount, takeBack });
    expect(check.holds).toBe(says === null);
    if (says !== null) expect(check.words).toContain(says);
  });
});

describe('revoking', () => {
  type Row = [Partial<PaymentStanding>, credits: number, excess: boolean, says: string | null];
  it.each<Row>([
    [{ granted: 5_000 }, 5_000, false, null],
    [{ granted: 5_000 }, 5_001, false, 'Of this payment 5,000 credits are left'],
    [{ granted: 6_000 }, 1_000, true, null],
    [{ granted: 6_000 }, 1_001, true, '6,000 credits and 5,000 are paid for: at most 1,000'],
    [{ granted: 5_000, refunded: 4_900 }, 5_000, true, null],
    [
      { granted: 5_000, others: [other({ refund: 4_900, takes: 5_000 })] },
      ...([5_000, false, 'A refund of $49.00 that takes back 5,000 credits is waiting'] as const),
    ],
    [{ granted: 5_000, others: [other({ takes: 5_000 })] }, 1, false, 'would take them twice'],
    // What is about to come is not there to be taken.
    [{ others: [other({ gives: 5_000 })] }, 1, false, 'no more can be taken'],
  ])('beside %j %d credits', (change, credits, excess, says) => {
    const check = checkRevocation(payment(change), credits, excess);
    expect(check.holds).toBe(says === null);
    if (says !== null) expect(check.words).toContain(says);
  });

  it('finds out before credits leave whether they have been taken otherwise', () => {
    const came = { gained: 5_000, lost: 0, taken: 0 };
    expect(checkClawback(came, 5_000).holds).toBe(true);
    expect(checkClawback({ ...came, lost: 5_000 }, 5_000).words).toContain(
      'only 0 credits are left',
    );
    expect(checkClawback({ ...came, taken: 2_500 }, 2_500).holds).toBe(true);
    expect(checkClawback({ ...came, taken: 2_500, lost: 1 }, 2_500).holds).toBe(false);
  });
});

/** 24 credits charged for an image whose price is 14. */
const generation = (change: Partial<GenerationStanding> = {}): GenerationStanding => ({
  ...{ status: 'succeeded', charged: 24, returned: 0, price: 14, others: [] },
  ...change,
});

describe('returning', () => {
  type Row = [Partial<GenerationStanding>, AdjustmentCause, most: number];
  it.each<Row>([
    [{}, 'overcharged_generation', 10],
    [{ returned: 4 }, 'overcharged_generation', 6],
    [{ others: [other({ gives: 4 })] }, 'overcharged_generation', 6],
    [{ returned: 4, others: [other({ gives: 6 })] }, 'overcharged_generation', 0],
    [{ status: 'failed' }, 'failed_generation', 24],
    [{ status: 'failed', returned: 24 }, 'failed_generation', 0],
    [{ status: 'canceled' }, 'failed_generation', 24],
    // A gesture waives the price, never more than what was charged.
    [{}, 'other', 24],
    [{ returned: 10 }, 'other', 14],
    [{ others: [other({ gives: 24 })] }, 'other', 0],
    [{ price: null }, 'overcharged_generation', 24],
    [{ charged: 0 }, 'other', 0],
  ])('of %j for %s at most %d', (change, cause, most) => {
    const standing = generation(change);
    if (most > 0) expect(checkReturn(standing, most, cause).holds).toBe(true);
    expect(checkReturn(standing, most + 1, cause).holds).toBe(false);
  });

  it.each(['queued', 'running'] as const)('of one that is %s nothing', (status) => {
    expect(checkReturn(generation({ status }), 1, 'other').words).toContain('not finished');
  });

  it('says which return stands in the way', () => {
    const others = [other({ gives: 24 })];
    expect(checkReturn(generation({ status: 'failed', others }), 24, 'failed_generation')).toEqual({
      holds: false,
      words:
        'A return of 24 credits for this generation is waiting for approval: returning 24 credits more would exceed what it was charged.',
      otherId: 'req_other',
    });
  });
});

describe('taking returned credits again', () => {
  type Row = [Partial<GenerationStanding>, AdjustmentCause, most: number];
  it.each<Row>([
    [{ returned: 30 }, 'excess_credits', 6],
    [{ returned: 24 }, 'excess_credits', 0],
    [{ returned: 30, others: [other({ takes: 6 })] }, 'excess_credits', 0],
    [{ returned: 10 }, 'other', 10],
    // What is about to be returned is not there to be taken.
    [{ others: [other({ gives: 24 })] }, 'other', 0],
  ])('of %j for %s at most %d', (change, cause, most) => {
    const standing = generation(change);
    if (most > 0) expect(checkReturnTaken(standing, most, cause).holds).toBe(true);
    expect(checkReturnTaken(standing, most + 1, cause).holds).toBe(false);
  });
});
