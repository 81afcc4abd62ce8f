/*
 * Promise: who gets the money back gives the credits back. "Refund processing: appears on original
 * payment method."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import type { Instant } from '#app/lib/instant.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer, Undecided } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';
interface Kept {
  facts: PaymentFacts;
  credits: number;
  refundedAt: Instant;
  /** The credits should be gone by here. */
  until: Instant;
}

/** A payment refunded in full whose credits are still there; null where it is not, or no one knows since when. */
function keptOf(view: AccountView, facts: PaymentFacts): Kept | null {
  if (facts.capturedAt === null || facts.net > 0 || facts.refunded === 0) return null;
  const credits = facts.grantedByName + facts.revoked;
  const refundedAt = facts.payment.refundedAt ?? facts.refundsLatest;
  if (credits <= 0 || refundedAt === null) return null;
  return { facts, credits, refundedAt, until: refundedAt + view.policy.revokeWithin };
}

function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  for (const facts of view.paymentFacts) {
    const kept = keptOf(view, facts);
    if (kept === null || view.asOf < kept.until) continue;
    if (view.isKnown('ledger', kept.until)) {
      findings.push(findingOf(view, kept));
    } else {
      const subject = refTo('payment', facts.payment.id);
      const { until } = kept;
      undecided.push({ rule: 'credits-kept-after-refund', subject, stream: 'ledger', until });
    }
  }
  return findings.length + undecided.length === 0 ? NOTHING : { findings, undecided };
}

function findingOf(view: AccountView, { facts, credits, refundedAt }: Kept): Finding {
  const { payment } = facts;
  const refunds = view.refunds.filter(({ paymentId }) => paymentId === payment.id);
  return {
    rule: 'credits-kept-after-refund',
    customerId: view.customerId,
    subject: refTo('payment', payment.id),
    severity: 'low',
    confidence: 'confirmed',
    credits,
    since: refundedAt,
    evidence: [
      refTo('payment', payment.id),
      ...refunds.map(({ id }) => refTo('refund', id)),
      ...view.entriesOfPayment(payment.id).map(({ id }) => refTo('ledgerEntry', id)),
    ],
    facts: {
      refunded: facts.refunded,
      currency: payment.currency,
      revokeWithinMs: view.policy.revokeWithin,
    },
  };
}

export const creditsKeptAfterRefund: Rule = {
  id: 'credits-kept-after-refund',
  title: 'Credits kept after refund',
  promise: {
    says: 'When the money goes back in full, the credits it bought are taken back.',
    line: 'Appears on original payment method',
  },
  severity: 'low',
  find,
  nextCheck(view) {
    const soonest = new EarliestAfter(view.asOf);
    for (const facts of view.paymentFacts) soonest.consider(keptOf(view, facts)?.until ?? null);
    return soonest.instant;
  },
};
