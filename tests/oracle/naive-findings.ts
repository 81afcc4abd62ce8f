import type { BookRecord } from '#app/domain/book/records.ts';
import type { NaiveFinding, NaivePolicyVersion, Seen } from '#tests/oracle/naive-types.ts';
import { balanceMismatch, ledgerGap, negativeBalance } from '#tests/oracle/balance-rules.ts';
import {
  creditsKeptAfterRefund,
  excessCredits,
  missingCredits,
} from '#tests/oracle/credit-rules.ts';
import { duplicateCharge } from '#tests/oracle/duplicate-charge.ts';
import {
  excessReturn,
  failedGenerationCharge,
  overchargedGeneration,
} from '#tests/oracle/generation-rules.ts';
import {
  cardSetupFailing,
  disputeOpen,
  missingInvoice,
  paymentsFailing,
} from '#tests/oracle/payment-rules.ts';
import { refundFailed, refundOverdue } from '#tests/oracle/refund-rules.ts';
import { customerIds, latestVersions, see } from '#tests/oracle/seen.ts';
import { chargeAfterCancellation, secondSubscription } from '#tests/oracle/subscription-rules.ts';

export const NAIVE_RULES: Record<string, (seen: Seen) => NaiveFinding[]> = {
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

/**
 * Every finding of a whole book at `asOf` (epoch milliseconds), customer by customer, in no
 * promised order. `records` are in the order in which they were read: of two with one type and id
 * the later one holds.
 */
export function naiveFindings(
  records: BookRecord[],
  policies: NaivePolicyVersion[],
  asOf: number,
): NaiveFinding[] {
  const book = latestVersions(records);
  const findings: NaiveFinding[] = [];
  for (const customerId of customerIds(book)) {
    const seen = see(book, customerId, policies, asOf);
    for (const find of Object.values(NAIVE_RULES)) findings.push(...find(seen));
  }
  return findings;
}
