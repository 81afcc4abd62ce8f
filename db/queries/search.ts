import { and, asc, gte, inArray, lt, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { asciiLower } from '#app/domain/search/clean-text.ts';
import { fastAll, hotQuery } from '#db/hot-query.ts';
import { CUSTOMERS, INVOICES, MEMBERS, REFUNDS, SOURCES } from '#db/queries/search-sources.ts';
import type { FoundRecord, Source } from '#db/queries/search-sources.ts';
import { account, customer, invoice, member, refund } from '#db/schema.ts';
import type { Read } from '#db/select-types.ts';

/** Ids compared in one go: fewer are padded, so that the statement stays the same. */
const SLOTS = 10;
const slots = Array.from({ length: SLOTS }, (_, slot) => sql.placeholder(`value${slot}`));
const inSlots = (values: readonly string[]): Record<string, string> =>
  Object.fromEntries(slots.map(({ name }, slot) => [name, values[slot] ?? values[0] ?? '']));

/** Sorts after every text that begins with the same letters, in both databases' byte order. */
const LAST = '\u{10ffff}';

type Finder<V extends Record<string, unknown>> = (read: Read, values: V) => Promise<FoundRecord[]>;

function finder<V extends Record<string, unknown>>(
  source: Source,
  condition: SQL | undefined,
  order: PgColumn | SQL,
  most: number,
): Finder<V> {
  const query = hotQuery<V, Omit<FoundRecord, 'type'>>((read) =>
    read.select(source.fields).from(source.table).where(condition).orderBy(order).limit(most),
  );
  return async (read, values) => {
    const rows = await query(read, values);
    return rows.map((row) => ({ type: source.type, ...row }));
  };
}

const among = (source: Source, column: PgColumn | SQL): Finder<Record<string, string>> =>
  finder(source, inArray(column, slots), source.id, 2 * SLOTS);

const starting = (
  source: Source,
  column: PgColumn | SQL,
  most: number,
): Finder<{ from: string; to: string }> =>
  finder(
    source,
    and(gte(column, sql.placeholder('from')), lt(column, sql.placeholder('to'))),
    column,
    most,
  );

const all = async (found: Promise<FoundRecord[]>[]): Promise<FoundRecord[]> =>
  (await Promise.all(found)).flat();

const byId = SOURCES.map((source) => among(source, source.id));
const byOtherNumber = [
  among(CUSTOMERS, customer.stripeCustomerId),
  among(REFUNDS, refund.bankReference),
];
const byInvoiceNumber = among(INVOICES, sql`lower(${invoice.number})`);

/** Records whose id, Stripe customer, bank reference or invoice number is one of `ids`; at most SLOTS of them are looked at. */
export const recordsWithId = (read: Read, ids: readonly string[]): Promise<FoundRecord[]> => {
  const values = inSlots(ids);
  const lowered = inSlots(ids.map(asciiLower));
  return all([
    ...[...byId, ...byOtherNumber].map((find) => find(read, values)),
    byInvoiceNumber(read, lowered),
  ]);
};

const MOST_STARTING = 6;
const idStarting = SOURCES.map((source) => starting(source, source.id, MOST_STARTING));
const numberStarting = [
  starting(CUSTOMERS, customer.stripeCustomerId, MOST_STARTING),
  starting(REFUNDS, refund.bankReference, MOST_STARTING),
];
const invoiceStarting = starting(INVOICES, sql`lower(${invoice.number})`, MOST_STARTING);

/** Records whose id or number begins with `prefix`, a few of each type. */
export const recordsStarting = (read: Read, prefix: string): Promise<FoundRecord[]> => {
  const values = { from: prefix, to: prefix + LAST };
  const lower = asciiLower(prefix);
  return all([
    ...[...idStarting, ...numberStarting].map((find) => find(read, values)),
    invoiceStarting(read, { from: lower, to: lower + LAST }),
  ]);
};
