import { chargeNow, countedRefunds } from '#app/domain/requests/charge-facts.ts';
import { namesOf } from '#app/domain/requests/payment-names.ts';
import { identityAtStripe } from '#app/domain/requests/charge-identity.ts';
import type { ChargeIdentity } from '#app/domain/requests/charge-identity.ts';
import type { ChargeFacts } from '#app/domain/requests/refund-guards.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { operationsByIds } from '#db/queries/operations.ts';
import type { Read } from '#db/store.ts';

/** A charge as Stripe tells it at this moment. */
export interface LiveCharge {
  charge: ChargeFacts;
  /** Whose it is, and by which card it was paid. */
  identity: ChargeIdentity;
  /** Every name that the book may have for it: what is asked for by one counts for all. */
  names: string[];
  refunds: LiveRefund[];
}
export type ReadCharge =
  { kind: 'read'; live: LiveCharge } | { kind: 'absent' } | { kind: 'unreadable'; words: string };

/** Asks Stripe for a charge and all its refunds. Never within a write. */
export async function readChargeNow(
  { stripe, store }: Pick<StaffMoneyDeps, 'stripe' | 'store'>,
  paymentId: string,
): Promise<ReadCharge> {
  const charge = await readOutside(() => stripe.readCharge(paymentId));
  if (charge.kind !== 'found') return charge;
  const refunds = await readOutside(() => stripe.listRefunds(paymentId));
  if (refunds.kind !== 'found') return refunds;
  const { captured, amountCaptured, amountRefunded, currency, blockedByDispute } = charge.value;
  const facts = { captured, amountCaptured, amountRefunded, currency, blockedByDispute };
  const names = [...new Set([paymentId, ...namesOf(charge.value)])];
  const ofOthers = await marksOfOthers(store.read, refunds.value, names);
  const own = refunds.value.filter(({ opId }) => opId === null || !ofOthers.has(opId));
  const identity = identityAtStripe(charge.value);
  return { kind: 'read', live: { charge: facts, identity, names, refunds: own } };
}

/** Marks that our steps have left on refunds of other payments: a list that holds them too is too long. */
const marksOfOthers = async (
  read: Read,
  refunds: readonly LiveRefund[],
  names: readonly string[],
): Promise<Set<string>> => {
  const marks = refunds.flatMap(({ opId }) => opId ?? []);
  const steps = await operationsByIds(read, marks);
  return new Set(
    steps.filter(({ paymentId }) => !names.includes(paymentId ?? '')).map(({ id }) => id),
  );
};

/** The charge with the refunds of both sides counted once each. */
export const factsNow = (
  { charge, refunds }: LiveCharge,
  inBook: readonly { id: string; amount: number; status: string }[],
): ChargeFacts => chargeNow(charge, countedRefunds(refunds), countedRefunds(inBook));
