import type { Payment } from '#app/domain/book/records.ts';
import type { NaiveFinding, Seen } from '#tests/oracle/naive-types.ts';
import { buysCredits, granted, namingSum } from '#tests/oracle/grants.ts';
import { iso } from '#tests/oracle/order-words.ts';
import {
  capturedAt,
  countedRefunds,
  due,
  netCaptured,
  refunded,
} from '#tests/oracle/payment-words.ts';
import { duration, graceOf } from '#tests/oracle/policy-words.ts';

/** Credits that are missing of one payment, or 0 where the rule does not find it. */
export function missingOf(seen: Seen, payment: Payment): bigint {
  const captured = capturedAt(seen, payment);
  if (captured === undefined || !buysCredits(payment)) return 0n;
  const owed = due(seen, payment);
  if (owed === 0n) return 0n;
  const grace = graceOf(seen.policy, payment.purpose);
  if (seen.asOf - captured < grace) return 0n;
  if (!seen.known('ledger', captured + grace)) return 0n;
  const came = granted(seen, payment);
  return came < owed ? owed - came : 0n;
}

export function missingCredits(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const payment of seen.payments) {
    const missing = missingOf(seen, payment);
    const captured = capturedAt(seen, payment);
    if (missing === 0n || captured === undefined) continue;
    findings.push({
      rule: 'missing-credits',
      customerId: seen.customerId,
      subject: `payment:${payment.id}`,
      severity: 'high',
      confidence: 'confirmed',
      credits: Number(missing),
      since: iso(captured),
    });
  }
  return findings;
}

export function excessCredits(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const payment of seen.payments) {
    let mayBring = BigInt(payment.credits ?? 0);
    if (payment.status === 'failed' || payment.status === 'canceled') mayBring = 0n;
    const brought = namingSum(seen, payment);
    if (brought <= mayBring) continue;
    findings.push({
      rule: 'excess-credits',
      customerId: seen.customerId,
      subject: `payment:${payment.id}`,
      severity: 'low',
      confidence: 'confirmed',
      credits: Number(brought - mayBring),
      since: iso(payment.capturedAt ?? payment.createdAt),
    });
  }
  return findings;
}

/** `refundedAt`, or the latest of the refunds counted; undefined where neither is there. */
function refundInstant(seen: Seen, payment: Payment): number | undefined {
  if (payment.refundedAt !== null) return payment.refundedAt;
  let latest: number | undefined;
  for (const refund of countedRefunds(seen, payment)) {
    if (latest === undefined || refund.createdAt > latest) latest = refund.createdAt;
  }
  return latest;
}

export function creditsKeptAfterRefund(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  const within = duration(seen.policy.revokeWithin);
  for (const payment of seen.payments) {
    if (capturedAt(seen, payment) === undefined) continue;
    if (netCaptured(seen, payment) !== 0n || refunded(seen, payment) === 0n) continue;
    const t = refundInstant(seen, payment);
    if (t === undefined || seen.asOf - t < within) continue;
    if (!seen.known('ledger', t + within)) continue;
    const kept = namingSum(seen, payment);
    if (kept <= 0n) continue;
    findings.push({
      rule: 'credits-kept-after-refund',
      customerId: seen.customerId,
      subject: `payment:${payment.id}`,
      severity: 'low',
      confidence: 'confirmed',
      credits: Number(kept),
      since: iso(t),
    });
  }
  return findings;
}
