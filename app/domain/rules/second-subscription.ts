/*
 * Promise: one plan is paid for once. "When refunds are possible: duplicate charges."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookSubscription } from '#app/domain/book/book.ts';
import { byInstantThenId } from '#app/domain/book/order.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
const isRunning = ({ status }: BookSubscription): boolean =>
  status === 'active' || status === 'trialing' || status === 'past_due';

function find(view: AccountView): RuleAnswer {
  if (view.subscriptions.length < 2) return NOTHING;
  const running = view.subscriptions
    .filter(isRunning)
    .toSorted((a, b) => byInstantThenId(a.currentPeriodStart, a.id, b.currentPeriodStart, b.id));
  const firstOfPlan = new Map<string, BookSubscription>();
  const findings: Finding[] = [];
  for (const subscription of running) {
    const first = firstOfPlan.get(subscription.plan);
    if (first === undefined) firstOfPlan.set(subscription.plan, subscription);
    else findings.push(findingOf(view, subscription, first));
  }
  return findings.length === 0 ? NOTHING : { findings, undecided: [] };
}

function findingOf(
  view: AccountView,
  subscription: BookSubscription,
  first: BookSubscription,
): Finding {
  return {
    rule: 'second-subscription',
    customerId: view.customerId,
    subject: refTo('subscription', subscription.id),
    severity: 'medium',
    confidence: 'confirmed',
    since: subscription.currentPeriodStart,
    evidence: [refTo('subscription', subscription.id), refTo('subscription', first.id)],
    facts: {
      plan: subscription.plan,
      status: subscription.status,
      firstStatus: first.status,
      firstStart: first.currentPeriodStart,
    },
  };
}

export const secondSubscription: Rule = {
  id: 'second-subscription',
  title: 'Second subscription',
  promise: {
    says: 'A customer runs each plan once.',
    line: 'Duplicate charges',
  },
  severity: 'medium',
  find,
  nextCheck: () => null,
};
