import { describe, expect, it } from 'vitest';
import { suggestForGeneration, suggestForPayment } from '#app/domain/remedies/suggest-for-row.ts';
import type { GenerationToRemedy, PaymentToRemedy } from '#app/domain/remedies/suggest-for-row.ts';
import { readAsForm } from '#tests/support/remedy-form.ts';

const paid: PaymentToRemedy = {
  customerId: 'org_1',
  id: 'ch_1',
  state: 'captured',
  amount: 4_900,
  amountCaptured: null,
  refunded: 0,
  currency: 'usd',
};

describe('for a payment there is offered', () => {
  it.each<[string, Partial<PaymentToRemedy>, string, number]>([
    ['all of it', {}, 'Refund $49.00…', 4_900],
    ['what is left', { state: 'partly_refunded', refunded: 900 }, 'Refund $40.00…', 4_000],
    ['no more than was captured', { amountCaptured: 3_000 }, 'Refund $30.00…', 3_000],
    ['minor units without decimals', { currency: 'jpy' }, 'Refund ¥4,900…', 4_900],
  ])('%s', (_, change, label, amount) => {
    const { proposals, whyNone } = suggestForPayment({ ...paid, ...change });
    expect(whyNone).toBeNull();
    expect(proposals).toMatchObject([
      {
        ...{ label, emphasis: 'other' },
        asked: {
          ...{ kind: 'refund', paymentId: 'ch_1', amount, ground: 'other', reason: '' },
          ...{ evidence: ['payment:ch_1'], flagId: null, creditChoice: 'take_back_unspent' },
        },
      },
    ]);
    for (const { asked } of proposals) {
      expect(() => readAsForm(asked)).toThrow('say why');
      const said = { ...asked, reason: 'The customer requested it.' };
      expect(readAsForm(said)).toEqual(said);
    }
  });

  it.each<[string, Partial<PaymentToRemedy>, string]>([
    ['an authorisation', { state: 'authorised' }, 'expires on its own'],
    ['a pending one', { state: 'pending' }, 'Nothing was captured'],
    ['a failed one', { state: 'failed' }, 'Nothing was captured'],
    ['a canceled one', { state: 'canceled' }, 'Nothing was captured'],
    ['one refunded in full', { state: 'refunded', refunded: 4_900 }, 'was refunded'],
    [
      'one captured in part, and that refunded',
      { state: 'partly_refunded', amountCaptured: 3_000, refunded: 3_000 },
      'was refunded',
    ],
    ['one of nothing', { amount: 0 }, 'Nothing was captured'],
    ['a disputed one', { state: 'disputed' }, 'pay twice'],
    ['one whose dispute was lost', { state: 'dispute_lost' }, 'The bank returned'],
    ['one in a state that nobody knows', { state: 'toString' }, 'Nothing was captured'],
  ])('nothing for %s', (_, change, why) => {
    const { proposals, whyNone } = suggestForPayment({ ...paid, ...change });
    expect(proposals).toEqual([]);
    expect(whyNone).toContain(why);
  });
});

const made: GenerationToRemedy = {
  customerId: 'org_1',
  id: 'gen_1',
  kind: 'image',
  status: 'succeeded',
  charged: 48,
  returned: 0,
  price: 48,
};

describe('for a generation there is offered', () => {
  it.each<[string, Partial<GenerationToRemedy>, string, Record<string, unknown>]>([
    [
      'a failed one’s net cost',
      { status: 'failed', returned: 24 },
      '* Return 24',
      { credits: 24, cause: 'failed_generation', reason: 'Image failed and kept 24 credits.' },
    ],
    [
      'what one cost too much',
      { kind: 'video', charged: 70, returned: 10 },
      '* Return 12',
      {
        ...{ credits: 12, cause: 'overcharged_generation' },
        reason: 'Video cost 60 credits; the rate card says 48.',
      },
    ],
    [
      'the price of one that went well',
      {},
      'Return 48',
      { credits: 48, cause: 'other', reason: '' },
    ],
    [
      'the cost of one that the rate card does not price',
      { price: null },
      'Return 48',
      { credits: 48, cause: 'other' },
    ],
    [
      'the cost of a canceled one',
      { status: 'canceled', charged: 1_200 },
      'Return 1,200',
      { credits: 1_200, cause: 'other' },
    ],
  ])('%s', (_, change, label, ask) => {
    const { proposals, whyNone } = suggestForGeneration({ ...made, ...change });
    expect(whyNone).toBeNull();
    expect(proposals.map((one) => `${one.emphasis === 'main' ? '* ' : ''}${one.label}`)).toEqual([
      label,
    ]);
    for (const { asked } of proposals) {
      expect(asked).toMatchObject({
        ...{ kind: 'credit_adjustment', generationId: 'gen_1', paymentId: null },
        ...{ evidence: ['generation:gen_1'], flagId: null, ...ask },
      });
      const said = { ...asked, reason: asked.reason || 'As a courtesy.' };
      expect(readAsForm(said)).toEqual(said);
    }
  });

  it.each<[string, Partial<GenerationToRemedy>, string]>([
    ['one that runs', { status: 'running' }, 'not finished'],
    ['one that waits', { status: 'queued' }, 'not finished'],
    ['one that cost nothing', { charged: 0 }, 'It was free.'],
    ['one that gave all back', { status: 'failed', returned: 48 }, 'were returned'],
    ['one that gave too much back', { status: 'failed', returned: 60 }, 'were returned'],
    ['one beyond all counting', { charged: 1e12, price: null }, 'more than one request'],
  ])('nothing for %s', (_, change, why) => {
    const { proposals, whyNone } = suggestForGeneration({ ...made, ...change });
    expect(proposals).toEqual([]);
    expect(whyNone).toContain(why);
  });
});
