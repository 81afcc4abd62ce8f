import { fillPlaceholders, is, Column, SQL } from 'drizzle-orm';
import type { Query } from 'drizzle-orm';
import { postgresParts } from '#db/postgres.ts';
import { sqliteParts } from '#db/sqlite.ts';
import type { Read } from '#db/select-types.ts';

/*
 * Reads that run thousands of times a second or return millions of rows. Drizzle builds the SQL anew at
 * each call and maps rows generically, which makes it 1.6 times as slow as the driver: here a query is
 * built once, its statement is kept, and only columns that need it are decoded.
 */

/** A select of Drizzle's, of one table or with named fields. */
export interface Selecting<Row> {
  readonly _: { readonly result: Row[]; readonly selectedFields: unknown };
  toSQL(): Query;
}
type Decode = (stored: never) => unknown;

interface Compiled {
  sql: string;
  params: unknown[];
  keys: string[];
  /** A function for each column that is not yet what it should be, at the column's place. */
  decoders: (Decode | null)[];
}

const decoderOf = (field: unknown): Decode | null => {
  if (is(field, Column)) return columnDecoder(field);
  const sql: unknown = is(field, SQL.Aliased) ? field.sql : field;
  if (!is(sql, SQL)) throw new Error('a hot query selects columns and sql only: name its fields');
  // `decoder` is what `.mapWith()` has set; Drizzle keeps it out of its types.
  const { decoder } = sql as unknown as { decoder: { mapFromDriverValue: Decode } };
  return (value) => decoder.mapFromDriverValue(value);
};

const AS_STORED = new Set([
  'SQLiteInteger',
  'SQLiteReal',
  'PgBigInt53',
  'PgDoublePrecision',
  'PgBoolean',
]);

const columnDecoder = (column: Column): Decode | null =>
  AS_STORED.has(column.columnType) ? null : (value) => column.mapFromDriverValue(value);

const compile = (query: Selecting<unknown>): Compiled => {
  const fields = Object.entries(query._.selectedFields as Record<string, unknown>);
  const { sql, params } = query.toSQL();
  const decoders = fields.map(([, field]) => decoderOf(field));
  return { sql, params, keys: fields.map(([key]) => key), decoders };
};

const toRow = ({ keys, decoders }: Compiled, values: unknown[]): unknown => {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < keys.length; i += 1) {
    const value = values[i];
    const decode = decoders[i];
    // The casts: `i` is within both lists, and a decoder takes what its column holds.
    row[keys[i] as string] = decode && value !== null ? decode(value as never) : value;
  }
  return row;
};

const run = async (read: Read, compiled: Compiled, params: unknown[]): Promise<unknown[][]> => {
  const sqlite = sqliteParts(read);
  // The casts: `raw()` and `rowMode: 'array'` make every row a list of values.
  if (sqlite) {
    return sqlite.statements
      .prepare(compiled.sql)
      .raw()
      .all(...params) as unknown[][];
  }
  const postgres = postgresParts(read);
  if (!postgres) throw new Error('a hot query runs on the read of a store');
  const { rows } = await (postgres.client ?? postgres.reads).query<unknown[]>({
    text: compiled.sql,
    values: params,
    rowMode: 'array',
  });
  return rows;
};

/**
 * A query compiled at its first use and kept. `build` states it once, with `slot('name', column)` where
 * a value comes later; the function returned runs it with those values, inside a write on its `tx`.
 */
export const hotQuery = <Values extends Record<string, unknown>, Row>(
  build: (read: Read) => Selecting<Row>,
): ((read: Read, values: Values) => Promise<Row[]>) => {
  let compiled: Compiled | undefined;
  return async (read, values) => {
    const query = (compiled ??= compile(build(read)));
    const rows = await run(read, query, fillPlaceholders(query.params, values));
    // `compile` has checked that the row has the fields that Drizzle's types promise.
    return rows.map((row) => toRow(query, row) as Row);
  };
};

/** The rows of a query whose text varies from call to call (filters): only the mapping is quicker. */
export const fastAll = async <Row>(read: Read, query: Selecting<Row>): Promise<Row[]> => {
  const compiled = compile(query);
  const rows = await run(read, compiled, compiled.params);
  // As above.
  return rows.map((row) => toRow(compiled, row) as Row);
};
