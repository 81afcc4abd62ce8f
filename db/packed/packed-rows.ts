import type { Column } from 'drizzle-orm';
import { getTableConfig as postgresTable } from 'drizzle-orm/pg-core';
import type { PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteTable } from 'drizzle-orm/sqlite-core';
import { dialect } from '#db/dialect/dialect.ts';
import { readInTurns } from '#app/lib/event-loop.ts';
import { postgresParts } from '#db/postgres.ts';
import type { PostgresParts } from '#db/postgres.ts';
import type { Read } from '#db/select-types.ts';
import { sqliteParts } from '#db/sqlite.ts';
import type { SqliteParts } from '#db/sqlite.ts';
import { Cells, SEPARATOR_SQL } from '#db/packed/packed-cells.ts';
import { decodeText, encodeText } from '#db/dialect/text-encoding.ts';

/*
 * A sweep reads millions of rows. Handing each value over from C to JavaScript costs more than finding
 * it, so the database joins all rows of a customer into one text, which is split here: half the time.
 */
const onSqlite = dialect === 'sqlite';

/** A column, or one of nullable text in which '' is a value of its own. */
type PackedColumn = Column | { anyText: Column };

/** What of a table is read, in which order within a customer. */
export interface PackedTable<Row> {
  table: PgTable;
  customerId: Column;
  columns: PackedColumn[];
  order: Column[];
  /** SQL that leaves rows out: `and …`. */
  only?: string;
  /** Makes one row of the cells from `at` on. */
  decode(cells: Cells, at: number): Row;
}

const name = (column: Column): string => `"${column.name}"`;

/** A column as text: instants in epoch milliseconds, fractions with all their digits. */
const cellSql = (packed: PackedColumn): string => {
  if ('anyText' in packed) return `coalesce('=' || ${name(packed.anyText)}, '')`;
  const column = packed;
  const type = column.getSQLType();
  let text = name(column);
  if (type.startsWith('timestamp')) text = `(extract(epoch from ${text}) * 1000)::bigint`;
  // As text SQLite gives a real fifteen digits only.
  if (type === 'real') text = `printf('%!.17g', ${text})`;
  if (column.notNull) return text;
  const given = onSqlite ? text : `(${text})::text`;
  return type === 'real'
    ? `case when ${name(column)} is null then '' else ${text} end`
    : `coalesce(${given}, '')`;
};

const tableName = (table: PgTable): string =>
  // On SQLite the tables are SQLite's, typed as PostgreSQL's (see columns.ts).
  (onSqlite ? sqliteTable(table as never) : postgresTable(table)).name;

export const tableNameOf = ({ table }: PackedTable<unknown>): string => tableName(table);

const packedSql = (packed: PackedTable<unknown>, where: string): string => {
  const customer = name(packed.customerId);
  const row = `concat_ws(${SEPARATOR_SQL}, ${packed.columns.map(cellSql).join(', ')})`;
  const rows = `from ${tableName(packed.table)} where ${customer} ${where}${packed.only ?? ''} group by ${customer}`;
  // SQLite walks the index that begins with the customer, and its rows come in that order; asking for
  // it would cost a fifth more. Where the order matters, whoever reads the rows checks it.
  if (onSqlite) return `select ${customer}, group_concat(${row}, ${SEPARATOR_SQL}) ${rows}`;
  const order = packed.order.map(name).join(', ');
  return `select ${customer}, string_agg(${row}, ${SEPARATOR_SQL} order by ${order}) ${rows}`;
};

/** Customers by id; `range`: all between the first and the last are wanted, and these are they. */
export interface CustomerBatch {
  ids: readonly string[];
  range: boolean;
}

type PackedRow = [customerId: string, packed: string];
type Tables = Record<string, PackedTable<unknown>>;
type RowOf<P> = P extends PackedTable<infer Row> ? Row : never;

/** For each table the rows of each customer, in the table's order; customers without rows are missing. */
export type PackedRows<T extends Tables> = { [K in keyof T]: Map<string, RowOf<T[K]>[]> };

const fromSqlite = (
  { reader, reads }: SqliteParts,
  tables: Tables,
  { ids, range }: CustomerBatch,
): PackedRow[][] => {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return Object.values(tables).map(() => []);
  const spans = range ? [[first, last]] : ids.map((id) => [id, id]);
  const readTable = (table: PackedTable<unknown>): PackedRow[] => {
    const statement = reads.prepare(packedSqlOf(table, 'between ? and ?')).raw();
    // `packedSql` selects these two columns.
    return spans.flatMap((span) => statement.all(...span.map(encodeText)) as PackedRow[]);
  };
  // One transaction: another process may write between two tables.
  return reader.transaction(() => Object.values(tables).map(readTable))();
};

const fromPostgres = async (
  { client, reads }: PostgresParts,
  tables: Tables,
  { ids, range }: CustomerBatch,
): Promise<PackedRow[][]> => {
  const values = range ? [ids[0] ?? '', ids.at(-1) ?? ''].map(encodeText) : [ids.map(encodeText)];
  const answers: PackedRow[][] = [];
  for (const table of Object.values(tables)) {
    const text = packedSqlOf(table, range ? 'between $1 and $2' : '= any($1::text[])');
    const query = { text, values, rowMode: 'array' as const };
    answers.push((await (client ?? reads).query<PackedRow>(query)).rows);
  }
  return answers;
};

const built = new Map<PackedTable<unknown>, Map<string, string>>();
/** The statement that packs a table's rows by customer; `where` goes on after the customer id. */
export const packedSqlOf = (packed: PackedTable<unknown>, where: string): string => {
  const texts = built.get(packed) ?? new Map<string, string>();
  built.set(packed, texts);
  const text = texts.get(where) ?? packedSql(packed, where);
  texts.set(where, text);
  return text;
};

/** Reads a batch of customers from several tables: on SQLite in one glance, on PostgreSQL one by one. */
export const readPacked = async <T extends Tables>(
  read: Read,
  tables: T,
  batch: CustomerBatch,
): Promise<PackedRows<T>> => {
  const sqlite = sqliteParts(read);
  const postgres = postgresParts(read);
  const answers = sqlite
    ? await readInTurns(() => fromSqlite(sqlite, tables, batch))
    : postgres && (await fromPostgres(postgres, tables, batch));
  if (!answers) throw new Error('books are read through the read of a store');
  const decoded = Object.entries(tables).map(([key, table], i) => [
    key,
    new Map((answers[i] ?? []).map(([id, text]) => [decodeText(id), decodeAll(table, text)])),
  ]);
  // Each table's own `decode` has made its rows.
  return Object.fromEntries(decoded) as PackedRows<T>;
};

/** The rows that a packed text holds. */
export const decodeAll = <Row>(packed: PackedTable<Row>, text: string): Row[] => {
  const cells = new Cells(text);
  const rows: Row[] = [];
  for (let at = 0; at < cells.count; at += packed.columns.length)
    rows.push(packed.decode(cells, at));
  return rows;
};
