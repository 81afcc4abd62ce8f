import { FIRST_INSTANT } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Read } from '#db/store.ts';
import { firstEntry, sumOfNewer } from '#db/queries/customers/ledger-rows.ts';

/** Stands between the last entry at or before an instant and the first one after it. */
export const endOf = (at: Instant) => ({ at: at + 1, sequence: Number.MIN_SAFE_INTEGER, id: '' });

/**
 * Credits after the last entry at or before an instant. Sums the ledger up to there along an index:
 * for pages that have no kept total.
 */
export async function balanceAt(read: Read, customerId: string, at: Instant): Promise<number> {
  const [first] = await firstEntry(read, { customerId });
  if (first === undefined) return 0;
  const opening = first.balanceAfter === null ? 0 : first.balanceAfter - first.credits;
  const all = { customerId, ...endOf(FIRST_INSTANT - 1), limitAt: at };
  const [sum] = await sumOfNewer(read, all);
  // Nothing had happened yet: what the opening was is told by the first entry only.
  return sum === undefined || sum.entries === 0 ? 0 : opening + sum.credits;
}

/** Credits of the entries after one instant, up to and including another. */
export async function creditsBetween(
  read: Read,
  customerId: string,
  after: Instant,
  until: Instant,
): Promise<number> {
  const [sum] = await sumOfNewer(read, { customerId, ...endOf(after), limitAt: until });
  return sum?.credits ?? 0;
}
