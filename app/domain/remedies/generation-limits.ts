import type { Generation } from '#app/domain/book/records.ts';
import { formatCreditCount, formatCredits } from '#app/domain/money/credits.ts';
import { describeOtherGenerationRemedy, sum } from '#app/domain/remedies/other-remedies.ts';
import type { OtherRemedy } from '#app/domain/remedies/other-remedies.ts';
import { holds, stands } from '#app/domain/remedies/remedy-limits.ts';
import type { RemedyCheck } from '#app/domain/remedies/remedy-limits.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';

/*
 * What the remedies of one generation may come to together:
 *
 *   returned + being returned + asked ≤ charged − price
 *
 * One that failed has no price. What is returned as a gesture, for another cause than its price, may
 * waive the price, and never exceeds what it was charged.
 */

/** One generation with all that was done about it and all that is still open. In credits. */
export interface GenerationStanding {
  status: Generation['status'];
  charged: number;
  /** Less what was taken again. */
  returned: number;
  /** By the rate card; null: it does not say. */
  price: number | null;
  others: readonly OtherRemedy[];
}

/** Credits that stay with it whatever is returned. */
function priceKept({ status, price }: GenerationStanding, cause: AdjustmentCause): number {
  if (cause === 'other' || status !== 'succeeded') return 0;
  return price ?? 0;
}

/** Credits that may still be returned; 0 or more. */
export const returnable = (standing: GenerationStanding, cause: AdjustmentCause): number =>
  Math.max(
    0,
    standing.charged -
      priceKept(standing, cause) -
      standing.returned -
      sum(standing.others, ({ gives }) => gives),
  );

/** Whether credits, above 0, may be returned beside all else. */
export function checkReturn(
  standing: GenerationStanding,
  credits: number,
  cause: AdjustmentCause,
): RemedyCheck {
  const { status, charged, returned, others } = standing;
  if (status === 'queued' || status === 'running')
    return stands('This generation has not finished, so its cost is not final yet.');
  const left = returnable(standing, cause);
  if (credits <= left)
    return holds(`${formatCreditCount(left)} of this generation can still be returned.`);
  const other = others.find(({ gives }) => gives > 0);
  if (other && credits <= returnable({ ...standing, others: [] }, cause))
    return stands(
      `${describeOtherGenerationRemedy(other)}: returning ${formatCreditCount(credits)} more would exceed what it was charged.`,
      other.requestId,
    );
  const kept = priceKept(standing, cause);
  const price = kept > 0 ? `, its price is ${formatCredits(kept)}` : '';
  const came = returned > 0 ? ` and ${formatCredits(returned)} have been returned` : '';
  return stands(
    `This generation was charged ${formatCreditCount(charged)}${price}${came}: ${
      left === 0
        ? 'no more can be returned.'
        : `at most ${formatCredits(left)} more can be returned.`
    }`,
    other?.requestId ?? null,
  );
}

/** Whether credits, above 0, that were returned may be taken again beside all else. */
export function checkReturnTaken(
  standing: GenerationStanding,
  credits: number,
  cause: AdjustmentCause,
): RemedyCheck {
  const { charged, returned, others } = standing;
  const room = Math.max(0, cause === 'excess_credits' ? returned - charged : returned);
  const left = Math.max(0, room - sum(others, ({ takes }) => takes));
  if (credits <= left) return holds(`${formatCreditCount(left)} of this generation can be taken.`);
  const other = others.find(({ takes }) => takes > 0);
  if (other && credits <= room)
    return stands(
      `${describeOtherGenerationRemedy(other)}: taking ${formatCreditCount(credits)} too would take them twice.`,
      other.requestId,
    );
  return stands(
    `This generation was charged ${formatCreditCount(charged)} and ${formatCredits(returned)} have been returned: at most ${formatCredits(left)} can be taken.`,
  );
}
