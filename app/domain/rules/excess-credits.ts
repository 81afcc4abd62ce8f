/*
 * Promise: a payment brings what it bought, and one that failed brings nothing. "Check your payment
 * completed successfully."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookPayment } from '#app/domain/book/book.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
/** The most credits that a payment may bring. */
const mayBring = ({ status, credits }: BookPayment): number =>
  status === 'failed' || status === 'canceled' ? 0 : (credits ?? 0);

function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  for (const facts of view.paymentFacts) {
    if (!facts.named) continue;
    const brought = facts.grantedByName + facts.revoked;
    const allowed = mayBring(facts.payment);
    if (brought > allowed) findings.push(findingOf(view, facts, brought, allowed));
  }
  return findings.length === 0 ? NOTHING : { findings, undecided: [] };
}

function findingOf(
  view: AccountView,
  { payment }: PaymentFacts,
  brought: number,
  allowed: number,
): Finding {
  return {
    rule: 'excess-credits',
    customerId: view.customerId,
    subject: refTo('payment', payment.id),
    severity: 'low',
    confidence: 'confirmed',
    credits: brought - allowed,
    since: payment.capturedAt ?? payment.createdAt,
    evidence: [
      refTo('payment', payment.id),
      ...view.entriesOfPayment(payment.id).map(({ id }) => refTo('ledgerEntry', id)),
    ],
    facts: {
      brought,
      allowed,
      status: payment.status,
      amount: payment.amount,
      currency: payment.currency,
    },
  };
}

export const excessCredits: Rule = {
  id: 'excess-credits',
  title: 'Too many credits',
  promise: {
    says: 'A payment brings the credits it bought, and a failed one none.',
    line: 'Check your payment completed successfully',
  },
  severity: 'low',
  find,
  nextCheck: () => null,
};
