/*
 * Promise: a customer whose card is refused is helped before giving up. "Payment failed: check your
 * card details are correct; try a different payment method."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import { recentFailures } from '#app/domain/rules/recent-failures.ts';
import type { Failure, FailureRun } from '#app/domain/rules/recent-failures.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
function runOf(view: AccountView): FailureRun | null {
  const { failedPayments } = view.policy;
  const failed: Failure[] = [];
  for (const { id, status, createdAt } of view.payments) {
    if (status === 'failed') failed.push({ id, at: createdAt });
  }
  if (failed.length < failedPayments.count) return null;
  let latestCapture = Number.NEGATIVE_INFINITY;
  for (const { capturedAt } of view.paymentFacts) {
    if (capturedAt !== null) latestCapture = Math.max(latestCapture, capturedAt);
  }
  return recentFailures(failed, latestCapture, failedPayments, view.asOf);
}

function find(view: AccountView): RuleAnswer {
  const run = runOf(view);
  if (run === null) return NOTHING;
  return {
    findings: [
      {
        rule: 'payments-failing',
        customerId: view.customerId,
        subject: refTo('customer', view.customerId),
        severity: 'low',
        confidence: 'confirmed',
        since: run.first.at,
        evidence: run.failures.map(({ id }) => refTo('payment', id)),
        facts: {
          failures: run.failures.length,
          withinMs: view.policy.failedPayments.within,
          latestAt: run.latest.at,
        },
      },
    ],
    undecided: [],
  };
}

export const paymentsFailing: Rule = {
  id: 'payments-failing',
  title: 'Payments failing',
  promise: {
    says: 'A customer whose payments keep failing is helped to another way to pay.',
    line: 'Try a different payment method',
  },
  severity: 'low',
  find,
  /** The run changes when its first failure leaves the window; a run that is none only shrinks. */
  nextCheck(view) {
    const run = runOf(view);
    return run === null ? null : run.first.at + view.policy.failedPayments.within + 1;
  },
};
