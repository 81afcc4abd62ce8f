/*
 * Promise: a refund arrives within ten business days. "Typically processed within 5-10 business days."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookRefund } from '#app/domain/book/book.ts';
import { businessDaysAfter } from '#app/domain/time/business-days.ts';
import type { Instant } from '#app/lib/instant.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';
/** When a refund that is still on its way should have arrived; null where it is not on its way. */
const dueOf = (view: AccountView, { status, createdAt }: BookRefund): Instant | null =>
  status === 'pending' || status === 'requires_action'
    ? businessDaysAfter(createdAt, view.policy.refundBusinessDays)
    : null;

function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  for (const refund of view.refunds) {
    const due = dueOf(view, refund);
    if (due !== null && view.asOf > due) findings.push(findingOf(view, refund, due));
  }
  return findings.length === 0 ? NOTHING : { findings, undecided: [] };
}

const findingOf = (view: AccountView, refund: BookRefund, due: Instant): Finding => ({
  rule: 'refund-overdue',
  customerId: view.customerId,
  subject: refTo('refund', refund.id),
  severity: 'medium',
  confidence: 'confirmed',
  since: refund.createdAt,
  evidence: [refTo('refund', refund.id), refTo('payment', refund.paymentId)],
  facts: {
    amount: refund.amount,
    currency: refund.currency,
    status: refund.status,
    due,
    businessDays: view.policy.refundBusinessDays,
  },
});

export const refundOverdue: Rule = {
  id: 'refund-overdue',
  title: 'Refund overdue',
  promise: {
    says: 'A refund arrives within ten business days.',
    line: 'Typically processed within 5-10 business days',
  },
  severity: 'medium',
  find,
  nextCheck(view) {
    const soonest = new EarliestAfter(view.asOf);
    for (const refund of view.refunds) {
      const due = dueOf(view, refund);
      if (due !== null) soonest.consider(due + 1);
    }
    return soonest.instant;
  },
};
