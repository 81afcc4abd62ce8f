import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { FoundRecord } from '#app/domain/search/result.ts';
import { chunks } from '#db/chunks.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import type { Source } from '#db/queries/search/search-sources.ts';
import type { Read } from '#db/select-types.ts';
import { encodeText } from '#db/dialect/text-encoding.ts';

/** Values compared in one go: fewer are padded, so that the statement stays the same. */
export const SLOTS = 10;
export const slots = Array.from({ length: SLOTS }, (_, slot) => sql.placeholder(`value${slot}`));
const inSlotsOf = (column: PgColumn | SQL): SQL => sql`${column} in ${slots}`;
export const inSlots = (values: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    slots.map(({ name }, slot) => [name, encodeText(values[slot] ?? values[0] ?? '')]),
  );

/** Sorts after every text that begins with the same letters, in both databases' byte order. */
const LAST = '\u{10ffff}';
export type Span = { from: string; to: string };
/** Every text that begins with `prefix`, as a span that an index can be read along. */
export const spanOf = (prefix: string): Span => {
  const from = encodeText(prefix);
  return { from, to: from + LAST };
};
export const withinSpan = (column: PgColumn | SQL): SQL =>
  sql`${column} >= ${sql.placeholder('from')} and ${column} < ${sql.placeholder('to')}`;

export type Finder<V extends Record<string, unknown>> = (
  read: Read,
  values: V,
) => Promise<FoundRecord[]>;

function finder<V extends Record<string, unknown>>(
  source: Source,
  condition: SQL | undefined,
  order: PgColumn | SQL,
  most: number,
): Finder<V> {
  const query = preparedQuery<V, Omit<FoundRecord, 'type'>>((read) =>
    read.select(source.fields).from(source.table).where(condition).orderBy(order).limit(most),
  );
  return async (read, values) => {
    const rows = await query(read, values);
    return rows.map((row) => ({ type: source.type, ...row }));
  };
}

/** Rows of which `column` is one of the slots' values. */
export const among = (source: Source, column: PgColumn | SQL): Finder<Record<string, string>> =>
  finder(source, inSlotsOf(column), source.id, 2 * SLOTS);

/** The first rows of which `column` begins so. */
export const starting = (source: Source, column: PgColumn | SQL, most: number): Finder<Span> =>
  finder(source, withinSpan(column), column, most);

/** The same with any number of values. */
export const amongAll = async <Row>(
  values: readonly string[],
  find: (slotted: Record<string, string>) => Promise<Row[]>,
): Promise<Row[]> =>
  (await Promise.all(Array.from(chunks(values, SLOTS), (some) => find(inSlots(some))))).flat();

export const all = async (found: Promise<FoundRecord[]>[]): Promise<FoundRecord[]> =>
  (await Promise.all(found)).flat();
