import type Stripe from 'stripe';
import { readInstant } from '#app/domain/book/parse-instant.ts';
import { PAYMENT_PURPOSES } from '#app/domain/book/records.ts';
import type { Payment } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import { toInstant } from '#app/integrations/stripe/types.ts';

/** What stands about a charge elsewhere at Stripe. */
export interface PaymentSurroundings {
  customerId: string;
  disputes: readonly Stripe.Dispute[];
  refunds: readonly Stripe.Refund[];
  /** From the invoice payments of the charge's payment intent. */
  invoiceId: string | null;
  subscriptionId: string | null;
}

const statusOf = (charge: Stripe.Charge): Payment['status'] => {
  if (charge.status === 'failed') return 'failed';
  // A status that this program does not know is never taken for success.
  if (charge.status !== 'succeeded') return 'pending';
  if (charge.captured) return 'succeeded';
  // An authorisation that was given up is shown as refunded.
  return charge.refunded ? 'canceled' : 'requires_capture';
};

/** When the money was taken: its movement on the balance, where that was read along. */
const capturedAt = (charge: Stripe.Charge): Instant | null => {
  if (!charge.captured || charge.status !== 'succeeded') return null;
  const { balance_transaction: movement } = charge;
  return toInstant(typeof movement === 'object' && movement ? movement.created : charge.created);
};

const DISPUTES: Record<string, Payment['disputeStatus']> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: null,
  prevented: null,
  won: 'won',
  lost: 'lost',
};

/** The latest dispute decides; a status that this program does not know counts as open. */
const disputeStatus = (disputes: readonly Stripe.Dispute[]): Payment['disputeStatus'] => {
  const latest = disputes.toSorted((a, b) => b.created - a.created)[0];
  if (!latest) return null;
  return latest.status in DISPUTES ? (DISPUTES[latest.status] ?? null) : 'open';
};

const isLive = ({ status }: Stripe.Refund): boolean => status !== 'failed' && status !== 'canceled';

const latestRefund = (refunds: readonly Stripe.Refund[]): Instant | null => {
  const times = refunds.filter(isLive).map(({ created }) => created);
  return times.length > 0 ? toInstant(Math.max(...times)) : null;
};

const wholeOrNull = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;

/** What the product has written on the charge. */
const ofProduct = ({ metadata }: Stripe.Charge) => ({
  purpose: PAYMENT_PURPOSES.find((known) => known === metadata['purpose']) ?? ('other' as const),
  product: metadata['product'] ?? null,
  credits: wholeOrNull(metadata['credits']),
  periodStart: readInstant(metadata['period_start'] ?? ''),
});

const ofCard = ({ payment_method_details: method }: Stripe.Charge) => ({
  cardBrand: method?.card?.brand ?? null,
  cardLast4: method?.card?.last4 ?? null,
  cardFingerprint: method?.card?.fingerprint ?? null,
});

/** The issuer's reason; other failures have none. */
const declineCode = ({ status, outcome }: Stripe.Charge): string | null =>
  status === 'failed' && outcome?.type === 'issuer_declined' ? outcome.reason : null;

/** A charge as a payment of the book: what it says itself, and what stands about it elsewhere. */
export const paymentRecord = (charge: Stripe.Charge, around: PaymentSurroundings): Payment => {
  const status = statusOf(charge);
  const taken = status === 'succeeded';
  return {
    id: charge.id,
    customerId: around.customerId,
    ...ofProduct(charge),
    amount: charge.amount,
    currency: charge.currency,
    status,
    createdAt: toInstant(charge.created),
    capturedAt: capturedAt(charge),
    amountCaptured: taken ? charge.amount_captured : null,
    amountRefunded: taken ? charge.amount_refunded : null,
    refundedAt: taken ? latestRefund(around.refunds) : null,
    disputeStatus: disputeStatus(around.disputes),
    invoiceId: around.invoiceId,
    subscriptionId: around.subscriptionId,
    ...ofCard(charge),
    failureCode: charge.failure_code,
    declineCode: declineCode(charge),
    failureMessage: charge.failure_message,
  };
};
