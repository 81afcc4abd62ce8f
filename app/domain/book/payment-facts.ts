import type { BookEntry, BookPayment, BookRefund } from '#app/domain/book/book.ts';
import { matchUnnamed } from '#app/domain/book/matching.ts';
import { wholePart } from '#app/domain/exact.ts';
import type { Instant } from '#app/domain/instant.ts';

/** What the records seen say about one payment. Money in its minor unit. */
export interface PaymentFacts {
  payment: BookPayment;
  /** When the money was taken; null where the payment is not captured. */
  capturedAt: Instant | null;
  /** Sum of its refunds that are on their way or done. */
  refundsSum: number;
  /** Latest `createdAt` of those refunds. */
  refundsLatest: Instant | null;
  refunded: number;
  /** Captured less refunded, at least 0; 0 where not captured. */
  net: number;
  /** Credits that should have come for the money kept. */
  due: number;
  /** Credits of the entries of the granting kinds that name it. */
  grantedByName: number;
  /** Whether any entry of a granting kind names it, be it of 0 credits. */
  namedByGrant: boolean;
  /** Credits of the revocations that name it, 0 or less. */
  revoked: number;
  /** Whether any entry counted above names it. */
  named: boolean;
  /** An entry that names no payment and is taken for this one's. */
  matched: BookEntry | null;
}

/** Credits granted: by entries that name the payment, and by the matched one. */
export const grantedOf = (facts: PaymentFacts): number =>
  facts.grantedByName + (facts.matched?.credits ?? 0);

/** Whether entries of this kind grant what a payment bought. */
export const isGrantKind = (kind: BookEntry['kind']): boolean =>
  kind === 'purchase' || kind === 'renewal' || kind === 'upgrade' || kind === 'adjustment';

/** Whether the bank has taken the money back, or is about to decide whether to. */
export const isDisputed = ({ disputeStatus }: BookPayment): boolean =>
  disputeStatus === 'open' || disputeStatus === 'lost';

/** The facts of every payment seen, in the order of `payments`. */
export function factsOfPayments(
  payments: readonly BookPayment[],
  refunds: readonly BookRefund[],
  entries: readonly BookEntry[],
  asOf: Instant,
): PaymentFacts[] {
  const all = payments.map((payment) => startFacts(payment, asOf));
  if (all.length === 0) return all;
  const byId = new Map<string, PaymentFacts>();
  for (const facts of all) byId.set(facts.payment.id, facts);
  for (const refund of refunds) addRefund(byId.get(refund.paymentId), refund);
  for (const entry of entries) {
    if (entry.paymentId !== null) addEntry(byId.get(entry.paymentId), entry);
  }
  for (const facts of all) settleMoney(facts, asOf);
  matchUnnamed(all, entries);
  return all;
}

function startFacts(payment: BookPayment, asOf: Instant): PaymentFacts {
  const { status, capturedAt } = payment;
  const captured = status === 'succeeded' && capturedAt !== null && capturedAt <= asOf;
  return {
    payment,
    capturedAt: captured ? capturedAt : null,
    refundsSum: 0,
    refundsLatest: null,
    refunded: 0,
    net: 0,
    due: 0,
    grantedByName: 0,
    namedByGrant: false,
    revoked: 0,
    named: false,
    matched: null,
  };
}

function addRefund(facts: PaymentFacts | undefined, refund: BookRefund): void {
  if (facts === undefined || refund.status === 'failed' || refund.status === 'canceled') return;
  facts.refundsSum += refund.amount;
  facts.refundsLatest = Math.max(facts.refundsLatest ?? refund.createdAt, refund.createdAt);
}

function addEntry(facts: PaymentFacts | undefined, entry: BookEntry): void {
  if (facts === undefined) return;
  if (isGrantKind(entry.kind)) {
    facts.namedByGrant = true;
    facts.grantedByName += entry.credits;
  } else if (entry.kind === 'revocation') {
    facts.revoked += entry.credits;
  } else {
    return;
  }
  facts.named = true;
}

function settleMoney(facts: PaymentFacts, asOf: Instant): void {
  const { payment } = facts;
  const { amount, refundedAt } = payment;
  const told = refundedAt !== null && refundedAt > asOf ? 0 : (payment.amountRefunded ?? 0);
  facts.refunded = Math.max(told, facts.refundsSum);
  if (facts.capturedAt === null) return;
  facts.net = Math.max(0, (payment.amountCaptured ?? amount) - facts.refunded);
  facts.due = dueOn(payment, facts.net);
}

function dueOn({ credits, amount, disputeStatus }: BookPayment, net: number): number {
  if (disputeStatus === 'lost' || credits === null) return 0;
  if (amount === 0) return credits;
  return Math.min(credits, wholePart(credits, net, amount));
}
