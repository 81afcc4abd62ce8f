import type Stripe from 'stripe';
import type { Refund } from '#app/domain/book/records.ts';
import { liveRefund } from '#app/integrations/stripe/types.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';

/** A refund that was read live as a refund of the book, of this payment there. */
export const refundRecordOfLive = (
  refund: LiveRefund,
  { id: paymentId, customerId }: { id: string; customerId: string },
): Refund => ({
  id: refund.id,
  customerId,
  paymentId,
  amount: refund.amount,
  currency: refund.currency,
  status: refund.status,
  reason: refund.reason,
  createdAt: refund.createdAt,
  failureReason: refund.failureReason,
  bankReference: refund.bankReference,
});

/**
 * Stripe's refund as a refund of the book; null: it names no charge, so no payment.
 * @internal
 */
export const refundRecord = (refund: Stripe.Refund, customerId: string): Refund | null => {
  const live = liveRefund(refund);
  return live.chargeId === null
    ? null
    : refundRecordOfLive(live, { id: live.chargeId, customerId });
};
