/*
 * Promise: a balance never goes below zero. "This shouldn't happen. Contact support immediately."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import { byInstantThenId } from '#app/domain/book/order.ts';
import type { Instant } from '#app/lib/instant.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
function find(view: AccountView): RuleAnswer {
  const { balance, since } = lastDip(view);
  if (balance >= 0 || since === null) return NOTHING;
  const generations = view.generations
    .filter(({ startedAt }) => startedAt >= since)
    .toSorted((a, b) => byInstantThenId(a.startedAt, a.id, b.startedAt, b.id));
  return {
    findings: [
      {
        rule: 'negative-balance',
        customerId: view.customerId,
        subject: refTo('customer', view.customerId),
        severity: 'critical',
        confidence: 'confirmed',
        credits: -balance,
        since,
        evidence: generations.map(({ id }) => refTo('generation', id)),
        facts: { balance, generations: generations.length },
      },
    ],
    undecided: [],
  };
}

/** The balance now, and when it last went from 0 or more to below; of the first entry if it never was above. */
function lastDip(view: AccountView): { balance: number; since: Instant | null } {
  let balance = view.openingBalance;
  let since = view.entries[0]?.occurredAt ?? null;
  for (const { credits, occurredAt } of view.entries) {
    const after = balance + credits;
    if (balance >= 0 && after < 0) since = occurredAt;
    balance = after;
  }
  return { balance, since };
}

export const negativeBalance: Rule = {
  id: 'negative-balance',
  title: 'Negative balance',
  promise: {
    says: 'A balance never goes below zero; if it does, generating stops until it is fixed.',
    line: "This shouldn't happen",
  },
  severity: 'critical',
  find,
  nextCheck: () => null,
};
