import type { Payment } from '#app/domain/book/records.ts';
import type { NaiveFinding, Seen } from '#tests/oracle/naive-types.ts';
import { missingOf } from '#tests/oracle/credit-rules.ts';
import { granted } from '#tests/oracle/grants.ts';
import { compareByInstant, iso } from '#tests/oracle/order-words.ts';
import { capturedAt, disputedAway, netCaptured } from '#tests/oracle/payment-words.ts';
import { duration } from '#tests/oracle/policy-words.ts';

interface Charge {
  payment: Payment;
  captured: number;
}

function charges(seen: Seen): Charge[] {
  const found: Charge[] = [];
  for (const payment of seen.payments) {
    const captured = capturedAt(seen, payment);
    if (captured === undefined || disputedAway(payment)) continue;
    if (netCaptured(seen, payment) > 0n) found.push({ payment, captured });
  }
  return found.sort((a, b) => compareByInstant(a.captured, a.payment.id, b.captured, b.payment.id));
}

function sameGroup(a: Payment, b: Payment): boolean {
  return (
    a.amount === b.amount &&
    a.currency === b.currency &&
    a.purpose === b.purpose &&
    a.product === b.product
  );
}

/** True where both name one invoice, or one subscription and period. */
function shares(a: Payment, b: Payment): boolean {
  if (a.invoiceId !== null && a.invoiceId === b.invoiceId) return true;
  return (
    a.subscriptionId !== null &&
    a.subscriptionId === b.subscriptionId &&
    a.periodStart !== null &&
    a.periodStart === b.periodStart
  );
}

function belongs(seen: Seen, group: Charge[], i: number, j: number): boolean {
  const a = group[i];
  const b = group[j];
  if (a === undefined || b === undefined) return false;
  if (shares(a.payment, b.payment)) return true;
  const apart = Math.abs(a.captured - b.captured);
  return Math.abs(i - j) === 1 && apart <= duration(seen.policy.duplicateWindow);
}

/** Grows a set from one member until nobody else belongs to it; in the group's order. */
function setOf(seen: Seen, group: Charge[], start: number): number[] {
  const members = [start];
  let grew = true;
  while (grew) {
    grew = false;
    for (let candidate = 0; candidate < group.length; candidate += 1) {
      if (members.includes(candidate)) continue;
      if (!members.some((member) => belongs(seen, group, member, candidate))) continue;
      members.push(candidate);
      grew = true;
    }
  }
  return members.sort((a, b) => a - b);
}

function isConfirmed(seen: Seen, set: Charge[]): boolean {
  for (const [index, { payment }] of set.entries()) {
    if (missingOf(seen, payment) > 0n && granted(seen, payment) === 0n) return true;
    for (const other of set.slice(index + 1)) {
      if (shares(payment, other.payment)) return true;
    }
  }
  return false;
}

export function duplicateCharge(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  const all = charges(seen);
  for (const charge of all) {
    const group = all.filter((other) => sameGroup(charge.payment, other.payment));
    const members = setOf(seen, group, group.indexOf(charge));
    const set = group.filter((_, index) => members.includes(index));
    if (set[0] === charge) continue;
    const confirmed = isConfirmed(seen, set);
    findings.push({
      rule: 'duplicate-charge',
      customerId: seen.customerId,
      subject: `payment:${charge.payment.id}`,
      severity: confirmed ? 'high' : 'low',
      confidence: confirmed ? 'confirmed' : 'possible',
      amount: Number(netCaptured(seen, charge.payment)),
      currency: charge.payment.currency,
      since: iso(charge.captured),
    });
  }
  return findings;
}
