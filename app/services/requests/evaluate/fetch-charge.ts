import { chargeNow, countedRefunds } from '#app/domain/remedies/charge-facts.ts';
import { paymentIdsOf } from '#app/domain/book/payment-ids.ts';
import { identityAtStripe } from '#app/domain/remedies/charge-identity.ts';
import type { ChargeIdentity } from '#app/domain/remedies/charge-identity.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { operationsByIds } from '#db/queries/operations/operations.ts';
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
export async function fetchCharge(
  { stripe, store }: Pick<StaffRemedyDeps, 'stripe' | 'store'>,
  paymentId: string,
): Promise<ReadCharge> {
  const charge = await tryRead(() => stripe.readCharge(paymentId));
  if (charge.kind !== 'found') return charge;
  const refunds = await tryRead(() => stripe.listRefunds(paymentId));
  if (refunds.kind !== 'found') return refunds;
  const { captured, amountCaptured, amountRefunded, currency, blockedByDispute } = charge.value;
  const facts = { captured, amountCaptured, amountRefunded, currency, blockedByDispute };
  const names = [...new Set([paymentId, ...paymentIdsOf(charge.value)])];
  const ofOthers = await tagsOfOthers(store.read, refunds.value, names);
  const own = refunds.value.filter(({ opId }) => opId === null || !ofOthers.has(opId));
  const identity = identityAtStripe(charge.value);
  return { kind: 'read', live: { charge: facts, identity, names, refunds: own } };
}

/** Marks that our steps have left on refunds of other payments: a list that holds them too is too long. */
const tagsOfOthers = async (
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
export const chargeFacts = (
  { charge, refunds }: LiveCharge,
  inBook: readonly { id: string; amount: number; status: string }[],
): ChargeFacts => chargeNow(charge, countedRefunds(refunds), countedRefunds(inBook));
