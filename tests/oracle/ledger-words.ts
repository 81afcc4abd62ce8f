import type { Generation } from '#app/domain/book/records.ts';
import type { Seen } from '#tests/oracle/naive-types.ts';

/** Credits before the first entry. */
export function openingBalance(seen: Seen): bigint {
  const first = seen.entries[0];
  if (first === undefined || first.balanceAfter === null) return 0n;
  return BigInt(first.balanceAfter) - BigInt(first.credits);
}

/** Credits after every entry up to and including `instant`. */
export function balanceAt(seen: Seen, instant: number): bigint {
  let balance = openingBalance(seen);
  for (const entry of seen.entries) {
    if (entry.occurredAt <= instant) balance += BigInt(entry.credits);
  }
  return balance;
}

/** Credits that the generation cost in the end: minus the sum of the entries that name it. */
export function netCost(seen: Seen, generation: Generation): bigint {
  let sum = 0n;
  for (const entry of seen.entries) {
    if (entry.generationId === generation.id) sum += BigInt(entry.credits);
  }
  return -sum;
}

/** True where the generation has its status for good at `asOf`. */
export function isFinal(seen: Seen, generation: Generation): boolean {
  return generation.finishedAt === null || generation.finishedAt <= seen.asOf;
}
