import type { Subscription } from '#app/domain/book/records.ts';
import type { NaiveFinding, Seen } from '#tests/oracle/naive-types.ts';
import { compareByInstant, iso } from '#tests/oracle/order-words.ts';
import { capturedAt, disputedAway, netCaptured } from '#tests/oracle/payment-words.ts';

/** When the subscription ended, as far as that has happened. */
function endOf(seen: Seen, subscription: Subscription): number | undefined {
  if (subscription.endedAt !== null && subscription.endedAt <= seen.asOf) {
    return subscription.endedAt;
  }
  if (subscription.cancelAt !== null && subscription.cancelAt <= seen.asOf) {
    return subscription.cancelAt;
  }
  return undefined;
}

export function chargeAfterCancellation(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const payment of seen.payments) {
    const captured = capturedAt(seen, payment);
    if (captured === undefined || payment.purpose !== 'renewal') continue;
    const net = netCaptured(seen, payment);
    if (net === 0n || disputedAway(payment)) continue;
    const subscription = seen.subscriptions.find((one) => one.id === payment.subscriptionId);
    if (subscription === undefined) continue;
    const end = endOf(seen, subscription);
    const period = payment.periodStart ?? captured;
    // A period that has not begun at `asOf` is an instant after it: the condition is not met yet.
    if (end === undefined || period > seen.asOf || period < end) continue;
    findings.push({
      rule: 'charge-after-cancellation',
      customerId: seen.customerId,
      subject: `payment:${payment.id}`,
      severity: 'high',
      confidence: 'confirmed',
      amount: Number(net),
      currency: payment.currency,
      since: iso(captured),
    });
  }
  return findings;
}

function runs(subscription: Subscription): boolean {
  return (
    subscription.status === 'active' ||
    subscription.status === 'trialing' ||
    subscription.status === 'past_due'
  );
}

export function secondSubscription(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const one of seen.subscriptions) {
    if (!runs(one)) continue;
    const hasEarlier = seen.subscriptions.some(
      (other) =>
        runs(other) &&
        other.plan === one.plan &&
        compareByInstant(other.currentPeriodStart, other.id, one.currentPeriodStart, one.id) < 0,
    );
    if (!hasEarlier) continue;
    findings.push({
      rule: 'second-subscription',
      customerId: seen.customerId,
      subject: `subscription:${one.id}`,
      severity: 'medium',
      confidence: 'confirmed',
      since: iso(one.currentPeriodStart),
    });
  }
  return findings;
}
