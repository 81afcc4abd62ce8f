import type { Generation, Payment } from '#app/domain/book/records.ts';

/** What the demo company sells and on what it runs. Prices are in minor units. */
export type Currency = 'usd' | 'eur' | 'gbp' | 'jpy' | 'kwd';
type Price = Record<Currency, number>;

const price = (usd: number, eur: number, gbp: number, jpy: number, kwd: number): Price => ({
  usd,
  eur,
  gbp,
  jpy,
  kwd,
});

export interface Plan {
  id: string;
  credits: number;
  monthly: Price;
  weight: number;
  /** Median generations of a customer over a whole year. */
  generations: number;
}

export const PLANS = {
  starter: {
    id: 'starter',
    credits: 1_000,
    monthly: price(1200, 1200, 1000, 1800, 3700),
    weight: 50,
    generations: 30,
  },
  creator: {
    id: 'creator',
    credits: 3_000,
    monthly: price(2900, 2900, 2500, 4400, 8900),
    weight: 27,
    generations: 58,
  },
  pro: {
    id: 'pro',
    credits: 10_000,
    monthly: price(7900, 7900, 6900, 11800, 24500),
    weight: 15,
    generations: 105,
  },
  studio: {
    id: 'studio',
    credits: 40_000,
    monthly: price(24900, 24900, 21900, 37000, 77000),
    weight: 6,
    generations: 200,
  },
  scale: {
    id: 'scale',
    credits: 200_000,
    monthly: price(99900, 99900, 87900, 149000, 309000),
    weight: 1,
    generations: 1_400,
  },
} as const satisfies Record<string, Plan>;
export type PlanId = keyof typeof PLANS;

export interface Pack {
  product: string;
  credits: number;
  amount: Price;
  weight: number;
}

export const PACKS = {
  small: {
    product: 'Credits 1,000',
    credits: 1_000,
    amount: price(1500, 1500, 1300, 2300, 4600),
    weight: 45,
  },
  medium: {
    product: 'Credits 5,000',
    credits: 5_000,
    amount: price(4900, 4900, 4300, 7400, 15100),
    weight: 40,
  },
  large: {
    product: 'Credits 20,000',
    credits: 20_000,
    amount: price(17900, 17900, 15500, 27000, 55000),
    weight: 13,
  },
  bulk: {
    product: 'Credits 100,000',
    credits: 100_000,
    amount: price(79900, 79900, 69900, 120000, 246000),
    weight: 2,
  },
} as const satisfies Record<string, Pack>;

/** What a generation is asked to make; its price follows the published rate card. */
export type Work = Pick<
  Generation,
  'kind' | 'model' | 'tier' | 'resolution' | 'durationSeconds' | 'count'
>;

const RESOLUTION_FACTOR = { '1K': 1, '2K': 2, '4K': 3 };

/** Credits by the published rate card: 4 or 8 an image, 10 or 20 a second of video, 400 a training. */
export const priceOf = (work: Work): number => {
  const pro = work.tier === 'pro';
  if (work.kind === 'training') return 400;
  if (work.kind === 'video') return (pro ? 20 : 10) * Math.ceil(work.durationSeconds ?? 0);
  const factor = work.resolution === null ? 1 : RESOLUTION_FACTOR[work.resolution];
  return (pro ? 8 : 4) * factor * (work.count ?? 1);
};

export const MODELS = {
  image: { standard: ['lumen-2', 'lumen-2-sketch', 'fresco-1'], pro: ['lumen-2-pro', 'fresco-xl'] },
  video: { standard: ['reel-1', 'reel-1-loop'], pro: ['reel-1-cinema'] },
  training: ['style-trainer-1', 'face-trainer-1'],
} as const;

export const GENERATION_ERRORS = [
  { error: 'model_overloaded', weight: 40 },
  { error: 'content_filtered', weight: 25 },
  { error: 'worker_timeout', weight: 15 },
  { error: 'input_image_unreadable', weight: 10 },
  { error: 'out_of_memory', weight: 6 },
  { error: 'upload_interrupted', weight: 4 },
] as const;

export type Decline = Pick<Payment, 'failureCode' | 'declineCode' | 'failureMessage'> & {
  weight: number;
};

const decline = (declineCode: string, failureMessage: string, weight: number): Decline => ({
  failureCode: 'card_declined',
  declineCode,
  failureMessage,
  weight,
});

export const DECLINES: readonly Decline[] = [
  decline('insufficient_funds', 'Your card has insufficient funds.', 45),
  decline('generic_decline', 'Your card was declined.', 25),
  decline('do_not_honor', 'Your card was declined.', 12),
  decline('transaction_not_allowed', 'Your card does not support this type of purchase.', 5),
  {
    failureCode: 'expired_card',
    declineCode: 'expired_card',
    failureMessage: 'Your card has expired.',
    weight: 8,
  },
  {
    failureCode: 'authentication_required',
    declineCode: 'authentication_required',
    failureMessage: 'Your card was declined. This transaction requires authentication.',
    weight: 5,
  },
];

export const CARDS = [
  { brand: 'visa', weight: 52 },
  { brand: 'mastercard', weight: 33 },
  { brand: 'amex', weight: 10 },
  { brand: 'discover', weight: 3 },
  { brand: 'unionpay', weight: 2 },
] as const;
