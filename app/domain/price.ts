import type { BookGeneration } from '#app/domain/book/book.ts';
import type { Policy } from '#app/domain/policy.ts';

type Priced = Pick<BookGeneration, 'kind' | 'tier' | 'resolution' | 'durationSeconds' | 'count'>;

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
export function priceOf(generation: Priced, { rateCard }: Pick<Policy, 'rateCard'>): number | null {
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
