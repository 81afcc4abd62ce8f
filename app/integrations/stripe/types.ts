import type Stripe from 'stripe';
import type { Refund } from '#app/domain/book/records.ts';
import { REFUND_STATUSES } from '#app/domain/book/records.ts';
import { alsoNamed } from '#app/domain/book/payment-ids.ts';
import type { NamedByStripe } from '#app/domain/book/payment-ids.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';
import type { Instant } from '#app/lib/instant.ts';

/** A dispute as Stripe has it now. */
export interface LiveDispute {
  id: string;
  status: string;
  reason: string;
  chargeRefundable: boolean;
}

/** A charge as Stripe has it now. Minor units of `currency`. */
export interface LiveCharge extends ChargeFacts, NamedByStripe {
  stripeCustomerId: string | null;
  amount: number;
  status: string;
  createdAt: Instant;
  disputes: LiveDispute[];
  cardBrand: string | null;
  cardLast4: string | null;
  /** The same for every charge of one card; null: not told, or not paid by card. */
  cardFingerprint: string | null;
}

/** A refund as Stripe has it now. Minor units of `currency`, which is empty where it was not told. */
export interface LiveRefund extends NamedByStripe {
  id: string;
  amount: number;
  currency: string;
  /** A status that this program does not know counts as pending: never as done. */
  status: Refund['status'];
  statusAtStripe: string | null;
  /** 0: not told. */
  createdAt: Instant;
  reason: string | null;
  pendingReason: string | null;
  failureReason: string | null;
  /** The bank's reference, once there is one. */
  bankReference: string | null;
  /** `reversal`: the charge itself vanishes from the statement. */
  move: 'refund' | 'reversal' | 'pending' | null;
  /** The operation that has made it; null: it was made elsewhere. */
  opId: string | null;
  /** The request that it was made for; null as above. */
  requestId: string | null;
}

/** Stripe counts whole seconds. */
export const toInstant = (seconds: number): Instant => seconds * 1000;

/** The id of a field that may be expanded. */
export const idOf = (field: string | { id: string } | null | undefined): string | null =>
  typeof field === 'string' ? field : (field?.id ?? null);

export const refundStatusOf = (status: string | null): Refund['status'] =>
  REFUND_STATUSES.find((known) => known === status) ?? 'pending';

/** Stripe's word for why a refund is pending or has failed. */
export const reasonOf = ({
  failureReason,
  pendingReason,
}: Pick<LiveRefund, 'failureReason' | 'pendingReason'>): string | null =>
  failureReason ?? pendingReason;

/** A reference counts once Stripe calls it available. */
const bankReferenceOf = ({ destination_details: to }: Stripe.Refund): string | null => {
  const { card } = to ?? {};
  return card?.reference_status === 'available' ? (card.reference ?? null) : null;
};

export const liveRefund = (refund: Stripe.Refund): LiveRefund => ({
  id: refund.id,
  chargeId: idOf(refund.charge),
  paymentIntentId: idOf(refund.payment_intent),
  amount: refund.amount,
  currency: refund.currency ?? '',
  status: refundStatusOf(refund.status),
  // Other servers leave out what Stripe always tells.
  statusAtStripe: refund.status ?? null,
  createdAt: toInstant(refund.created ?? 0),
  reason: refund.reason ?? null,
  pendingReason: refund.pending_reason ?? null,
  failureReason: refund.failure_reason ?? null,
  bankReference: bankReferenceOf(refund),
  move: (refund.destination_details?.card?.type ?? null) as LiveRefund['move'], // Stripe documents these three
  opId: refund.metadata?.['op'] ?? null,
  requestId: refund.metadata?.['request'] ?? null,
});

/** A refund that was asked for by its payment: one that names none is that payment's. */
export const ofPayment = (refund: Stripe.Refund, paymentId: string): LiveRefund =>
  alsoNamed(liveRefund(refund), paymentId);

const liveDispute = (dispute: Stripe.Dispute): LiveDispute => ({
  id: dispute.id,
  status: dispute.status,
  reason: dispute.reason,
  chargeRefundable: dispute.is_charge_refundable,
});

const isPaid = ({ status, paid, captured }: Stripe.Charge): boolean =>
  status === undefined ? paid || captured : status === 'succeeded';

/**
 * A charge with its disputes. A won dispute keeps nobody from refunding. Other servers that speak Stripe
 * tell less than Stripe's type promises: what they leave out is read as the least that can be refunded.
 */
export const liveCharge = (charge: Stripe.Charge, disputes: Stripe.Dispute[]): LiveCharge => ({
  chargeId: charge.id,
  stripeCustomerId: idOf(charge.customer),
  paymentIntentId: idOf(charge.payment_intent),
  amount: charge.amount,
  amountCaptured: charge.amount_captured ?? charge.amount,
  amountRefunded: charge.amount_refunded ?? 0,
  captured: (charge.captured ?? true) && isPaid(charge),
  currency: charge.currency,
  status: charge.status,
  createdAt: toInstant(charge.created ?? 0),
  disputes: disputes.map(liveDispute),
  blockedByDispute: disputes.some(
    ({ status, is_charge_refundable: refundable }) => !refundable && status !== 'won',
  ),
  cardBrand: charge.payment_method_details?.card?.brand ?? null,
  cardLast4: charge.payment_method_details?.card?.last4 ?? null,
  cardFingerprint: charge.payment_method_details?.card?.fingerprint ?? null,
});

/** What a payment intent says by itself, where it names no charge. */
export const liveIntent = (intent: Stripe.PaymentIntent): LiveCharge => ({
  chargeId: null,
  stripeCustomerId: idOf(intent.customer),
  paymentIntentId: intent.id,
  amount: intent.amount,
  amountCaptured: intent.amount_received ?? 0,
  amountRefunded: 0,
  captured: intent.status === 'succeeded' && (intent.amount_received ?? 0) > 0,
  currency: intent.currency,
  status: intent.status,
  createdAt: toInstant(intent.created ?? 0),
  disputes: [],
  blockedByDispute: false,
  cardBrand: null,
  cardLast4: null,
  cardFingerprint: null,
});
