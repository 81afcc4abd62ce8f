import { createHash } from 'node:crypto';
import { is, Column, Param, Placeholder, SQL } from 'drizzle-orm';
import type { Query } from 'drizzle-orm';
import { readInTurns } from '#app/lib/event-loop.ts';
import { postgresParts } from '#db/postgres.ts';
import { sqliteParts } from '#db/sqlite.ts';
import type { Read, Tx } from '#db/select-types.ts';

/*
 * Statements that run thousands of times a second or return millions of rows. Drizzle builds the SQL anew
 * at each call and maps rows generically, which makes it 1.6 times as slow as the driver: here a query is
 * built once, its statement is kept, and only columns that need it are decoded.
 */

/** A select of Drizzle's, of one table or with named fields. */
export interface Selecting<Row> {
  readonly _: { readonly result: Row[]; readonly selectedFields: unknown };
  toSQL(): Query;
}
type Decode = (stored: never) => unknown;
type Values = Record<string, unknown>;
/** Of a query without slots. */
export type NoValues = Record<string, never>;

interface Statement {
  sql: string;
  /** PostgreSQL keeps its plan under this name; null: the text varies, so that it would keep too many. */
  name: string | null;
  /** Gives each parameter its value. */
  params: ((values: Values) => unknown)[];
}
interface Compiled extends Statement {
  keys: string[];
  /** A function for each column that is not yet what it should be, at the column's place. */
  decoders: (Decode | null)[];
}

const paramOf = (param: unknown): ((values: Values) => unknown) => {
  const encoder = is(param, Param) ? param.encoder : null;
  const held: unknown = is(param, Param) ? param.value : param;
  if (!is(held, Placeholder)) return () => param;
  const { name } = held;
  return (values) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value was given for “${name}”`);
    return encoder === null || value === null ? value : encoder.mapToDriverValue(value);
  };
};

/** The same for the same text, wherever it is compiled: a connection knows each name once. */
const nameOf = (sql: string): string =>
  `hot_${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`;

const toStatement = ({ sql, params }: Query, kept: boolean): Statement => ({
  sql,
  name: kept ? nameOf(sql) : null,
  params: params.map(paramOf),
});

const fill = ({ params }: Statement, values: Values): unknown[] =>
  params.map((param) => param(values));

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

const compile = (query: Selecting<unknown>, kept: boolean): Compiled => {
  const fields = Object.entries(query._.selectedFields as Record<string, unknown>);
  const decoders = fields.map(([, field]) => decoderOf(field));
  return { ...toStatement(query.toSQL(), kept), keys: fields.map(([key]) => key), decoders };
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

const run = async (read: Read, statement: Statement, params: unknown[]): Promise<unknown[][]> => {
  const sqlite = sqliteParts(read);
  // The casts: `raw()` and `rowMode: 'array'` make every row a list of values.
  if (sqlite) {
    const all = (): unknown[][] =>
      sqlite.statements
        .prepare(statement.sql)
        .raw()
        .all(...params) as unknown[][];
    // A write keeps the lock of the file: it is not drawn out.
    return sqlite.statements === sqlite.writes ? all() : readInTurns(all);
  }
  const postgres = postgresParts(read);
  if (!postgres) throw new Error('a hot query runs on the read of a store');
  const { rows } = await (postgres.client ?? postgres.reads).query<unknown[]>({
    ...(statement.name === null ? {} : { name: statement.name }),
    text: statement.sql,
    values: params,
    rowMode: 'array',
  });
  return rows;
};

/**
 * A query compiled at its first use and kept. `build` states it once, with `param('name', column)` where
 * a value comes later; the function returned runs it with those values, inside a write on its `tx`.
 */
export const preparedQuery = <V extends Values, Row>(
  build: (read: Read) => Selecting<Row>,
): ((read: Read, values: V) => Promise<Row[]>) => {
  let compiled: Compiled | undefined;
  return async (read, values) => {
    const query = (compiled ??= compile(build(read), true));
    const rows = await run(read, query, fill(query, values));
    // `compile` has checked that the row has the fields that Drizzle's types promise.
    return rows.map((row) => toRow(query, row) as Row);
  };
};

/** The same for a statement that changes something; it ends with `.returning()`, which nobody reads. */
export const preparedWrite = <V extends Values>(
  build: (tx: Tx) => { toSQL(): Query },
): ((tx: Tx, values: V) => Promise<void>) => {
  let statement: Statement | undefined;
  return async (tx, values) => {
    statement ??= toStatement(build(tx).toSQL(), true);
    await run(tx, statement, fill(statement, values));
  };
};

/** The rows of a query whose text varies from call to call (filters): only the mapping is quicker. */
export const fastAll = async <Row>(read: Read, query: Selecting<Row>): Promise<Row[]> => {
  const compiled = compile(query, false);
  const rows = await run(read, compiled, fill(compiled, {}));
  // As above.
  return rows.map((row) => toRow(compiled, row) as Row);
};
