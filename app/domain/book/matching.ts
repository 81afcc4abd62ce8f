import type { BookEntry } from '#app/domain/book/book.ts';
import { byInstantThenId, firstAfter } from '#app/domain/book/order.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';
import { DAY, MINUTE } from '#app/domain/instant.ts';
import type { EntryKind, PaymentPurpose } from '#app/domain/book/records.ts';

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
export function matchUnnamed(all: readonly PaymentFacts[], entries: readonly BookEntry[]): void {
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
