import { z } from 'zod';

/**
 * A number of the rate card: 0 or more, at most four decimals (a multiplier of 1.5 is wanted now and
 * then), so that prices can be computed exactly in ten-thousandths.
 */
const rateSchema = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((value) => Number(value.toFixed(4)) === value, 'has more than four decimals');

const ratesSchema = z.record(z.string().min(1).max(255), rateSchema);

/** Credits for each tier, factors for each resolution, and the price of a training. */
export const rateCardSchema = z.strictObject({
  image: ratesSchema,
  resolution: ratesSchema,
  video: ratesSchema,
  training: rateSchema,
});
export type RateCard = z.output<typeof rateCardSchema>;

/** What the price of a generation depends on. */
export interface PricedGeneration {
  kind: 'image' | 'video' | 'training';
  tier: string;
  resolution: string | null;
  durationSeconds: number | null;
  count: number | null;
}

/** The card's own figure only: a tier called `constructor` is not one. */
const listed = (card: Record<string, number>, name: string): number | null =>
  Object.hasOwn(card, name) ? (card[name] ?? null) : null;

const TEN_THOUSANDTHS = 10_000;
const inTenThousandths = (value: number): bigint => BigInt(Math.round(value * TEN_THOUSANDTHS));

/**
 * `base × factor × times` in whole credits. Rates may carry up to four decimals; where the exact
 * product is not whole it is rounded up, as no ledger can charge a part of a credit.
 */
function multiply(base: number, factor: number, times: number): number {
  // A product beyond 2^53 is rounded, yet still above anything an account can have been charged.
  if (Number.isInteger(base) && Number.isInteger(factor)) return base * factor * times;
  const scale = BigInt(TEN_THOUSANDTHS) ** 2n;
  const scaled = inTenThousandths(base) * inTenThousandths(factor) * BigInt(times);
  return Number((scaled + scale - 1n) / scale);
}

/**
 * What the rate card says a generation costs, in whole credits; null where it does not say: a tier or
 * resolution that the formula uses and the card does not list, or a video of unknown length.
 * @param policy the version in force when the generation started.
 */
export function priceOf(
  generation: PricedGeneration,
  { rateCard }: { rateCard: RateCard },
): number | null {
  if (generation.kind === 'training') return multiply(rateCard.training, 1, 1);
  if (generation.kind === 'video') {
    const rate = listed(rateCard.video, generation.tier);
    if (rate === null || generation.durationSeconds === null) return null;
    return multiply(rate, 1, Math.ceil(generation.durationSeconds));
  }
  const base = listed(rateCard.image, generation.tier);
  const factor =
    generation.resolution === null ? 1 : listed(rateCard.resolution, generation.resolution);
  if (base === null || factor === null) return null;
  return multiply(base, factor, generation.count ?? 1);
}
