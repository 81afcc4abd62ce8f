import { chargeNow, countedRefunds } from '#app/domain/requests/charge-facts.ts';
import type { ChargeFacts } from '#app/domain/requests/refund-guards.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';

/** A charge as Stripe tells it at this moment. */
export interface LiveCharge {
  charge: ChargeFacts;
  refunds: LiveRefund[];
}
export type ReadCharge =
  { kind: 'read'; live: LiveCharge } | { kind: 'absent' } | { kind: 'unreadable'; words: string };

/** Asks Stripe for a charge and all its refunds. Never within a write. */
export async function readChargeNow(
  { stripe }: Pick<StaffMoneyDeps, 'stripe'>,
  chargeId: string,
): Promise<ReadCharge> {
  const charge = await readOutside(() => stripe.readCharge(chargeId));
  if (charge.kind !== 'found') return charge;
  const refunds = await readOutside(() => stripe.listRefunds(chargeId));
  if (refunds.kind !== 'found') return refunds;
  const { captured, amountCaptured, amountRefunded, currency, blockedByDispute } = charge.value;
  const facts = { captured, amountCaptured, amountRefunded, currency, blockedByDispute };
  return { kind: 'read', live: { charge: facts, refunds: refunds.value } };
}

/** The charge with the refunds of both sides counted once each. */
export const factsNow = (
  { charge, refunds }: LiveCharge,
  inBook: readonly { id: string; amount: number; status: string }[],
): ChargeFacts => chargeNow(charge, countedRefunds(refunds), countedRefunds(inBook));
