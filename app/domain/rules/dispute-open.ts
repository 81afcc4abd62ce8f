/*
 * Promise: money under dispute is settled by the bank; a refund beside it would pay twice. "Contact
 * your bank if issues persist."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookPayment } from '#app/domain/book/book.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  for (const payment of view.payments) {
    if (payment.disputeStatus === 'inquiry' || payment.disputeStatus === 'open') {
      findings.push(findingOf(view, payment));
    }
  }
  return findings.length === 0 ? NOTHING : { findings, undecided: [] };
}

const findingOf = (view: AccountView, payment: BookPayment): Finding => ({
  rule: 'dispute-open',
  customerId: view.customerId,
  subject: refTo('payment', payment.id),
  severity: 'high',
  confidence: 'confirmed',
  since: payment.capturedAt ?? payment.createdAt,
  evidence: [refTo('payment', payment.id)],
  facts: {
    amount: payment.amountCaptured ?? payment.amount,
    currency: payment.currency,
    dispute: payment.disputeStatus,
    captured: payment.capturedAt !== null,
  },
});

export const disputeOpen: Rule = {
  id: 'dispute-open',
  title: 'Dispute open',
  promise: {
    says: 'Money under dispute is settled by the bank; until then it cannot be refunded here.',
    line: 'Contact your bank if issues persist',
  },
  severity: 'high',
  find,
  nextCheck: () => null,
};
