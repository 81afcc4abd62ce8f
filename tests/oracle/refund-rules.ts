import type { Refund } from '#app/domain/book/records.ts';
import type { NaiveFinding, Seen } from '#tests/oracle/naive-types.ts';
import { compareByInstant, iso } from '#tests/oracle/order-words.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Steps a day at a time and counts those that are Monday to Friday in UTC. */
export function dueInstant(createdAt: number, businessDays: number): number {
  let instant = createdAt;
  let counted = 0;
  while (counted < businessDays) {
    instant += DAY;
    const weekday = new Date(instant).getUTCDay();
    if (weekday !== 0 && weekday !== 6) counted += 1;
  }
  return instant;
}

function finding(seen: Seen, rule: string, refund: Refund, severity: 'high' | 'medium') {
  return {
    rule,
    customerId: seen.customerId,
    subject: `refund:${refund.id}`,
    severity,
    confidence: 'confirmed' as const,
    since: iso(refund.createdAt),
  };
}

export function refundOverdue(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const refund of seen.refunds) {
    if (refund.status !== 'pending' && refund.status !== 'requires_action') continue;
    if (seen.asOf <= dueInstant(refund.createdAt, seen.policy.refundBusinessDays)) continue;
    findings.push(finding(seen, 'refund-overdue', refund, 'medium'));
  }
  return findings;
}

export function refundFailed(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const refund of seen.refunds) {
    if (refund.status !== 'failed') continue;
    const replaced = seen.refunds.some(
      (other) =>
        other.paymentId === refund.paymentId &&
        ['pending', 'requires_action', 'succeeded'].includes(other.status) &&
        other.amount >= refund.amount &&
        compareByInstant(other.createdAt, other.id, refund.createdAt, refund.id) > 0,
    );
    if (!replaced) findings.push(finding(seen, 'refund-failed', refund, 'high'));
  }
  return findings;
}
