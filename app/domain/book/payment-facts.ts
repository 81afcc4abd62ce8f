import type { BookEntry, BookPayment, BookRefund } from '#app/domain/book/book.ts';
import { byInstantThenId, firstAfter } from '#app/domain/book/order.ts';
import { DAY, MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { EntryKind, PaymentPurpose } from '#app/domain/book/records.ts';
import { mulDiv } from '#app/domain/money/mul-div.ts';

/*
 * Ledgers that write no payment id beside a grant are matched by what they do write: the kind, the
 * number of credits and the time. Each entry pays for one payment only.
 */

const FITTING_KIND: Record<PaymentPurpose, EntryKind | null> = {
  credit_pack: 'purchase',
  renewal: 'renewal',
  upgrade: 'upgrade',
  other: null,
};
const BEFORE_CAPTURE = MINUTE;
const AFTER_CAPTURE = DAY;

/** Whether credits are promised for payments of this purpose. */
export const buysCredits = (purpose: PaymentPurpose): boolean => FITTING_KIND[purpose] !== null;

/**
 * Sets `matched` of each captured payment that has something due and that no granting entry names.
 * @param all facts whose `capturedAt`, `due` and `namedByGrant` are settled.
 * @param entries in their order.
 */
function matchUnnamed(all: readonly PaymentFacts[], entries: readonly BookEntry[]): void {
  const waiting = all.filter(
    (facts) => facts.due > 0 && !facts.namedByGrant && buysCredits(facts.payment.purpose),
  );
  if (waiting.length === 0) return;
  const unnamed = entries.filter(
    ({ paymentId, kind }) =>
      paymentId === null && (kind === 'purchase' || kind === 'renewal' || kind === 'upgrade'),
  );
  if (unnamed.length === 0) return;
  waiting.sort((a, b) =>
    byInstantThenId(capturedAtOf(a), a.payment.id, capturedAtOf(b), b.payment.id),
  );
  const taken = new Set<BookEntry>();
  for (const facts of waiting) {
    facts.matched = findMatch(facts, unnamed, taken);
    if (facts.matched !== null) taken.add(facts.matched);
  }
}

/** Something is due on captured payments only, so the fallback is never used. */
const capturedAtOf = (facts: PaymentFacts): number => facts.capturedAt ?? 0;

function findMatch(
  facts: PaymentFacts,
  unnamed: readonly BookEntry[],
  taken: ReadonlySet<BookEntry>,
): BookEntry | null {
  const { purpose, credits } = facts.payment;
  const kind = FITTING_KIND[purpose];
  const from = capturedAtOf(facts) - BEFORE_CAPTURE;
  const to = capturedAtOf(facts) + AFTER_CAPTURE;
  const start = firstAfter(unnamed, ({ occurredAt }) => occurredAt, from - 1);
  for (let i = start; i < unnamed.length; i += 1) {
    const entry = unnamed[i];
    if (entry === undefined || entry.occurredAt > to) return null;
    if (entry.kind === kind && entry.credits === credits && !taken.has(entry)) return entry;
  }
  return null;
}

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
  for (const facts of all) applyMoney(facts, asOf);
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

function applyMoney(facts: PaymentFacts, asOf: Instant): void {
  const { payment } = facts;
  const { amount, refundedAt } = payment;
  const notified = refundedAt !== null && refundedAt > asOf ? 0 : (payment.amountRefunded ?? 0);
  facts.refunded = Math.max(notified, facts.refundsSum);
  if (facts.capturedAt === null) return;
  facts.net = Math.max(0, (payment.amountCaptured ?? amount) - facts.refunded);
  facts.due = dueOn(payment, facts.net);
}

function dueOn({ credits, amount, disputeStatus }: BookPayment, net: number): number {
  if (disputeStatus === 'lost' || credits === null) return 0;
  if (amount === 0) return credits;
  return Math.min(credits, mulDiv(credits, net, amount));
}
