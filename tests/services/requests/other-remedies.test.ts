import { describe, expect, it } from 'vitest';
import type { BookRecord } from '#app/domain/book/records.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { entry, generated, paid, T } from '#tests/factories/records.ts';
import { askCredits, askRefund, kindOf, made, remedyWorld } from '#tests/support/remedy-world.ts';

/* Two remedies of one record, in either order: what the second is told. */

/** $49.00 for 5,000 credits, and a generation that failed and kept 24. */
const book = (...more: BookRecord[]): BookRecord[] => [
  paid({ id: 'ch_1' }),
  generated({ id: 'gen_1', status: 'failed', error: 'model_overloaded' }),
  entry({ id: 'le_0', kind: 'adjustment', credits: 1_000 }),
  entry({ id: 'le_use', generationId: 'gen_1', credits: -24 }),
  ...more,
];
const delivered = entry({ id: 'le_1', kind: 'purchase', credits: 5_000, paymentId: 'ch_1' });
const byHand = entry({ id: 'le_hand', kind: 'adjustment', credits: 5_000, paymentId: 'ch_1' });

const refund = (change: Parameters<typeof askRefund>[0] = {}): RemedyDraft =>
  askRefund({ amount: 4_900, ground: 'technical_issue', creditChoice: 'keep', ...change });
const grant = (credits: number, change: Parameters<typeof askCredits>[0] = {}): RemedyDraft =>
  askCredits({ credits, paymentId: 'ch_1', evidence: ['payment:ch_1'], ...change });
const revoke = (credits: number): RemedyDraft => grant(-credits, { cause: 'excess_credits' });
const giveBack = (credits: number, change: Parameters<typeof askCredits>[0] = {}): RemedyDraft =>
  grant(credits, {
    ...{ cause: 'failed_generation', paymentId: null, generationId: 'gen_1' },
    ...change,
  });

interface Case {
  name: string;
  book?: BookRecord[];
  first: RemedyDraft;
  second: RemedyDraft;
  /** Null: it may be asked for beside the first. */
  says: RegExp | null;
}

const CASES: Case[] = [
  {
    name: 'all the money, then its credits',
    first: refund(),
    second: grant(5_000),
    says: /^A refund of \$49\.00 for this payment is waiting for approval: granting 5,000 credits too would give both\.$/,
  },
  {
    name: 'its credits, then all the money',
    first: grant(5_000),
    second: refund(),
    says: /^A grant of 5,000 credits for this payment is waiting for approval: refunding \$49\.00 too would give both\.$/,
  },
  {
    name: 'half the money, then half its credits',
    first: refund({ amount: 2_450 }),
    second: grant(2_500),
    says: null,
  },
  {
    name: 'half its credits, then half the money',
    first: grant(2_500),
    second: refund({ amount: 2_450 }),
    says: null,
  },
  {
    name: 'half the money, then one credit more than half',
    first: refund({ amount: 2_450 }),
    second: grant(2_501),
    says: /^A refund of \$24\.50 for this payment/,
  },
  {
    name: 'its credits twice, for two causes',
    first: grant(5_000),
    second: grant(600, { cause: 'other' }),
    says: /^A grant of 5,000 credits for this payment is waiting for approval: .* exceed the 5,000/,
  },
  {
    name: 'a refund that takes them, then a revocation',
    book: book(delivered),
    first: refund({ creditChoice: 'take_back_all' }),
    second: grant(-5_000, { cause: 'other' }),
    says: /^A refund of \$49\.00 that takes back 5,000 credits is waiting for approval: .* take them twice\.$/,
  },
  {
    name: 'a revocation, then a refund that takes them',
    book: book(delivered),
    first: grant(-5_000, { cause: 'other' }),
    second: refund({ creditChoice: 'take_back_all' }),
    says: /^Taking 5,000 credits of this payment is waiting for approval: .* take them twice\.$/,
  },
  {
    name: 'a revocation, then another',
    book: book(delivered, byHand),
    first: revoke(5_000),
    second: grant(-5_001, { cause: 'other' }),
    says: /^Taking 5,000 credits of this payment/,
  },
  {
    name: 'a return, then another',
    first: giveBack(24, { cause: 'other', credits: 24 }),
    second: giveBack(24),
    says: /charged 24 credits|^A return of 24 credits/,
  },
];

