import { z } from 'zod';

/** `fraudulent` is not among them: it puts the card and the e-mail address on block lists. */
const refundBody = z.strictObject({
  charge: z.string().min(1).optional(),
  payment_intent: z.string().min(1).optional(),
  amount: z.int().positive(),
  reason: z.enum(['duplicate', 'requested_by_customer']).optional(),
  metadata: z.strictObject({ op: z.string().min(1), request: z.string().min(1) }),
});
type Stored = z.output<typeof refundBody>;

/** Reads a stored body. Throws where it is none: it must not be sent then. */
export const readRefundBody = (text: string): { params: Stored; paymentId: string } => {
  const params = refundBody.parse(JSON.parse(text));
  const { charge, payment_intent: intent } = params;
  const paymentId = charge ?? intent;
  if (paymentId === undefined || (charge !== undefined && intent !== undefined))
    throw new Error('the body of a refund names one payment, by one name');
  return { params, paymentId };
};
