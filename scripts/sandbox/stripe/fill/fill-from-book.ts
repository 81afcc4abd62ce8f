import type { BookRecord, RecordType } from '#app/domain/book/records.ts';
import { fillCharges } from '#scripts/sandbox/stripe/fill/charges.ts';
import { fillCustomers, fillSetups } from '#scripts/sandbox/stripe/fill/customers.ts';
import { fillInvoices, fillSubscriptions } from '#scripts/sandbox/stripe/fill/invoices.ts';
import { emptyShelf } from '#scripts/sandbox/stripe/fill/shelf.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

/** What Stripe knows of; the product's own records are passed over. */
const KEPT: ReadonlySet<RecordType> = new Set<RecordType>([
  'customer',
  'subscription',
  'payment',
  'refund',
  'invoice',
  'setupAttempt',
]);

/**
 * Fills an account with what a book says of Stripe: customers, charges, refunds, disputes, invoices and
 * their payments, subscriptions, card set-ups. Ids stay as they are; what only the product knows (whose,
 * what for, how many credits) goes into metadata.
 */
export const fillFromBook = (world: World, records: Iterable<BookRecord>): void => {
  const shelf = emptyShelf();
  for (const { type, record } of records) {
    if (!KEPT.has(type)) continue;
    const shelved = shelf[type] as Map<string, typeof record>; // a record is on the shelf of its type
    shelved.set(record.id, record);
  }
  fillCustomers(world, shelf);
  fillSubscriptions(world, shelf);
  fillCharges(world, shelf);
  fillInvoices(world, shelf);
  fillSetups(world, shelf);
};
