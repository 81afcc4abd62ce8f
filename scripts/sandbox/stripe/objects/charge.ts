import type { Charge, Dispute } from '#scripts/sandbox/stripe/entities.ts';

const tailOf = (id: string): string => id.slice(id.indexOf('_') + 1);

/** The ids of what hangs on a charge: they share its tail. */
export const intentIdOf = (chargeId: string): string => `pi_${tailOf(chargeId)}`;
export const chargeIdOf = (intentId: string): string => `ch_${tailOf(intentId)}`;
export const methodIdOf = (chargeId: string): string => `pm_${tailOf(chargeId)}`;
export const transactionIdOf = (id: string): string => `txn_${tailOf(id)}`;

const NO_ADDRESS = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

const outcome = (charge: Charge) =>
  charge.status === 'failed'
    ? {
        advice_code: charge.declineCode === 'insufficient_funds' ? 'try_again_later' : null,
        network_advice_code: null,
        network_decline_code: null,
        network_status: 'declined_by_network',
        reason: charge.declineCode,
        risk_level: 'normal',
        seller_message: 'The bank did not return any further details with this decline.',
        type: charge.declineCode === null ? 'invalid' : 'issuer_declined',
      }
    : {
        advice_code: null,
        network_advice_code: null,
        network_decline_code: null,
        network_status: 'approved_by_network',
        reason: null,
        risk_level: 'normal',
        seller_message: 'Payment complete.',
        type: 'authorized',
      };

const AUTHORIZATION_DAYS = 7;

const cardDetails = (charge: Charge) => ({
  amount_authorized: charge.status === 'succeeded' ? charge.amount : null,
  authorization_code: charge.status === 'succeeded' ? '004242' : null,
  brand: charge.card.brand,
  ...(charge.captured || charge.status !== 'succeeded'
    ? {}
    : { capture_before: charge.created + AUTHORIZATION_DAYS * 86_400 }),
  checks: {
    address_line1_check: null,
    address_postal_code_check: null,
    cvc_check: 'pass',
  },
  country: 'US',
  electronic_commerce_indicator: null,
  exp_month: 8,
  exp_year: 2030,
  extended_authorization: { status: 'disabled' },
  fingerprint: charge.card.fingerprint,
  funding: charge.card.funding,
  incremental_authorization: { status: 'unavailable' },
  installments: null,
  last4: charge.card.last4,
  mandate: null,
  multicapture: { status: 'unavailable' },
  network: charge.card.brand,
  network_token: { used: false },
  network_transaction_id: '104102978678771',
  overcapture: { maximum_amount_capturable: charge.amount, status: 'unavailable' },
  regulated_status: 'unregulated',
  three_d_secure: null,
  transaction_link_id: null,
  wallet: null,
});

/** What Stripe shows as refunded: an authorisation given up counts as such. */
const shownRefunded = (charge: Charge): number =>
  charge.releasedAt === null ? charge.amountRefunded : charge.amount;

export const chargeObject = (charge: Charge, dispute: Dispute | null) => ({
  id: charge.id,
  object: 'charge',
  amount: charge.amount,
  amount_captured: charge.amountCaptured,
  amount_refunded: shownRefunded(charge),
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: charge.captured ? transactionIdOf(charge.id) : null,
  billing_details: {
    address: NO_ADDRESS,
    email: null,
    name: null,
    phone: null,
    tax_id: null,
  },
  calculated_statement_descriptor: 'SANDBOX',
  captured: charge.captured,
  created: charge.created,
  currency: charge.currency,
  customer: charge.customer,
  description: charge.description,
  disputed: dispute !== null,
  failure_balance_transaction: null,
  failure_code: charge.failureCode,
  failure_message: charge.failureMessage,
  fraud_details: {},
  livemode: false,
  metadata: charge.metadata,
  on_behalf_of: null,
  outcome: outcome(charge),
  paid: charge.status === 'succeeded',
  payment_intent: intentIdOf(charge.id),
  payment_method: methodIdOf(charge.id),
  payment_method_details: { card: cardDetails(charge), type: 'card' },
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  refunded: charge.status === 'succeeded' && shownRefunded(charge) >= charge.amount,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: charge.status,
  transfer_data: null,
  transfer_group: null,
});

const FEE_PER_MILLE = 29;

/** The movement on the account's balance that a captured charge or a refund made. */
export const transactionObject = (of: {
  id: string;
  source: string;
  amount: number;
  currency: string;
  created: number;
  type: 'charge' | 'refund' | 'refund_failure';
}) => {
  const fee = of.type === 'charge' ? Math.round((of.amount * FEE_PER_MILLE) / 1000) : 0;
  return {
    id: transactionIdOf(of.id),
    object: 'balance_transaction',
    amount: of.amount,
    available_on: of.created + 2 * 86_400,
    balance_type: 'payments',
    created: of.created,
    currency: of.currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: of.currency,
              description: 'Processing fees',
              type: 'stripe_fee',
            },
          ],
    net: of.amount - fee,
    reporting_category: of.type,
    source: of.source,
    status: 'available',
    type: of.type,
  };
};