describe('a second remedy of the same record', () => {
  it.each(CASES)('$name', async ({ book: records = book(), first, second, says }) => {
    const world = await remedyWorld(records);
    made(await world.ask(first));
    const answer = await world.ask(second, 'agent2');
    if (says === null) {
      expect(kindOf(answer)).toBe('requested');
      return;
    }
    expect(answer).toMatchObject({ ok: false, refusal: { refused: 'conflict' } });
    expect(answer.ok ? '' : answer.refusal.says).toMatch(says);
  });

  it('is refused when both are requested at once, whichever comes first', async () => {
    const world = await remedyWorld(book());
    const answers = await Promise.all([
      world.ask(refund(), 'agent'),
      world.ask(grant(5_000), 'agent2'),
      world.ask(grant(5_000, { cause: 'other' }), 'agent'),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('a remedy beside what was done', () => {
  it('takes back credits that were granted to put it right', async () => {
    const world = await remedyWorld(book(byHand));
    const kept = await world.ask(refund());
    expect(kept).toMatchObject({ ok: false, refusal: { refused: 'invalid' } });
    expect(kept.ok ? '' : kept.refusal.says).toMatch(
      /5,000 credits were granted for this payment: refunding \$49\.00 must take back 5,000/,
    );
    expect(made(await world.ask(refund({ creditChoice: 'take_back_all' }))).content).toMatchObject({
      takeBack: 5_000,
    });
  });

  it('keeps credits that the product delivered, where somebody says so', async () => {
    const world = await remedyWorld(book(delivered));
    expect(kindOf(await world.ask(refund()))).toBe('requested');
  });

  it('grants nothing for money that went back, here or in the dashboard', async () => {
    const world = await remedyWorld(book());
    await world.put(paid({ id: 'ch_1', amountRefunded: 4_900, refundedAt: T }));
    const answer = await world.ask(grant(5_000));
    expect(answer.ok ? '' : answer.refusal.says).toMatch(
      /^Of this payment \$49\.00 has been refunded: no more can be granted/,
    );
  });

  it('is decided by what the book holds then: credits that came meanwhile', async () => {
    const world = await remedyWorld(book());
    const asked = made(await world.ask(refund()));
    await world.put(delivered);
    const answer = await world.decide('finance', asked);
    expect(answer).toMatchObject({ ok: false, refusal: { refused: 'conflict' } });
    expect(JSON.stringify(answer)).toMatch(/5,000 credits arrived for this payment after/);
  });

  it('is decided by what the book holds then: a grant made elsewhere', async () => {
    const world = await remedyWorld(book());
    const asked = made(await world.ask(grant(5_000)));
    const one = { id: 'le_2', kind: 'adjustment', credits: 1, paymentId: 'ch_1' } as const;
    await world.put(entry(one));
    const answer = await world.decide('lead', asked);
    expect(answer.ok ? '' : answer.refusal.says).toMatch(/1 credit of the 5,000 have arrived/);
  });

  it('takes what was returned once', async () => {
    const returned = { id: 'le_back', kind: 'return', credits: 24, generationId: 'gen_1' } as const;
    const taken = {
      id: 'le_taken',
      kind: 'adjustment',
      credits: -24,
      generationId: 'gen_1',
    } as const;
    const world = await remedyWorld(book(entry(returned), entry(taken)));
    const answer = await world.ask(giveBack(-24, { cause: 'other' }));
    expect(answer.ok ? '' : answer.refusal.says).toMatch(
      /charged 24 credits and 0 have been returned/,
    );
  });

  it('names its payment or generation where one owes the credits', async () => {
    const world = await remedyWorld(book());
    const asks = [
      grant(100, { paymentId: null }),
      grant(10, { cause: 'failed_generation', paymentId: null }),
    ];
    for (const asked of asks) expect(kindOf(await world.ask(asked))).toBe('invalid');
  });
});
