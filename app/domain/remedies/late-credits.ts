import { formatCreditCount } from '#app/domain/money/credits.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';

/*
 * Credits that come for a payment after its refund was asked for: nobody has decided that the customer
 * keeps them beside the money.
 */

/** The charge as it was shown to whoever asked for a refund. */
export interface ChargeAsShown extends ChargeFacts {
  /** Credits delivered till then whose price goes back; absent in old requests. */
  creditsUnpaid?: number;
}

/** What a refund does to the credits of its payment, before any are taken back; each 0 or more. */
export interface CreditsOfRefund {
  /** Of all that the product has delivered: what loses its price. */
  unpaid: number;
  /** What would stay with the customer beyond what the money kept pays for. */
  beyond: number;
}

/** Shares of credits are whole: another refund that came first may move one by one. */
const ROUNDED = 1;

/** What is stored with the request. */
export const asShown = (
  seen: ChargeFacts | null,
  { unpaid }: Pick<CreditsOfRefund, 'unpaid'>,
): ChargeAsShown | null => (seen === null ? null : { ...seen, creditsUnpaid: unpaid });

/**
 * Says that more credits would be left with the customer than when the refund was asked for; null: no more.
 * What people have granted meanwhile is judged by itself.
 */
export function lateCreditsError(
  takeBack: number,
  seen: ChargeAsShown | null,
  { unpaid, beyond }: CreditsOfRefund,
): string | null {
  if (seen?.creditsUnpaid === undefined) return null;
  const late = Math.min(unpaid - seen.creditsUnpaid, beyond - takeBack);
  return late > ROUNDED
    ? `${formatCreditCount(late)} arrived for this payment after the refund was requested. Refunding it too would give both. Edit the request or request it again.`
    : null;
}
