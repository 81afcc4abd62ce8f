import type { Charge } from '#scripts/sandbox/stripe/entities.ts';
import { intentIdOf, methodIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';

const statusOf = (charge: Charge): string => {
  if (charge.releasedAt !== null) return 'canceled';
  if (charge.status === 'failed') return 'requires_payment_method';
  if (charge.status === 'pending') return 'processing';
  return charge.captured ? 'succeeded' : 'requires_capture';
};

const lastError = (charge: Charge) =>
  charge.status === 'failed'
    ? {
        charge: charge.id,
        code: charge.failureCode ?? 'card_declined',
        ...(charge.declineCode === null ? {} : { decline_code: charge.declineCode }),
        message: charge.failureMessage ?? 'Your card was declined.',
        type: 'card_error',
      }
    : null;

/** The payment intent that made a charge. */
export const paymentIntentObject = (charge: Charge) => {
  const id = intentIdOf(charge.id);
  const status = statusOf(charge);
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: charge.amount,
    amount_capturable: status === 'requires_capture' ? charge.amount : 0,
    amount_details: { tip: {} },
    amount_received: charge.amountCaptured,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: charge.releasedAt,
    cancellation_reason: charge.releasedAt === null ? null : 'requested_by_customer',
    capture_method: charge.capturedAt === charge.created ? 'automatic' : 'manual',
    client_secret: `${id}_secret_sandbox`,
    confirmation_method: 'automatic',
    created: charge.created,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    description: charge.description,
    excluded_payment_method_types: null,
    last_payment_error: lastError(charge),
    latest_charge: charge.id,
    livemode: false,
    managed_payments: null,
    metadata: charge.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: charge.status === 'failed' ? null : methodIdOf(charge.id),
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_data: null,
    transfer_group: null,
  };
};
