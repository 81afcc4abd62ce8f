import { isUndone } from '#app/domain/requests/refund-status.ts';
import { alsoNamed, namesOf } from '#app/domain/requests/payment-names.ts';
import type { NamedByStripe } from '#app/domain/requests/payment-names.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { takeElsewhere, takeFigures } from '#app/services/money/take-elsewhere.ts';
import { takeRefund } from '#app/services/money/take-refund.ts';
import { paymentsByIds } from '#db/queries/reconcile-rows.ts';
import type { Tx } from '#db/store.ts';

/** What Stripe has of the refunds of one payment, at one moment. */
export interface Heard {
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
export async function readHeard(
  { stripe, store }: Pick<MoneyDeps, 'stripe' | 'store'>,
  named: NamedByStripe,
  about: LiveRefund | null,
): Promise<Heard> {
  const names = namesOf(named);
  const [payment] = await paymentsByIds(store.read, names);
  const charge = payment === undefined ? null : await stripe.readCharge(payment.id);
  if (payment === undefined || charge === null)
    return { refunds: about === null ? [] : [about], payment: null, whole: false };
  const listed = await stripe.listRefunds(payment.id);
  const missing = about !== null && !listed.some(({ id }) => id === about.id);
  const refunds = missing ? [...listed, alsoNamed(about, payment.id)] : listed;
  const sum = refunds.reduce((all, { amount, status }) => all + (isUndone(status) ? 0 : amount), 0);
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
export async function takeHeard(
  deps: Pick<MoneyDeps, 'now' | 'newId'>,
  tx: Tx,
  { refunds, payment, whole }: Heard,
): Promise<string[]> {
  const changed = new Set<string>();
  for (const refund of refunds) {
    const customerId = await takeRefund(deps, tx, refund);
    if (customerId !== null) changed.add(customerId);
    else if (payment !== null && (await takeElsewhere(deps, tx, refund, payment)))
      changed.add(payment.customerId);
  }
  if (payment !== null && whole && (await takeFigures(tx, payment)))
    changed.add(payment.customerId);
  return [...changed];
}
