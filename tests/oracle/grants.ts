import type { LedgerEntry, Payment } from '#app/domain/book/records.ts';
import type { Seen } from '#tests/oracle/naive-types.ts';
import { compareByInstant } from '#tests/oracle/order-words.ts';
import { capturedAt, due } from '#tests/oracle/payment-words.ts';

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

const GRANT_KINDS = ['purchase', 'renewal', 'upgrade', 'adjustment'];

/** Entries of the four kinds of grants that name the payment. */
export function namingGrants(seen: Seen, payment: Payment): LedgerEntry[] {
  return seen.entries.filter(
    (entry) => entry.paymentId === payment.id && GRANT_KINDS.includes(entry.kind),
  );
}

/** Sum of the entries that name the payment: the four kinds of grants, and revocations. */
export function namingSum(seen: Seen, payment: Payment): bigint {
  let sum = 0n;
  for (const entry of seen.entries) {
    if (entry.paymentId !== payment.id) continue;
    if (GRANT_KINDS.includes(entry.kind) || entry.kind === 'revocation') {
      sum += BigInt(entry.credits);
    }
  }
  return sum;
}

/** True for the purposes whose payments are due credits. */
export function buysCredits(payment: Payment): boolean {
  return (
    payment.purpose === 'credit_pack' ||
    payment.purpose === 'renewal' ||
    payment.purpose === 'upgrade'
  );
}

function fits(entry: LedgerEntry, payment: Payment, captured: number): boolean {
  if (entry.paymentId !== null) return false;
  if (entry.credits !== payment.credits) return false;
  if (entry.occurredAt < captured - MINUTE || entry.occurredAt > captured + DAY) return false;
  if (entry.kind === 'purchase') return payment.purpose === 'credit_pack';
  if (entry.kind === 'renewal') return payment.purpose === 'renewal';
  if (entry.kind === 'upgrade') return payment.purpose === 'upgrade';
  return false;
}

/** Which payment (by id) each matched entry belongs to. */
function matched(seen: Seen): Map<string, LedgerEntry> {
  const waiting: { payment: Payment; captured: number }[] = [];
  for (const payment of seen.payments) {
    const captured = capturedAt(seen, payment);
    if (captured === undefined || !buysCredits(payment)) continue;
    if (due(seen, payment) === 0n) continue;
    if (namingGrants(seen, payment).length > 0) continue;
    waiting.push({ payment, captured });
  }
  waiting.sort((a, b) => compareByInstant(a.captured, a.payment.id, b.captured, b.payment.id));
  const taken = new Set<string>();
  const byPayment = new Map<string, LedgerEntry>();
  for (const { payment, captured } of waiting) {
    for (const entry of seen.entries) {
      if (taken.has(entry.id) || !fits(entry, payment, captured)) continue;
      taken.add(entry.id);
      byPayment.set(payment.id, entry);
      break;
    }
  }
  return byPayment;
}

/** Credits granted for the payment, by entries that name it and by its matched entry. */
export function granted(seen: Seen, payment: Payment): bigint {
  let sum = 0n;
  for (const entry of namingGrants(seen, payment)) sum += BigInt(entry.credits);
  const match = matched(seen).get(payment.id);
  if (match !== undefined) sum += BigInt(match.credits);
  return sum;
}
