import type { ExecutionResult } from '#app/services/operations/record-outcome.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { reasonOf } from '#app/integrations/stripe/types.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import { belongsToAnotherPayment } from '#app/domain/book/payment-ids.ts';
import { sayMismatch } from '#app/integrations/stripe/refund-outcome.ts';
import type { BookRecord } from '#app/domain/book/records.ts';
import { refundRecordOfLive } from '#app/integrations/stripe/records/refund-record.ts';

export const withoutRecords = (outcome: ExecutionResult['outcome']): ExecutionResult => ({
  outcome,
  records: [],
});

export const paymentOf = ({ id, paymentId }: Operation): string => {
  // A check of the table holds refunds to a payment.
  if (paymentId === null) throw new Error(`refund ${id} without its payment`);
  return paymentId;
};

/** Whether a refund can be what a step was to make: its payment, amount and currency, nobody else's mark. */
export const isRefundOfOperation = (step: Operation, refund: LiveRefund): boolean =>
  !belongsToAnotherPayment(refund, paymentOf(step)) &&
  refund.amount === step.amount &&
  // Other servers leave out the currency, and lose our mark.
  (refund.currency || step.currency) === step.currency &&
  (refund.opId ?? step.id) === step.id;

/** What Stripe says of our refund, and the record that the book gets of it. */
export const toRefundResult = (step: Operation, refund: LiveRefund): ExecutionResult => {
  if (!isRefundOfOperation(step, refund)) {
    return withoutRecords({ kind: 'held', words: sayMismatch(refund) });
  }
  return {
    outcome: {
      kind: 'accepted',
      externalId: refund.id,
      status: refund.statusAtStripe ?? refund.status,
      reason: reasonOf(refund),
      bankReference: refund.bankReference,
    },
    records: [refundRecord(step, refund)],
  };
};

/** In the book it stands under the name of our payment; what Stripe left out our step knows. */
export const refundRecord = (step: Operation, refund: LiveRefund): BookRecord => ({
  type: 'refund',
  record: {
    ...refundRecordOfLive(refund, { id: paymentOf(step), customerId: step.customerId }),
    currency: refund.currency || (step.currency ?? ''),
    createdAt: refund.createdAt || (step.lastSentAt ?? step.changedAt),
  },
});
