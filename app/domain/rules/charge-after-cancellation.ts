/*
 * Promise: after a cancellation nothing more is charged; if it was, it is refunded. "When refunds are
 * possible: charges after cancellation."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookSubscription } from '#app/domain/book/book.ts';
import { isDisputed } from '#app/domain/book/payment-facts.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import type { Instant } from '#app/lib/instant.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';
interface Renewal {
  facts: PaymentFacts;
  subscription: BookSubscription;
  /** The period paid for starts here; where it is not told, the capture stands for it. */
  start: Instant;
}

/** Renewals that still hold the customer's money, each with its subscription. */
function renewals(view: AccountView): Renewal[] {
  if (view.subscriptions.length === 0) return [];
  const found: Renewal[] = [];
  for (const facts of view.paymentFacts) {
    const { payment, net, capturedAt } = facts;
    if (payment.purpose !== 'renewal' || net === 0 || isDisputed(payment)) continue;
    const subscription = view.subscriptions.find(({ id }) => id === payment.subscriptionId);
    const start = payment.periodStart ?? capturedAt;
    if (subscription !== undefined && start !== null) found.push({ facts, subscription, start });
  }
  return found;
}

/** When the subscription ended, as far as that has come to pass. */
function endOf({ endedAt, cancelAt }: BookSubscription, asOf: Instant): Instant | null {
  if (endedAt !== null && endedAt <= asOf) return endedAt;
  return cancelAt !== null && cancelAt <= asOf ? cancelAt : null;
}

function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  for (const renewal of renewals(view)) {
    const end = endOf(renewal.subscription, view.asOf);
    // A period that has not begun is not yet one after the end.
    if (end === null || renewal.start < end || renewal.start > view.asOf) continue;
    findings.push(findingOf(view, renewal, end));
  }
  return findings.length === 0 ? NOTHING : { findings, undecided: [] };
}

function findingOf(view: AccountView, renewal: Renewal, end: Instant): Finding {
  const { facts, subscription, start } = renewal;
  const { payment } = facts;
  return {
    rule: 'charge-after-cancellation',
    customerId: view.customerId,
    subject: refTo('payment', payment.id),
    severity: 'high',
    confidence: 'confirmed',
    amount: facts.net,
    currency: payment.currency,
    // Only captured payments are found, so the fallback is never used.
    since: facts.capturedAt ?? payment.createdAt,
    evidence: [refTo('payment', payment.id), refTo('subscription', subscription.id)],
    facts: { plan: subscription.plan, endedAt: end, periodStart: start },
  };
}

export const chargeAfterCancellation: Rule = {
  id: 'charge-after-cancellation',
  title: 'Charged after cancellation',
  promise: {
    says: 'After a cancellation has taken effect, nothing more is charged.',
    line: 'Charges after cancellation',
  },
  severity: 'high',
  find,
  nextCheck(view) {
    const soonest = new EarliestAfter(view.asOf);
    for (const { subscription, start } of renewals(view)) {
      soonest.consider(start);
      soonest.consider(subscription.endedAt);
      soonest.consider(subscription.cancelAt);
    }
    return soonest.instant;
  },
};
