import { DAY, MINUTE } from '#app/lib/instant.ts';
import { addLine, anyTime, BENCH_AS_OF, iso } from '#scripts/bench/book/bench-customer.ts';
import type { Draft } from '#scripts/bench/book/bench-customer.ts';

/** Corrections and expiries, until the customer has exactly the entries it is to have. */
export function fillUp(draft: Draft): void {
  const { random, counts, entries } = draft;
  while (entries.length < counts.entries) {
    const expiry = random.chance(0.5);
    const credits = random.between(1, 40);
    entries.push({
      at: anyTime(draft),
      kind: expiry ? 'expiry' : 'adjustment',
      credits: expiry ? 0 - credits : credits,
    });
  }
  entries.length = counts.entries;
}

/**
 * Writes the entries in their order with the running balance, from an opening that keeps it above
 * zero but for one customer in five hundred. Returns the closing balance.
 */
export function writeLedger(draft: Draft, nextId: () => string): number {
  const { random, entries } = draft;
  entries.sort((a, b) => a.at - b.at);
  let balance = 0;
  let lowest = 0;
  for (const { credits } of entries) {
    balance += credits;
    lowest = Math.min(lowest, balance);
  }
  const negative = draft.index % 500 === 7;
  balance = negative ? 0 - balance - 10 : random.between(0, 900) - lowest;
  const gapAt = draft.index % 1000 === 13 ? Math.floor(entries.length / 2) : -1;
  for (const [index, { at, ...entry }] of entries.entries()) {
    balance += entry.credits + (index === gapAt ? 1 : 0);
    addLine(draft, 'ledgerEntry', {
      id: `le_${nextId()}`,
      customerId: draft.id,
      ...entry,
      occurredAt: iso(at),
      balanceAfter: balance,
    });
  }
  return gapAt > 0 ? balance - 1 : balance;
}

/** The customer itself, with what the product reports: the truth, but for one in two hundred. */
export function writeCustomer(draft: Draft, closing: number): void {
  const { random } = draft;
  addLine(draft, 'customer', {
    id: draft.id,
    name: draft.name,
    email: `hello@${draft.id}.test`,
    stripeCustomerId: `cus_${random.code(14)}`,
    createdAt: iso(draft.from - DAY),
    timeZone: random.pick(['Europe/Berlin', 'America/New_York', 'Asia/Tokyo']),
    reportedBalance: random.chance(0.005) ? closing + 77 : closing,
    reportedBalanceAt: iso(BENCH_AS_OF - 5 * MINUTE),
  });
}
