/*
 * Promise: a refund reaches the card it came from; one that bounced is sent again. "Appears on original
 * payment method."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookRefund } from '#app/domain/book/book.ts';
import { byInstantThenId } from '#app/domain/book/order.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  for (const refund of view.refunds) {
    if (refund.status !== 'failed') continue;
    if (!view.refunds.some((other) => replaces(other, refund))) {
      findings.push(findingOf(view, refund));
    }
  }
  return findings.length === 0 ? NOTHING : { findings, undecided: [] };
}

/** Whether `other` sends the money of a failed refund again: one refund must, several small ones do not. */
const replaces = (other: BookRefund, failed: BookRefund): boolean =>
  other.paymentId === failed.paymentId &&
  other.status !== 'failed' &&
  other.status !== 'canceled' &&
  other.amount >= failed.amount &&
  byInstantThenId(other.createdAt, other.id, failed.createdAt, failed.id) > 0;

const findingOf = (view: AccountView, refund: BookRefund): Finding => ({
  rule: 'refund-failed',
  customerId: view.customerId,
  subject: refTo('refund', refund.id),
  severity: 'high',
  confidence: 'confirmed',
  since: refund.createdAt,
  evidence: [refTo('refund', refund.id), refTo('payment', refund.paymentId)],
  facts: { amount: refund.amount, currency: refund.currency },
});

export const refundFailed: Rule = {
  id: 'refund-failed',
  title: 'Refund failed',
  promise: {
    says: 'A refund reaches the card it came from; one that bounced is sent again.',
    line: 'Appears on original payment method',
  },
  severity: 'high',
  find,
  nextCheck: () => null,
};
