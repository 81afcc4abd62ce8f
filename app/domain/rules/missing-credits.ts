/*
 * Promise: credits that were paid for arrive, after a purchase or renewal within 15 minutes, after an
 * upgrade within 5. "If missing after 15 minutes, contact support."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import { buysCredits, grantedOf } from '#app/domain/book/payment-facts.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Policy } from '#app/domain/policy/policy.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer, Undecided } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';
/** When the promise for this payment runs out; null where none is made or all that is due has come. */
function promisedBy(facts: PaymentFacts, { grace }: Policy): Instant | null {
  const { purpose } = facts.payment;
  if (facts.capturedAt === null || facts.due === 0) return null;
  if (!buysCredits(purpose) || purpose === 'other') return null;
  return grantedOf(facts) < facts.due ? facts.capturedAt + grace[purpose] : null;
}

/** Whether the rule finds this payment, or would if the ledger were known far enough. */
export function judgeMissing(view: AccountView, facts: PaymentFacts): 'found' | 'undecided' | null {
  const deadline = promisedBy(facts, view.policy);
  if (deadline === null || view.asOf < deadline) return null;
  return view.isKnown('ledger', deadline) ? 'found' : 'undecided';
}

function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  for (const facts of view.paymentFacts) {
    const verdict = judgeMissing(view, facts);
    if (verdict === 'found') findings.push(findingOf(view, facts));
    if (verdict === 'undecided') {
      const until = promisedBy(facts, view.policy) ?? view.asOf;
      const subject = refTo('payment', facts.payment.id);
      undecided.push({ rule: 'missing-credits', subject, stream: 'ledger', until });
    }
  }
  return findings.length + undecided.length === 0 ? NOTHING : { findings, undecided };
}

function findingOf(view: AccountView, facts: PaymentFacts): Finding {
  const { payment } = facts;
  const granted = grantedOf(facts);
  return {
    rule: 'missing-credits',
    customerId: view.customerId,
    subject: refTo('payment', payment.id),
    severity: 'high',
    confidence: 'confirmed',
    credits: facts.due - granted,
    // Only captured payments are found, so the fallback is never used.
    since: facts.capturedAt ?? payment.createdAt,
    evidence: evidenceOf(view, facts),
    facts: {
      amount: payment.amountCaptured ?? payment.amount,
      currency: payment.currency,
      refunded: facts.refunded,
      bought: payment.credits,
      due: facts.due,
      granted,
      purpose: payment.purpose,
      graceMs: payment.purpose === 'other' ? null : view.policy.grace[payment.purpose],
    },
  };
}

function evidenceOf(view: AccountView, { payment, matched }: PaymentFacts): RecordRef[] {
  const entries = view.entriesOfPayment(payment.id).map(({ id }) => refTo('ledgerEntry', id));
  const refunds = view.refunds.filter(({ paymentId }) => paymentId === payment.id);
  return [
    refTo('payment', payment.id),
    ...entries,
    ...(matched === null ? [] : [refTo('ledgerEntry', matched.id)]),
    ...refunds.map(({ id }) => refTo('refund', id)),
  ];
}

export const missingCredits: Rule = {
  id: 'missing-credits',
  title: 'Missing credits',
  promise: {
    says: 'Credits that were paid for arrive within minutes of the payment.',
    line: 'If missing after 15 minutes, contact support',
  },
  severity: 'high',
  find,
  nextCheck(view) {
    const soonest = new EarliestAfter(view.asOf);
    for (const facts of view.paymentFacts) soonest.consider(promisedBy(facts, view.policy));
    return soonest.instant;
  },
};
