/*
 * Promise: every payment has its invoice. "Contact support if transaction exists but no invoice."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import type { Instant } from '#app/lib/instant.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer, Undecided } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';
/** When a payment's invoice must be there; null where none is owed. */
const invoicedBy = (view: AccountView, { payment, capturedAt }: PaymentFacts): Instant | null =>
  capturedAt === null || payment.amount === 0 ? null : capturedAt + view.policy.grace.invoice;

function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  for (const facts of view.paymentFacts) {
    const until = invoicedBy(view, facts);
    if (until === null || view.asOf < until || view.isInvoiced(facts.payment)) continue;
    if (view.isKnown('invoices', until)) {
      findings.push(findingOf(view, facts));
    } else {
      const subject = refTo('payment', facts.payment.id);
      undecided.push({ rule: 'missing-invoice', subject, stream: 'invoices', until });
    }
  }
  return findings.length + undecided.length === 0 ? NOTHING : { findings, undecided };
}

function findingOf(view: AccountView, { payment, capturedAt }: PaymentFacts): Finding {
  return {
    rule: 'missing-invoice',
    customerId: view.customerId,
    subject: refTo('payment', payment.id),
    severity: 'low',
    confidence: 'confirmed',
    // Only captured payments are found, so the fallback is never used.
    since: capturedAt ?? payment.createdAt,
    evidence: [refTo('payment', payment.id)],
    facts: {
      amount: payment.amountCaptured ?? payment.amount,
      currency: payment.currency,
      purpose: payment.purpose,
      namedInvoice: payment.invoiceId,
      graceMs: view.policy.grace.invoice,
    },
  };
}

export const missingInvoice: Rule = {
  id: 'missing-invoice',
  title: 'No invoice',
  promise: {
    says: 'Every payment has its invoice within hours.',
    line: 'Contact support if transaction exists but no invoice',
  },
  severity: 'low',
  find,
  nextCheck(view) {
    const soonest = new EarliestAfter(view.asOf);
    for (const facts of view.paymentFacts) {
      const until = invoicedBy(view, facts);
      if (until === null || until <= view.asOf) continue;
      if (!view.isInvoiced(facts.payment)) soonest.consider(until);
    }
    return soonest.instant;
  },
};
