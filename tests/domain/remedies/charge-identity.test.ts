import { describe, expect, it } from 'vitest';
import { identityGuards, identityInBook } from '#app/domain/remedies/charge-identity.ts';
import type { ChargeIdentity } from '#app/domain/remedies/charge-identity.ts';

const same: ChargeIdentity = {
  stripeCustomerId: 'cus_1',
  cardLast4: '4242',
  cardFingerprint: 'fp_1',
  currency: 'usd',
  amountCaptured: 4_900,
};

describe('whether Stripe’s charge is the payment that the book means', () => {
  it.each<[string, Partial<ChargeIdentity>, Partial<ChargeIdentity>, string[]]>([
    ['all agree', {}, {}, []],
    [
      'another customer',
      {},
      { stripeCustomerId: 'cus_2' },
      ['The charge belongs to Stripe customer cus_2; our data says cus_1.'],
    ],
    [
      'another card',
      {},
      { cardLast4: '1881' },
      ['The charge was paid with the card ending 1881; our data says 4242.'],
    ],
    [
      'another card that ends alike',
      {},
      { cardFingerprint: 'fp_2' },
      [
        'The charge was paid with another card ending 4242 than in our data: the fingerprints differ.',
      ],
    ],
    [
      'another card of which no digits are known',
      { cardLast4: null },
      { cardLast4: null, cardFingerprint: 'fp_2' },
      ['The charge was paid with another card than in our data: the fingerprints differ.'],
    ],
    [
      'another currency',
      {},
      { currency: 'eur' },
      ['The charge is in EUR; our data has the payment in USD.'],
    ],
    [
      'another amount',
      {},
      { amountCaptured: 3_900 },
      ['Stripe captured $39.00; our data has $49.00.'],
    ],
    ['a customer that the book does not know', { stripeCustomerId: null }, {}, []],
    ['a customer that Stripe does not name', {}, { stripeCustomerId: null }, []],
    ['a card that the book does not know', { cardLast4: null, cardFingerprint: null }, {}, []],
    ['a card that Stripe does not tell', {}, { cardLast4: null, cardFingerprint: null }, []],
    ['a fingerprint that the book does not know', { cardFingerprint: null }, {}, []],
    ['nothing captured in the book', { amountCaptured: null }, {}, []],
    ['nothing captured at Stripe', {}, { amountCaptured: null }, []],
    [
      'everything is another',
      {},
      {
        stripeCustomerId: 'cus_2',
        cardLast4: '1881',
        cardFingerprint: 'fp_2',
        currency: 'eur',
        amountCaptured: 1,
      },
      Array.from({ length: 4 }, () => expect.any(String) as string),
    ],
  ])('%s', (_name, book, stripe, failing) => {
    const guards = identityGuards({ ...same, ...book }, { ...same, ...stripe });
    expect(guards.flatMap(({ holds, words }) => (holds ? [] : [words]))).toEqual(failing);
  });

  it('shows what it has compared', () => {
    expect(identityGuards(same, same).map(({ words }) => words)).toEqual([
      'The charge belongs to Stripe customer cus_1, as in our data.',
      'Paid with the card ending 4242, as in our data.',
    ]);
  });

  it('knows of an authorisation no captured amount', () => {
    const authorised = {
      ...{
        status: 'requires_capture' as const,
        capturedAt: null,
        amount: 4_900,
        amountCaptured: null,
      },
      ...{ currency: 'usd', cardLast4: '4242', cardFingerprint: null },
    };
    expect(identityInBook(authorised, null)).toMatchObject({
      ...{ amountCaptured: null, stripeCustomerId: null },
    });
  });
});
