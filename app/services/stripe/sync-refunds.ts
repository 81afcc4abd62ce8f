import { isReversed } from '#app/domain/book/refund-status.ts';
import { alsoNamed, paymentIdsOf } from '#app/domain/book/payment-ids.ts';
import type { NamedByStripe } from '#app/domain/book/payment-ids.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import {
  upsertExternalRefund,
  recomputeRefundTotals,
} from '#app/services/stripe/apply-external-refund.ts';
import { applyRefund } from '#app/services/stripe/apply-refund.ts';
import { paymentsByIds } from '#db/queries/operations/reconcile-rows.ts';
import type { Tx } from '#db/store.ts';

/** What Stripe has of the refunds of one payment, at one moment. */
export interface RefundSnapshot {
  refunds: LiveRefund[];
  /** In the book; null: it does not know the payment. */
  payment: { id: string; customerId: string } | null;
  /** Whether the refunds add up to what the charge itself says. */
  whole: boolean;
}

/**
 * Reads what Stripe has of a payment's refunds, by either of its names. `about`: the refund that has
 * news, if one is known. Throws `StripeTrouble`. Never within a write.
 */
export async function fetchRefunds(
  { stripe, store }: Pick<RemedyDeps, 'stripe' | 'store'>,
  named: NamedByStripe,
  about: LiveRefund | null,
): Promise<RefundSnapshot> {
  const names = paymentIdsOf(named);
  const [payment] = await paymentsByIds(store.read, names);
  const charge = payment === undefined ? null : await stripe.readCharge(payment.id);
  if (payment === undefined || charge === null)
    return { refunds: about === null ? [] : [about], payment: null, whole: false };
  const listed = await stripe.listRefunds(payment.id);
  const missing = about !== null && !listed.some(({ id }) => id === about.id);
  const refunds = missing ? [...listed, alsoNamed(about, payment.id)] : listed;
  const sum = refunds.reduce(
    (all, { amount, status }) => all + (isReversed(status) ? 0 : amount),
    0,
  );
  return {
    refunds,
    payment: { id: payment.id, customerId: payment.customerId },
    whole: sum === charge.amountRefunded,
  };
}

/**
 * Takes over, within a write, what was heard: what became of our own refunds, and refunds made
 * elsewhere. May be heard again and in any order. Answers the customers whose book has changed.
 */
export async function applyRefunds(
  deps: Pick<RemedyDeps, 'now' | 'newId'>,
  tx: Tx,
  { refunds, payment, whole }: RefundSnapshot,
): Promise<string[]> {
  const changed = new Set<string>();
  for (const refund of refunds) {
    const customerId = await applyRefund(deps, tx, refund);
    if (customerId !== null) changed.add(customerId);
    else if (payment !== null && (await upsertExternalRefund(deps, tx, refund, payment)))
      changed.add(payment.customerId);
  }
  if (payment !== null && whole && (await recomputeRefundTotals(tx, payment)))
    changed.add(payment.customerId);
  return [...changed];
}
