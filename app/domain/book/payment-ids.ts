/*
 * The book names a payment by Stripe's charge or by its payment intent. Every other id, `py_…` or a
 * company's own, is taken for a charge's.
 */

export const isIntentId = (paymentId: string): boolean => paymentId.startsWith('pi_');

/** What is said where Stripe has no such payment. */
export const describeUnknownPayment = (paymentId: string): string => {
  if (isIntentId(paymentId)) return `Stripe knows no payment intent ${paymentId}.`;
  const other = paymentId.startsWith('ch_') ? '' : ', for which the id of this payment is taken';
  return `Stripe knows no charge ${paymentId}${other}.`;
};

/** By what Stripe tells which payment a refund is of. */
export interface NamedByStripe {
  chargeId: string | null;
  paymentIntentId: string | null;
}

/** Both names that there are. */
export const paymentIdsOf = ({ chargeId, paymentIntentId }: NamedByStripe): string[] =>
  [chargeId, paymentIntentId].flatMap((name) => name ?? []);

/** The name of the same kind as the book's; null: Stripe did not tell it. */
export const paymentIdLike = (paymentId: string, named: NamedByStripe): string | null =>
  isIntentId(paymentId) ? named.paymentIntentId : named.chargeId;

/** Whether what Stripe tells contradicts that it is of this payment. */
export const belongsToAnotherPayment = (named: NamedByStripe, paymentId: string): boolean =>
  (paymentIdLike(paymentId, named) ?? paymentId) !== paymentId;

/** Named by the payment that it was asked for by, where Stripe left that name out. */
export const alsoNamed = <T extends NamedByStripe>(named: T, paymentId: string): T =>
  isIntentId(paymentId)
    ? { ...named, paymentIntentId: named.paymentIntentId ?? paymentId }
    : { ...named, chargeId: named.chargeId ?? paymentId };
