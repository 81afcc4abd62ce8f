import { z } from 'zod';

/** `fraudulent` is not among them: it puts the card and the e-mail address on block lists. */
const refundBody = z.strictObject({
  charge: z.string().min(1),
  amount: z.int().positive(),
  reason: z.enum(['duplicate', 'requested_by_customer']).optional(),
  metadata: z.strictObject({ op: z.string().min(1), request: z.string().min(1) }),
});
export type RefundBody = z.output<typeof refundBody>;

/**
 * The body of a refund as it is kept beside its key: the same text gives the same bytes on the wire, each
 * time it is sent. `amount` in minor units of the charge's currency.
 */
export const writeRefundBody = ({ charge, amount, reason, metadata }: RefundBody): string =>
  JSON.stringify({
    charge,
    amount,
    ...(reason === undefined ? {} : { reason }),
    metadata: { op: metadata.op, request: metadata.request },
  });

/** Reads a stored body. Throws where it is none: it must not be sent then. */
export const readRefundBody = (text: string): RefundBody => refundBody.parse(JSON.parse(text));
