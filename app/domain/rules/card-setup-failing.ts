/*
 * Promise: a customer who cannot add a card is helped. "Can't add payment method: check your card
 * supports online payments; try a different card type."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import { recentFailures } from '#app/domain/rules/recent-failures.ts';
import type { FailureRun } from '#app/domain/rules/recent-failures.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
function runOf(view: AccountView): FailureRun | null {
  const { failedSetups } = view.policy;
  if (view.setupAttempts.length < failedSetups.count) return null;
  const failed = view.setupAttempts.filter(({ status }) => status === 'failed');
  let latestSuccess = Number.NEGATIVE_INFINITY;
  for (const { status, at } of view.setupAttempts) {
    if (status === 'succeeded') latestSuccess = Math.max(latestSuccess, at);
  }
  return recentFailures(failed, latestSuccess, failedSetups, view.asOf);
}

function find(view: AccountView): RuleAnswer {
  const run = runOf(view);
  if (run === null) return NOTHING;
  const subject = refTo('customer', view.customerId);
  return {
    findings: [
      {
        rule: 'card-setup-failing',
        customerId: view.customerId,
        subject,
        severity: 'low',
        confidence: 'confirmed',
        since: run.first.at,
        evidence: [subject, ...run.failures.map(({ id }) => refTo('setupAttempt', id))],
        facts: {
          failures: run.failures.length,
          withinMs: view.policy.failedSetups.within,
          latestAt: run.latest.at,
        },
      },
    ],
    undecided: [],
  };
}

export const cardSetupFailing: Rule = {
  id: 'card-setup-failing',
  title: 'Card setup failing',
  promise: {
    says: 'A customer who cannot add a card is helped to one that works.',
    line: 'Check your card supports online payments',
  },
  severity: 'low',
  find,
  /** The run changes when its first failure leaves the window; a run that is none only shrinks. */
  nextCheck(view) {
    const run = runOf(view);
    return run === null ? null : run.first.at + view.policy.failedSetups.within + 1;
  },
};
