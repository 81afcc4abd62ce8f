import type { Instant } from '#app/lib/instant.ts';

/** Surrogates, which stand for the characters above U+FFFF, have lower code units than U+E000–U+FFFF. */
const FIRST_SURROGATE = 0xd800;

/**
 * Ids as plain strings, by code point: the order in which both databases sort them too. JavaScript's
 * own `<` goes by code unit and would sort an emoji before `ﬁ`.
 */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    if (left < FIRST_SURROGATE || right < FIRST_SURROGATE) return left - right;
    // Comparing from here on by code point: both halves before this index are equal.
    return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}

/** "Earlier" and "later" of two records: by their instant, then by id. */
export const byInstantThenId = (
  aInstant: Instant,
  aId: string,
  bInstant: Instant,
  bId: string,
): number => aInstant - bInstant || compareIds(aId, bId);

/** Index of the first of `records`, sorted by instant, that lies after `instant`; their number if none does. */
export function firstAfter<T>(
  records: readonly T[],
  instantOf: (record: T) => Instant,
  instant: Instant,
): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = records[middle];
    if (record !== undefined && instantOf(record) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
