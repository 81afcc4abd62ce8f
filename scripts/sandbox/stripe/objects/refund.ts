import type { Charge, Refund } from '#scripts/sandbox/stripe/entities.ts';
import { intentIdOf, methodIdOf, transactionIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';

const cardDetails = ({ move, reference, status }: Refund) => ({
  ...(move === 'refund' && status === 'succeeded'
    ? {
        ...(reference === null ? {} : { reference }),
        reference_status: reference === null ? 'pending' : 'available',
        reference_type: 'acquirer_reference_number',
      }
    : {}),
  type: status === 'succeeded' ? move : 'pending',
});

export const refundObject = (refund: Refund, charge: Charge) => ({
  id: refund.id,
  object: 'refund',
  amount: refund.amount,
  balance_transaction: refund.status === 'succeeded' ? transactionIdOf(refund.id) : null,
  charge: refund.charge,
  created: refund.created,
  currency: refund.currency,
  customer: charge.customer,
  customer_account: null,
  destination_details: { card: cardDetails(refund), type: 'card' },
  ...(refund.failureReason === null
    ? {}
    : {
        failure_balance_transaction: transactionIdOf(`${refund.id}f`),
        failure_reason: refund.failureReason,
      }),
  metadata: refund.metadata,
  payment_intent: intentIdOf(charge.id),
  payment_method: methodIdOf(charge.id),
  ...(refund.pendingReason === null ? {} : { pending_reason: refund.pendingReason }),
  reason: refund.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: refund.status,
  transfer_reversal: null,
});
