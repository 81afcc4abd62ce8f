import type { RecordByType, RecordType } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';

/** Records by type; the later of two with one id has replaced the earlier. */
export type Shelf = { [T in RecordType]: Map<string, RecordByType[T]> };

/** A shelf with nothing on it. */
export const emptyShelf = (): Shelf => ({
  customer: new Map(),
  member: new Map(),
  subscription: new Map(),
  payment: new Map(),
  refund: new Map(),
  invoice: new Map(),
  ledgerEntry: new Map(),
  generation: new Map(),
  setupAttempt: new Map(),
  watermark: new Map(),
});

/** Whole seconds, as Stripe counts; what lies below them is lost. */
export const toSeconds = (instant: Instant): number => Math.floor(instant / 1000);

/** The Stripe customer of a customer of the book, also of one that names none. */
export const stripeCustomerOf = (shelf: Shelf, customerId: string): string =>
  shelf.customer.get(customerId)?.stripeCustomerId ??
  `cus_of_${customerId.replaceAll(/[^A-Za-z0-9_]/g, '_')}`;

/** The order of `shelved` is that of arrival; Stripe's lists want the oldest first. */
export const byTime = <T>(shelved: ReadonlyMap<string, T>, at: (record: T) => number): T[] =>
  [...shelved.values()].toSorted((a, b) => at(a) - at(b));
