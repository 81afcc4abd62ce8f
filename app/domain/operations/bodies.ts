import { isIntentId } from '#app/domain/book/payment-ids.ts';
import { canonicalJson } from '#app/domain/requests/canonical-content.ts';

/*
 * What a step sends, as the text that is stored with it: a retry sends the same bytes. Optional fields
 * without a value are left out.
 */

/** A refund as Stripe takes it, by the name that the book has for the payment. */
export interface RefundBody {
  paymentId: string;
  /** Minor units of the charge's currency. */
  amount: number;
  reason?: 'duplicate' | 'requested_by_customer';
  /** The tags by which the refund is found again. */
  metadata: { op: string; request: string };
}

export const writeRefundBody = ({ paymentId, amount, reason, metadata }: RefundBody): string =>
  canonicalJson({
    [isIntentId(paymentId) ? 'payment_intent' : 'charge']: paymentId,
    amount,
    ...(reason === undefined ? {} : { reason }),
    metadata,
  });

/** Credits to give (above 0) or take (below), as the product takes them. */
export interface AdjustmentBody {
  /** The operation's id; the product takes it as the idempotency key, too. */
  id: string;
  customerId: string;
  credits: number;
  reason: string;
  paymentId?: string | null;
  generationId?: string | null;
  requestedBy: string;
  decidedBy: string;
}

export const writeAdjustmentBody = ({ paymentId, generationId, ...rest }: AdjustmentBody): string =>
  canonicalJson({
    ...rest,
    ...(paymentId ? { paymentId } : {}),
    ...(generationId ? { generationId } : {}),
  });
