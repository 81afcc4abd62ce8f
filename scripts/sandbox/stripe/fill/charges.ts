import type { Payment, Refund } from '#app/domain/book/records.ts';
import { isIntentId } from '#app/domain/book/payment-ids.ts';
import { toIso } from '#app/lib/instant.ts';
import type { Charge, Metadata } from '#scripts/sandbox/stripe/entities.ts';
import { chargeIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';
import { byTime, stripeCustomerOf, toSeconds } from '#scripts/sandbox/stripe/fill/shelf.ts';
import type { Shelf } from '#scripts/sandbox/stripe/fill/shelf.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

/** What the product writes on its charges, and reads off them again. */
const metadataOf = (payment: Payment): Metadata => ({
  customer_id: payment.customerId,
  purpose: payment.purpose,
  ...(payment.product === null ? {} : { product: payment.product }),
  ...(payment.credits === null ? {} : { credits: String(payment.credits) }),
  ...(payment.periodStart === null ? {} : { period_start: toIso(payment.periodStart) }),
});

/** The charge of a payment that the book names by its payment intent. */
const chargeNamed = (paymentId: string): string =>
  isIntentId(paymentId) ? chargeIdOf(paymentId) : paymentId;

const chargeOf = (payment: Payment, customer: string, amountRefunded: number): Charge => {
  const captured = payment.status === 'succeeded';
  const created = toSeconds(payment.createdAt);
  const { status } = payment;
  return {
    id: chargeNamed(payment.id),
    created,
    customer,
    amount: payment.amount,
    currency: payment.currency,
    status: status === 'failed' || status === 'pending' ? status : 'succeeded',
    captured,
    amountCaptured: captured ? (payment.amountCaptured ?? payment.amount) : 0,
    capturedAt: captured ? toSeconds(payment.capturedAt ?? payment.createdAt) : null,
    releasedAt: status === 'canceled' ? created : null,
    amountRefunded,
    card: {
      brand: payment.cardBrand ?? 'visa',
      last4: payment.cardLast4 ?? '4242',
      fingerprint: payment.cardFingerprint,
      funding: 'credit',
    },
    failureCode: payment.failureCode,
    declineCode: payment.declineCode,
    failureMessage: payment.failureMessage,
    description: payment.product,
    metadata: metadataOf(payment),
  };
};

const DISPUTE_STATUS = {
  inquiry: { status: 'warning_needs_response', chargeRefundable: true },
  open: { status: 'needs_response', chargeRefundable: false },
  won: { status: 'won', chargeRefundable: true },
  lost: { status: 'lost', chargeRefundable: false },
} as const;

const disputeOf = (world: World, payment: Payment): void => {
  if (payment.disputeStatus === null) return;
  world.put('dispute', {
    id: `dp_${payment.id.slice(3)}`,
    created: toSeconds(payment.capturedAt ?? payment.createdAt),
    charge: chargeNamed(payment.id),
    amount: payment.amountCaptured ?? payment.amount,
    currency: payment.currency,
    reason: 'fraudulent',
    ...DISPUTE_STATUS[payment.disputeStatus],
  });
};

const isLive = ({ status }: Refund): boolean => status !== 'failed' && status !== 'canceled';

const putRefund = (world: World, record: Refund): void => {
  world.put('refund', {
    id: record.id,
    created: toSeconds(record.createdAt),
    charge: chargeNamed(record.paymentId),
    amount: record.amount,
    currency: record.currency,
    status: record.status,
    reason: record.reason,
    pendingReason: record.status === 'pending' ? 'processing' : null,
    failureReason: record.failureReason,
    move: 'refund',
    reference: record.bankReference,
    metadata: {},
    due: null,
  });
};

/** What a payment says of refunds beyond the records: made elsewhere, and one refund here. */
const refundElsewhere = (payment: Payment, amount: number): Refund => ({
  id: `re_elsewhere_${payment.id.slice(3)}`,
  customerId: payment.customerId,
  paymentId: payment.id,
  amount,
  currency: payment.currency,
  status: 'succeeded',
  reason: 'requested_by_customer',
  createdAt: payment.refundedAt ?? payment.capturedAt ?? payment.createdAt,
  failureReason: null,
  bankReference: null,
});

/** Makes charges, disputes and refunds; a charge's refunds always add up to what it says. */
export const fillCharges = (world: World, shelf: Shelf): void => {
  const refunds = new Map<string, Refund[]>();
  for (const record of byTime(shelf.refund, ({ createdAt }) => createdAt))
    if (shelf.payment.has(record.paymentId))
      refunds.set(record.paymentId, [...(refunds.get(record.paymentId) ?? []), record]);
  for (const payment of byTime(shelf.payment, ({ createdAt }) => createdAt)) {
    const own = refunds.get(payment.id) ?? [];
    const known = own.filter(isLive).reduce((sum, { amount }) => sum + amount, 0);
    const beyond = (payment.amountRefunded ?? 0) - known;
    const all = beyond > 0 ? [...own, refundElsewhere(payment, beyond)] : own;
    world.put(
      'charge',
      chargeOf(payment, stripeCustomerOf(shelf, payment.customerId), known + Math.max(0, beyond)),
    );
    for (const record of all) putRefund(world, record);
    disputeOf(world, payment);
  }
};
