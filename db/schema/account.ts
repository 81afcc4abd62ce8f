import { sql } from 'drizzle-orm';
import { flag as bool, index, instant, json, minor, table, text } from '#db/dialect/columns.ts';

/**
 * One row for every customer id that any record mentions: whether its flags are up to date, when they
 * must next be looked at, and the totals that a page could not sum in time.
 */
export const account = table(
  'account',
  {
    customerId: text('customer_id').primaryKey(),
    /** Set by whatever changes the customer's records, cleared by the sweep that has seen them. */
    dirty: bool('dirty').notNull(),
    /** Raised by one with every change of the records: a sweep settles only the revision it has read. */
    revision: minor('revision').notNull().default(0),
    sweptAt: instant('swept_at'),
    /** With no new record, findings stay as they are until here. */
    nextCheck: instant('next_check'),
    /** A finding waits for the ledger (invoices) stream to be known to here; null: none waits. */
    waitsForLedger: instant('waits_for_ledger'),
    waitsForInvoices: instant('waits_for_invoices'),
    /** Credits: the opening balance, and the opening plus every entry, those after now included. */
    opening: minor('opening').notNull().default(0),
    total: minor('total').notNull().default(0),
    /** Closing balance of each UTC day with entries: [epoch day, credits][], oldest first, the last 400 such days. */
    daily: json<[number, number][]>('daily'),
    entries: minor('entries').notNull().default(0),
    payments: minor('payments').notNull().default(0),
    generations: minor('generations').notNull().default(0),
    /** Succeeded generations that the rate card does not price. */
    unpriced: minor('unpriced').notNull().default(0),
  },
  (t) => [
    index('account_dirty')
      .on(t.customerId)
      .where(sql`${t.dirty}`),
    index('account_next_check').on(t.nextCheck),
    index('account_waits_ledger').on(t.waitsForLedger),
    index('account_waits_invoices').on(t.waitsForInvoices),
  ],
);
