import { describe, expect, it } from 'vitest';
import { alternativesOf, suggestAlternative } from '#app/domain/remedies/alternatives.ts';
import { suggestForFlag } from '#app/domain/remedies/suggest-for-flag.ts';
import type { FlagToRemedy } from '#app/domain/remedies/suggest-for-flag.ts';
import type { OtherRemedy } from '#app/domain/remedies/other-remedies.ts';
import type { Offer } from '#app/domain/remedies/suggestion.ts';
import type { PaymentStanding } from '#app/domain/remedies/remedy-limits.ts';

/* One payment of $49.00 for 5,000 credits that never came, and that repeats another. */

const flag = (change: Partial<FlagToRemedy>): FlagToRemedy => ({
  ...{ id: 'flg_1', rule: 'missing-credits', subject: 'payment:ch_1', customerId: 'org_1' },
  ...{ confidence: 'confirmed', credits: 5_000, amount: null, currency: null, evidence: [] },
  facts: { amount: 4_900, refunded: 0, granted: 0, currency: 'usd' },
  sentence: 'It is wrong.',
  ...change,
});
const missing = suggestForFlag(flag({}));
const duplicate = suggestForFlag(
  flag({ id: 'flg_2', rule: 'duplicate-charge', credits: null, amount: 4_900, currency: 'usd' }),
);

const payment = (change: Partial<PaymentStanding> = {}): PaymentStanding => ({
  ...{ buys: 5_000, price: 4_900, currency: 'usd', captured: 4_900, refunded: 0 },
  ...{ disputed: false, granted: 0, remedied: 0, others: [] },
  ...change,
});
const other = (change: Partial<OtherRemedy>): OtherRemedy => ({
  ...{ requestId: 'req_other', state: 'requested', refund: 0, gives: 0, takes: 0 },
  ...change,
});
const beside = (offer: Offer, standing: PaymentStanding) =>
  suggestAlternative(offer, { payments: new Map([['ch_1', standing]]), generations: new Map() })
    .proposals;
const shown = (offer: Offer, standing: PaymentStanding) =>
  beside(offer, standing).map(({ label, whyNot }) => [label, whyNot ?? null]);

describe('two flags of one payment', () => {
  it('offer each way once, the refund as the flag asks for it whose remedy it is', () => {
    const ways = alternativesOf([missing, duplicate]);
    expect(ways.map(({ label, asked }) => [label, asked.flagId])).toEqual([
      ['Grant 5,000', 'flg_1'],
      ['Refund $49.00…', 'flg_2'],
    ]);
    expect(ways[1]?.asked).toMatchObject({ kind: 'refund', ground: 'duplicate_charge' });
  });

  it('offer nothing where neither does', () => {
    expect(alternativesOf([null, { proposals: [], whyNone: 'Nothing.' }])).toEqual([]);
  });
});

describe('what is offered beside another remedy', () => {
  it('is all of it while there is none', () => {
    expect(shown(missing, payment())).toEqual([
      ['Grant 5,000', null],
      ['Refund $49.00…', null],
    ]);
  });

  it('is nothing beside a refund of all, and says why', () => {
    const refunding = payment({ others: [other({ refund: 4_900 })] });
    const said = 'A refund of $49.00 for this payment is waiting for approval: ';
    expect(shown(missing, refunding)).toEqual([
      ['Grant 5,000', `${said}granting 5,000 credits too would give both.`],
      ['Refund $49.00…', `${said}nothing is left to refund.`],
    ]);
  });

  it('is nothing beside a grant of all, and says why', () => {
    const granting = payment({ others: [other({ gives: 5_000, state: 'sending' })] });
    const [grant, refund] = beside(missing, granting);
    expect(grant?.whyNot).toMatch(/^A grant of 5,000 credits for this payment is sending/);
    expect(refund?.whyNot).toMatch(/: refunding \$49\.00 too would give both\.$/);
  });

  it('is the rest beside a part', () => {
    expect(shown(missing, payment({ others: [other({ refund: 2_450 })] }))).toEqual([
      ['Grant 2,500', null],
      ['Refund $24.50…', null],
    ]);
    expect(shown(missing, payment({ others: [other({ gives: 2_500 })] }))).toEqual([
      ['Grant 2,500', null],
      ['Refund $24.50…', null],
    ]);
  });

  it('is nothing where the money was refunded or the credits have arrived', () => {
    const gone = beside(missing, payment({ refunded: 4_900 }));
    expect(gone.map(({ whyNot }) => whyNot)).toEqual([
      'Of this payment $49.00 has been refunded: no more can be granted for it.',
      'All of it was refunded.',
    ]);
    const [came] = beside(missing, payment({ granted: 5_000 }));
    expect(came?.whyNot).toMatch(/have arrived: no more can be granted/);
  });
});

describe('what is offered for a generation', () => {
  const failed = suggestForFlag(
    flag({ rule: 'failed-generation-charge', subject: 'generation:gen_1', credits: 24 }),
  );
  const standing = { status: 'failed', charged: 24, returned: 0, price: 14, others: [] } as const;

  it.each([
    [[], 'Return 24', null],
    [[other({ gives: 10 })], 'Return 14', null],
    [[other({ gives: 24 })], 'Return 24', /^A return of 24 credits for this generation/],
  ])('beside %j is %s', (others, label, whyNot) => {
    const generations = new Map([['gen_1', { ...standing, others }]]);
    const [proposal] = suggestAlternative(failed, { payments: new Map(), generations }).proposals;
    expect(proposal?.label).toBe(label);
    if (whyNot === null) expect(proposal?.whyNot).toBeUndefined();
    else expect(proposal?.whyNot).toMatch(whyNot);
  });
});
