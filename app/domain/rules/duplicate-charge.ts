/*
 * Promise: nobody pays twice for one thing. "If confirmed duplicate, contact support for refund."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import { grantedOf } from '#app/domain/book/payment-facts.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import { duplicateSets, periodOf } from '#app/domain/rules/duplicate-sets.ts';
import { judgeMissing, missingCredits } from '#app/domain/rules/missing-credits.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
/** What proves that the set is one wish paid several times; `honoured`: nothing does. */
type Proof = 'invoice' | 'period' | 'uncredited' | 'honoured';

function find(view: AccountView): RuleAnswer {
  const sets = duplicateSets(view.paymentFacts, view.policy.duplicateWindow);
  if (sets.length === 0) return NOTHING;
  const findings = sets.flatMap((set) => {
    const proof = proofOf(view, set);
    return set.slice(1).map((facts, index) => findingOf(view, set, facts, index + 1, proof));
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
  position: number,
  proof: Proof,
): Finding {
  const { payment, capturedAt } = facts;
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
    evidence: evidenceOf(set, position),
    facts: {
      proof,
      charges: set.length,
      position: position + 1,
      apartMs: (capturedAt ?? 0) - (before?.capturedAt ?? 0),
      beforeId: before?.payment.id ?? null,
      purpose: payment.purpose,
      product: payment.product,
      credits: payment.credits,
      granted: grantedOf(facts),
    },
  };
}

/** As many charges before and as many after it stand as evidence: a broken billing run can make thousands. */
const SHOWN_BESIDE = 10;

/** The charge itself, the first of its set, then those around it. */
function evidenceOf(set: readonly PaymentFacts[], position: number): RecordRef[] {
  const before = set.slice(Math.max(1, position - SHOWN_BESIDE), position);
  const after = set.slice(position + 1, position + 1 + SHOWN_BESIDE);
  return [...set.slice(position, position + 1), ...set.slice(0, 1), ...before, ...after].map(
    ({ payment }) => refTo('payment', payment.id),
  );
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
