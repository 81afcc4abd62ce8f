import type { Payment } from '#app/domain/book/records.ts';
import type { Seen } from '#tests/oracle/naive-types.ts';

/** The instant of capture of a captured payment; undefined where it is not captured at `asOf`. */
export function capturedAt(seen: Seen, payment: Payment): number | undefined {
  if (payment.status !== 'succeeded') return undefined;
  if (payment.capturedAt === null) return undefined;
  if (payment.capturedAt > seen.asOf) return undefined;
  return payment.capturedAt;
}

/** The payment's refunds that count: pending, requires_action or succeeded. */
export function countedRefunds(seen: Seen, payment: Payment) {
  return seen.refunds.filter(
    (refund) =>
      refund.paymentId === payment.id &&
      (refund.status === 'pending' ||
        refund.status === 'requires_action' ||
        refund.status === 'succeeded'),
  );
}

/** Minor units. The larger of what the payment says and what its refunds add up to. */
export function refunded(seen: Seen, payment: Payment): bigint {
  let said = BigInt(payment.amountRefunded ?? 0);
  if (payment.refundedAt !== null && payment.refundedAt > seen.asOf) said = 0n;
  let summed = 0n;
  for (const refund of countedRefunds(seen, payment)) summed += BigInt(refund.amount);
  return said > summed ? said : summed;
}

/** Minor units, at least 0. */
export function netCaptured(seen: Seen, payment: Payment): bigint {
  if (capturedAt(seen, payment) === undefined) return 0n;
  const net = BigInt(payment.amountCaptured ?? payment.amount) - refunded(seen, payment);
  return net > 0n ? net : 0n;
}

/** Credits that a captured payment must have brought by now. */
export function due(seen: Seen, payment: Payment): bigint {
  if (payment.disputeStatus === 'lost') return 0n;
  if (payment.credits === null) return 0n;
  const credits = BigInt(payment.credits);
  if (payment.amount === 0) return credits;
  const part = (credits * netCaptured(seen, payment)) / BigInt(payment.amount);
  return part < credits ? part : credits;
}

/** True where money that is being disputed, or was lost in a dispute, is out of the rule's reach. */
export function disputedAway(payment: Payment): boolean {
  return payment.disputeStatus === 'open' || payment.disputeStatus === 'lost';
}
