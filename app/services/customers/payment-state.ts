import type { Payment } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';

/** What became of a payment, in the one word that matters most to a person who answers for it. */
export type PaymentState =
  | 'captured'
  | 'authorised'
  | 'pending'
  | 'failed'
  | 'canceled'
  | 'inquiry'
  | 'disputed'
  | 'dispute_lost'
  | 'refunded'
  | 'partly_refunded';

type Judged = Pick<
  Payment,
  'status' | 'capturedAt' | 'disputeStatus' | 'amount' | 'amountRefunded' | 'refundedAt'
>;

/**
 * Money given back of a payment, minor units: what Stripe says of the payment, or the sum of its refunds,
 * whichever is larger.
 * @param counted the sum of its refunds that are under way or done.
 */
export const refundedOf = (
  { amountRefunded, refundedAt }: Judged,
  counted: number,
  asOf: Instant,
): number =>
  Math.max(refundedAt !== null && refundedAt > asOf ? 0 : (amountRefunded ?? 0), counted);

/** A succeeded payment whose capture lies after `asOf` was no more than an authorisation then. */
export function paymentStateOf(payment: Judged, refunded: number, asOf: Instant): PaymentState {
  const { status, capturedAt, disputeStatus, amount } = payment;
  if (disputeStatus === 'open') return 'disputed';
  if (disputeStatus === 'inquiry' || disputeStatus === 'lost') {
    return disputeStatus === 'lost' ? 'dispute_lost' : 'inquiry';
  }
  if (status === 'requires_capture') return 'authorised';
  if (status !== 'succeeded') return status;
  if (capturedAt === null || capturedAt > asOf) return 'authorised';
  if (refunded === 0) return 'captured';
  return refunded >= amount ? 'refunded' : 'partly_refunded';
}
