import { balanceMismatch } from '#app/domain/rules/balance-mismatch.ts';
import { cardSetupFailing } from '#app/domain/rules/card-setup-failing.ts';
import { chargeAfterCancellation } from '#app/domain/rules/charge-after-cancellation.ts';
import { creditsKeptAfterRefund } from '#app/domain/rules/credits-kept-after-refund.ts';
import { disputeOpen } from '#app/domain/rules/dispute-open.ts';
import { duplicateCharge } from '#app/domain/rules/duplicate-charge.ts';
import { excessCredits } from '#app/domain/rules/excess-credits.ts';
import { excessReturn } from '#app/domain/rules/excess-return.ts';
import { failedGenerationCharge } from '#app/domain/rules/failed-generation-charge.ts';
import { ledgerGap } from '#app/domain/rules/ledger-gap.ts';
import { missingCredits } from '#app/domain/rules/missing-credits.ts';
import { missingInvoice } from '#app/domain/rules/missing-invoice.ts';
import { negativeBalance } from '#app/domain/rules/negative-balance.ts';
import { overchargedGeneration } from '#app/domain/rules/overcharged-generation.ts';
import { paymentsFailing } from '#app/domain/rules/payments-failing.ts';
import { refundFailed } from '#app/domain/rules/refund-failed.ts';
import { refundOverdue } from '#app/domain/rules/refund-overdue.ts';
import { RULE_IDS } from '#app/domain/rules/rule.ts';
import type { Rule, RuleId } from '#app/domain/rules/rule.ts';
import { secondSubscription } from '#app/domain/rules/second-subscription.ts';

const BY_ID: Record<RuleId, Rule> = {
  'missing-credits': missingCredits,
  'duplicate-charge': duplicateCharge,
  'failed-generation-charge': failedGenerationCharge,
  'negative-balance': negativeBalance,
  'overcharged-generation': overchargedGeneration,
  'balance-mismatch': balanceMismatch,
  'ledger-gap': ledgerGap,
  'charge-after-cancellation': chargeAfterCancellation,
  'second-subscription': secondSubscription,
  'missing-invoice': missingInvoice,
  'excess-credits': excessCredits,
  'excess-return': excessReturn,
  'credits-kept-after-refund': creditsKeptAfterRefund,
  'dispute-open': disputeOpen,
  'refund-overdue': refundOverdue,
  'refund-failed': refundFailed,
  'payments-failing': paymentsFailing,
  'card-setup-failing': cardSetupFailing,
};

export const ruleById = (id: RuleId): Rule => BY_ID[id];

/** All rules, in the order of `RULE_IDS`. */
export const RULES: readonly Rule[] = RULE_IDS.map(ruleById);
