/*
 * Promise: the balance that the product shows is the one that the ledger gives. "Balance seems
 * incorrect: review generation history for recent usage."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import { firstAfter } from '#app/domain/book/order.ts';
import type { Instant } from '#app/lib/instant.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';
function find(view: AccountView): RuleAnswer {
  const reported = view.customer?.reportedBalance ?? null;
  const at = view.customer?.reportedBalanceAt ?? null;
  if (reported === null || at === null) return NOTHING;
  if (view.asOf < at + view.policy.balanceTolerance || movedAround(view, at)) return NOTHING;
  const balance = view.balanceAt(at);
  if (reported === balance) return NOTHING;
  const last = view.entries[firstAfter(view.entries, (entry) => entry.occurredAt, at) - 1];
  const subject = refTo('customer', view.customerId);
  return {
    findings: [
      {
        rule: 'balance-mismatch',
        customerId: view.customerId,
        subject,
        severity: 'medium',
        confidence: 'confirmed',
        credits: reported - balance,
        since: at,
        evidence: last === undefined ? [subject] : [subject, refTo('ledgerEntry', last.id)],
        facts: { reported, balance },
      },
    ],
    undecided: [],
  };
}

/** Whether an entry lies so close to the report that the two may not have seen each other. */
function movedAround(view: AccountView, at: Instant): boolean {
  const tolerance = view.policy.balanceTolerance;
  const first = firstAfter(view.entries, (entry) => entry.occurredAt, at - tolerance - 1);
  const entry = view.entries[first];
  return entry !== undefined && entry.occurredAt <= at + tolerance;
}

export const balanceMismatch: Rule = {
  id: 'balance-mismatch',
  title: 'Balance differs',
  promise: {
    says: 'The balance shown to the customer is the one that the ledger gives.',
    line: 'Review generation history for recent usage',
  },
  severity: 'medium',
  find,
  nextCheck(view) {
    const soonest = new EarliestAfter(view.asOf);
    const at = view.customer?.reportedBalanceAt ?? null;
    if (at !== null && view.customer?.reportedBalance !== null) {
      soonest.consider(at + view.policy.balanceTolerance);
    }
    return soonest.instant;
  },
};
