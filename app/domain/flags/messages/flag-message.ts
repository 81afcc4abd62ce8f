import * as payments from '#app/domain/flags/messages/payment-messages.ts';
import * as refunds from '#app/domain/flags/messages/refund-messages.ts';
import type { MessageWriter, MessageContext } from '#app/domain/flags/messages/message-context.ts';
import * as usage from '#app/domain/flags/messages/usage-messages.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';

const SENTENCES: Record<RuleId, MessageWriter> = {
  'missing-credits': payments.missingCredits,
  'duplicate-charge': payments.duplicateCharge,
  'failed-generation-charge': usage.failedGenerationCharge,
  'negative-balance': usage.negativeBalance,
  'overcharged-generation': usage.overchargedGeneration,
  'balance-mismatch': usage.balanceMismatch,
  'ledger-gap': usage.ledgerGap,
  'charge-after-cancellation': payments.chargeAfterCancellation,
  'second-subscription': payments.secondSubscription,
  'missing-invoice': payments.missingInvoice,
  'excess-credits': payments.excessCredits,
  'excess-return': usage.excessReturn,
  'credits-kept-after-refund': refunds.creditsKeptAfterRefund,
  'dispute-open': payments.disputeOpen,
  'refund-overdue': refunds.refundOverdue,
  'refund-failed': refunds.refundFailed,
  'payments-failing': payments.paymentsFailing,
  'card-setup-failing': payments.cardSetupFailing,
};

/** What is wrong, in one plain sentence with its figures; a promise with a time limit follows it. */
export const flagMessage = (flag: MessageContext, now: Instant): string =>
  SENTENCES[flag.rule](flag, now);
