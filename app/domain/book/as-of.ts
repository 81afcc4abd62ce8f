import type { Book, BookEntry } from '#app/domain/book/book.ts';
import { firstAfter } from '#app/domain/book/order.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';
import type { Instant } from '#app/lib/instant.ts';

/** The part of a book that has happened, and when the next thing it already mentions will happen. */
export interface BookAsOf extends Omit<Book, 'customerId'> {
  /** The earliest later instant at which a record, a capture, a refund or an end comes into view. */
  nextChange: Instant | null;
}

/**
 * Leaves out what lies after `asOf`. Where nothing does, which is nearly always, the book's own arrays
 * are handed on without a copy.
 */
export function bookAsOf(book: Book, asOf: Instant): BookAsOf {
  const soonest = new EarliestAfter(asOf);
  const { customer } = book;
  soonest.consider(customer?.createdAt ?? null);
  const seen = {
    customer: customer !== null && customer.createdAt > asOf ? null : customer,
    subscriptions: book.subscriptions,
    payments: notAfter(book.payments, createdAtOf, soonest, asOf),
    refunds: notAfter(book.refunds, createdAtOf, soonest, asOf),
    invoices: notAfter(book.invoices, createdAtOf, soonest, asOf),
    entries: entriesUntil(book.entries, soonest, asOf),
    generations: notAfter(book.generations, startedAtOf, soonest, asOf),
    setupAttempts: notAfter(book.setupAttempts, atOf, soonest, asOf),
  };
  for (const { capturedAt, refundedAt } of seen.payments) {
    if (capturedAt !== null && capturedAt > asOf) soonest.consider(capturedAt);
    if (refundedAt !== null && refundedAt > asOf) soonest.consider(refundedAt);
  }
  for (const { finishedAt } of seen.generations) {
    if (finishedAt !== null && finishedAt > asOf) soonest.consider(finishedAt);
  }
  return { ...seen, nextChange: soonest.instant };
}

const createdAtOf = (record: { createdAt: Instant }): Instant => record.createdAt;
const startedAtOf = (record: { startedAt: Instant }): Instant => record.startedAt;
const atOf = (record: { at: Instant }): Instant => record.at;
const occurredAtOf = (entry: BookEntry): Instant => entry.occurredAt;

function notAfter<T>(
  records: T[],
  instantOf: (record: T) => Instant,
  soonest: EarliestAfter,
  asOf: Instant,
): T[] {
  let hidden = 0;
  for (const record of records) {
    const instant = instantOf(record);
    if (instant <= asOf) continue;
    hidden += 1;
    soonest.consider(instant);
  }
  return hidden === 0 ? records : records.filter((record) => instantOf(record) <= asOf);
}

/** Entries are sorted, so the hidden ones are the last ones. */
function entriesUntil(entries: BookEntry[], soonest: EarliestAfter, asOf: Instant): BookEntry[] {
  const end = firstAfter(entries, occurredAtOf, asOf);
  const next = entries[end];
  if (next === undefined) return entries;
  soonest.consider(next.occurredAt);
  return entries.slice(0, end);
}
