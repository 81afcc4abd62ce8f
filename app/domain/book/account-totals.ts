import type { Book } from '#app/domain/book/book.ts';
import { DAY } from '#app/lib/instant.ts';

/** What a page could not sum in time. Credits; entries after now are included. */
export interface AccountTotals {
  opening: number;
  /** The opening balance and every entry. */
  total: number;
  entries: number;
  payments: number;
  generations: number;
}

export function accountTotals(book: Book): AccountTotals {
  const opening = openingOf(book);
  let total = opening;
  for (const { credits } of book.entries) total += credits;
  return {
    opening,
    total,
    entries: book.entries.length,
    payments: book.payments.length,
    generations: book.generations.length,
  };
}

/** How many days with entries a balance line is kept for. */
const DAYS_KEPT = 400;

/** The closing balance of each UTC day with entries, as [days since 1970, credits], oldest first. */
export function dailyClosings(book: Book): [number, number][] {
  const days: [number, number][] = [];
  let balance = openingOf(book);
  let last: [number, number] | undefined;
  for (const { occurredAt, credits } of book.entries) {
    balance += credits;
    const day = Math.floor(occurredAt / DAY);
    if (last?.[0] === day) last[1] = balance;
    else days.push((last = [day, balance]));
  }
  return days.slice(-DAYS_KEPT);
}

function openingOf({ entries: [first] }: Book): number {
  return first === undefined || first.balanceAfter === null
    ? 0
    : first.balanceAfter - first.credits;
}
