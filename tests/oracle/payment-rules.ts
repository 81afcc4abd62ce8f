import type { Payment } from '#app/domain/book/records.ts';
import type { NaiveFinding, Seen } from '#tests/oracle/naive-types.ts';
import { compareByInstant, iso } from '#tests/oracle/order-words.ts';
import { capturedAt } from '#tests/oracle/payment-words.ts';
import { duration } from '#tests/oracle/policy-words.ts';

function hasInvoice(seen: Seen, payment: Payment): boolean {
  return seen.invoices.some(
    (invoice) => invoice.id === payment.invoiceId || invoice.paymentIds.includes(payment.id),
  );
}

export function missingInvoice(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  const grace = duration(seen.policy.grace.invoice);
  for (const payment of seen.payments) {
    const captured = capturedAt(seen, payment);
    if (captured === undefined || payment.amount === 0) continue;
    if (seen.asOf - captured < grace || !seen.known('invoices', captured + grace)) continue;
    if (hasInvoice(seen, payment)) continue;
    findings.push({
      rule: 'missing-invoice',
      customerId: seen.customerId,
      subject: `payment:${payment.id}`,
      severity: 'low',
      confidence: 'confirmed',
      since: iso(captured),
    });
  }
  return findings;
}

export function disputeOpen(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const payment of seen.payments) {
    if (payment.disputeStatus !== 'inquiry' && payment.disputeStatus !== 'open') continue;
    findings.push({
      rule: 'dispute-open',
      customerId: seen.customerId,
      subject: `payment:${payment.id}`,
      severity: 'high',
      confidence: 'confirmed',
      since: iso(payment.capturedAt ?? payment.createdAt),
    });
  }
  return findings;
}

export function paymentsFailing(seen: Seen): NaiveFinding[] {
  const { count, within } = seen.policy.failedPayments;
  const failed = seen.payments
    .filter((one) => one.status === 'failed' && seen.asOf - one.createdAt <= duration(within))
    .sort((a, b) => compareByInstant(a.createdAt, a.id, b.createdAt, b.id));
  const first = failed[0];
  const latest = failed[failed.length - 1];
  if (first === undefined || latest === undefined || failed.length < count) return [];
  for (const payment of seen.payments) {
    const captured = capturedAt(seen, payment);
    if (captured !== undefined && captured > latest.createdAt) return [];
  }
  return [
    {
      rule: 'payments-failing',
      customerId: seen.customerId,
      subject: `customer:${seen.customerId}`,
      severity: 'low',
      confidence: 'confirmed',
      since: iso(first.createdAt),
      evidence: failed.map((one) => `payment:${one.id}`),
    },
  ];
}

export function cardSetupFailing(seen: Seen): NaiveFinding[] {
  const { count, within } = seen.policy.failedSetups;
  const failed = seen.setupAttempts
    .filter((one) => one.status === 'failed' && seen.asOf - one.at <= duration(within))
    .sort((a, b) => compareByInstant(a.at, a.id, b.at, b.id));
  const first = failed[0];
  const latest = failed[failed.length - 1];
  if (first === undefined || latest === undefined || failed.length < count) return [];
  if (seen.setupAttempts.some((one) => one.status === 'succeeded' && one.at > latest.at)) return [];
  return [
    {
      rule: 'card-setup-failing',
      customerId: seen.customerId,
      subject: `customer:${seen.customerId}`,
      severity: 'low',
      confidence: 'confirmed',
      since: iso(first.at),
    },
  ];
}
