import { sql } from 'drizzle-orm';
import type { Column, SQL } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import type {
  PgBigInt53BuilderInitial,
  PgBooleanBuilderInitial,
  PgDoublePrecisionBuilderInitial,
  PgJsonbBuilderInitial,
  PgTextBuilderInitial,
} from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import { dialect } from '#db/dialect/dialect.ts';
import { fromTimestamp, toTimestamp } from '#db/dialect/instant-encoding.ts';
import { decodeText, decodeJson, encodeText, encodeJson } from '#db/dialect/text-encoding.ts';

/*
 * The building blocks of the schema, for the dialect in use, typed as PostgreSQL in either case:
 * PostgreSQL's query builders can only be awaited, which both drivers honour, so code that compiles
 * runs on both. Every cast in this file is that one statement.
 */
const onSqlite = dialect === 'sqlite';

const escaped = { toDriver: encodeText, fromDriver: decodeText };
const sqliteText = sqlite.customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  ...escaped,
});
/** "C": ids and times order as plain strings, the same on every server. */
const pgText = pg.customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
  ...escaped,
});
const pgInstant = pg.customType<{ data: number; driverData: string | number }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: toTimestamp,
  fromDriver: (value) => (typeof value === 'number' ? value : fromTimestamp(value)),
});
const sqliteJson = sqlite.customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: encodeJson,
  fromDriver: decodeJson,
});
const pgJson = pg.customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: encodeJson,
  fromDriver: decodeJson,
});

export const table = (onSqlite ? sqlite.sqliteTable : pg.pgTable) as typeof pg.pgTable;
export const index = (onSqlite ? sqlite.index : pg.index) as typeof pg.index;
export const uniqueIndex = (
  onSqlite ? sqlite.uniqueIndex : pg.uniqueIndex
) as typeof pg.uniqueIndex;
export const check = (onSqlite ? sqlite.check : pg.check) as typeof pg.check;
export const unique = (onSqlite ? sqlite.unique : pg.unique) as typeof pg.unique;
export const foreignKey = (onSqlite
  ? sqlite.foreignKey
  : pg.foreignKey) as unknown as typeof pg.foreignKey;

export const text = <N extends string>(name: N) =>
  (onSqlite ? sqliteText(name) : pgText(name)) as unknown as PgTextBuilderInitial<
    N,
    [string, ...string[]]
  >;

/** A safe integer: minor units, credits, counts. `integer` or `bigint`. */
export const minor = <N extends string>(name: N) =>
  (onSqlite
    ? sqlite.integer(name)
    : pg.bigint(name, { mode: 'number' })) as PgBigInt53BuilderInitial<N>;

/** Epoch milliseconds. `integer` or `timestamptz(3)`. */
export const instant = <N extends string>(name: N) =>
  (onSqlite ? sqlite.integer(name) : pgInstant(name)) as unknown as PgBigInt53BuilderInitial<N>;

export const flag = <N extends string>(name: N) =>
  (onSqlite
    ? sqlite.integer(name, { mode: 'boolean' })
    : pg.boolean(name)) as unknown as PgBooleanBuilderInitial<N>;

/** A number with a fraction: seconds of a video. Never money. */
export const real = <N extends string>(name: N) =>
  (onSqlite
    ? sqlite.real(name)
    : pg.doublePrecision(name)) as unknown as PgDoublePrecisionBuilderInitial<N>;

export const json = <T>(name: string) =>
  (
    (onSqlite ? sqliteJson(name) : pgJson(name)) as unknown as PgJsonbBuilderInitial<string>
  ).$type<T>();

const identity = <N extends string>(name: N) =>
  pg.bigint(name, { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity();

/** The table's own row number, given by the database. */
export const rowNumber = <N extends string>(name: N) =>
  onSqlite
    ? // An integer primary key is SQLite's spelling of the same: filled when omitted.
      (sqlite.integer(name).primaryKey() as unknown as ReturnType<typeof identity<N>>)
    : identity(name);

/**
 * A text column as an index may hold it. PostgreSQL refuses rows whose index entry exceeds 2,700 bytes,
 * and a name or number in a book may have any length; there the first 200 characters are indexed, and
 * a query asks for `eq(short(column), value)` beside `eq(column, value)`.
 */
export const short = <C extends Column>(column: C): C | SQL<string> =>
  onSqlite ? column : sql<string>`left(${column}, 200)`;

/** Columns that an index holds only to spare the table: on SQLite, where rows are in index order. */
export const covering = <C>(...columns: C[]): C[] => (onSqlite ? columns : []);
