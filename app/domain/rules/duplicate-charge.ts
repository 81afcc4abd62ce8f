/*
 * Promise: nobody pays twice for one thing. "If confirmed duplicate, contact support for refund."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import { grantedOf } from '#app/domain/book/payment-facts.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import { duplicateSets } from '#app/domain/rules/duplicate-sets.ts';
import { judgeMissing, missingCredits } from '#app/domain/rules/missing-credits.ts';
import { NOTHING, refTo } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';

/** What proves that the set is one wish paid several times; `honoured`: nothing does. */
type Proof = 'invoice' | 'period' | 'uncredited' | 'honoured';

function find(view: AccountView): RuleAnswer {
  const sets = duplicateSets(view.paymentFacts, view.policy.duplicateWindow);
  if (sets.length === 0) return NOTHING;
  const findings = sets.flatMap((set) => {
    const proof = proofOf(view, set);
    return set.slice(1).map((facts) => findingOf(view, set, facts, proof));
  });
  return { findings, undecided: [] };
}

function proofOf(view: AccountView, set: readonly PaymentFacts[]): Proof {
  if (anyShared(set, ({ payment }) => payment.invoiceId)) return 'invoice';
  if (anyShared(set, periodOf)) return 'period';
  const uncredited = set.some(
    (facts) => judgeMissing(view, facts) === 'found' && grantedOf(facts) === 0,
  );
  return uncredited ? 'uncredited' : 'honoured';
}

/** The period paid for, as a key; null where the payment does not name one. */
export function periodOf({ payment }: PaymentFacts): string | null {
  const { subscriptionId, periodStart } = payment;
  return subscriptionId === null || periodStart === null
    ? null
    : `${periodStart} ${subscriptionId}`;
}

function anyShared(
  set: readonly PaymentFacts[],
  keyOf: (facts: PaymentFacts) => string | null,
): boolean {
  const keys = set.map(keyOf).filter((key) => key !== null);
  return new Set(keys).size < keys.length;
}

function findingOf(
  view: AccountView,
  set: readonly PaymentFacts[],
  facts: PaymentFacts,
  proof: Proof,
): Finding {
  const { payment, capturedAt } = facts;
  const position = set.indexOf(facts);
  const before = set[position - 1];
  const confirmed = proof !== 'honoured';
  return {
    rule: 'duplicate-charge',
    customerId: view.customerId,
    subject: refTo('payment', payment.id),
    severity: confirmed ? 'high' : 'low',
    confidence: confirmed ? 'confirmed' : 'possible',
    amount: facts.net,
    currency: payment.currency,
    // Only captured payments are in a set, so the fallback is never used.
    since: capturedAt ?? payment.createdAt,
    evidence: [facts, ...set.filter((other) => other !== facts)].map((member) =>
      refTo('payment', member.payment.id),
    ),
    facts: {
      proof,
      charges: set.length,
      position: position + 1,
      apartMs: (capturedAt ?? 0) - (before?.capturedAt ?? 0),
      beforeId: before?.payment.id ?? null,
      purpose: payment.purpose,
      product: payment.product,
      credits: payment.credits,
    },
  };
}

export const duplicateCharge: Rule = {
  id: 'duplicate-charge',
  title: 'Duplicate charge',
  promise: {
    says: 'A second charge for the same thing is paid back.',
    line: 'If confirmed duplicate, contact support for refund',
  },
  severity: 'high',
  find,
  /** A possible duplicate becomes a confirmed one when credits turn out to be missing. */
  nextCheck: (view) =>
    duplicateSets(view.paymentFacts, view.policy.duplicateWindow).length === 0
      ? null
      : missingCredits.nextCheck(view),
};
