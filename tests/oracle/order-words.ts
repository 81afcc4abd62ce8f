import type { LedgerEntry } from '#app/domain/book/records.ts';

/** Ids compare as plain strings. */
export function compareIds(a: string, b: string): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return 0;
}

/** Two records by (instant, id). */
export function compareByInstant(aAt: number, aId: string, bAt: number, bId: string): number {
  if (aAt < bAt) return -1;
  if (aAt > bAt) return 1;
  return compareIds(aId, bId);
}

/** Entries by (occurredAt, sequence, id). */
export function compareEntries(a: LedgerEntry, b: LedgerEntry): number {
  if (a.occurredAt < b.occurredAt) return -1;
  if (a.occurredAt > b.occurredAt) return 1;
  if (a.sequence < b.sequence) return -1;
  if (a.sequence > b.sequence) return 1;
  return compareIds(a.id, b.id);
}

/** UTC with three decimals. */
export function iso(instant: number): string {
  return new Date(instant).toISOString();
}
