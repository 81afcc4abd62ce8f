import { z } from 'zod';
import { isIntentId } from '#app/domain/book/payment-ids.ts';

/** `fraudulent` is not among them: it puts the card and the e-mail address on block lists. */
const refundBody = z.strictObject({
  charge: z.string().min(1).optional(),
  payment_intent: z.string().min(1).optional(),
  amount: z.int().positive(),
  reason: z.enum(['duplicate', 'requested_by_customer']).optional(),
  metadata: z.strictObject({ op: z.string().min(1), request: z.string().min(1) }),
});
type Stored = z.output<typeof refundBody>;

/** What is sent, by the name that the book has for the payment. */
export interface RefundBody extends Pick<Stored, 'amount' | 'reason' | 'metadata'> {
  paymentId: string;
}

/**
 * The body of a refund as it is kept beside its key: the same text gives the same bytes on the wire, each
 * time it is sent. `amount` in minor units of the charge's currency.
 */
export const writeRefundBody = ({ paymentId, amount, reason, metadata }: RefundBody): string =>
  JSON.stringify({
    [isIntentId(paymentId) ? 'payment_intent' : 'charge']: paymentId,
    amount,
    ...(reason === undefined ? {} : { reason }),
    metadata: { op: metadata.op, request: metadata.request },
  });

/** Reads a stored body. Throws where it is none: it must not be sent then. */
export const readRefundBody = (text: string): { params: Stored; paymentId: string } => {
  const params = refundBody.parse(JSON.parse(text));
  const { charge, payment_intent: intent } = params;
  const paymentId = charge ?? intent;
  if (paymentId === undefined || (charge !== undefined && intent !== undefined))
    throw new Error('the body of a refund names one payment, by one name');
  return { params, paymentId };
};
