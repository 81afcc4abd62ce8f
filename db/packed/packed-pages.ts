import type { Column } from 'drizzle-orm';
import { dialect } from '#db/dialect/dialect.ts';
import { readInTurns } from '#app/lib/event-loop.ts';
import { decodeAll, packedSqlOf, tableNameOf } from '#db/packed/packed-rows.ts';
import type { PackedTable } from '#db/packed/packed-rows.ts';
import { postgresParts } from '#db/postgres.ts';
import type { Read } from '#db/select-types.ts';
import { sqliteParts } from '#db/sqlite.ts';
import { encodeText } from '#db/dialect/text-encoding.ts';

/** Rows of a page: few enough that reading and decoding them takes a few milliseconds. */
const PAGE_ROWS = 2_000;

const onSqlite = dialect === 'sqlite';
type Key = readonly unknown[];

const name = (column: Column): string => `"${column.name}"`;

/** Runs a statement with `?` for its values, on the store that `read` belongs to. */
const runner = (read: Read): ((sql: string, values: Key) => Promise<unknown[][]>) => {
  const sqlite = sqliteParts(read);
  if (sqlite)
    // A raw statement answers arrays.
    return (sql, values) =>
      readInTurns(
        () =>
          sqlite.reads
            .prepare(sql)
            .raw()
            .all(...values) as unknown[][],
      );
  const postgres = postgresParts(read);
  if (!postgres) throw new Error('books are read through the read of a store');
  return async (text, values) => {
    const query = { text, values: [...values], rowMode: 'array' as const };
    return (await (postgres.client ?? postgres.reads).query<unknown[]>(query)).rows;
  };
};

/** Placeholders from the `first` on, for the columns of a key. */
const holders = (order: readonly Column[], first: number): string =>
  order
    .map((column, i) =>
      onSqlite ? '?' : `$${first + i}::${column.getSQLType().split(' collate')[0]}`,
    )
    .join(', ');

/** A key as text on PostgreSQL, whose driver would round an instant. */
const keyOf = (order: readonly Column[]): string =>
  order.map((column) => (onSqlite ? name(column) : `${name(column)}::text`)).join(', ');

/**
 * The rows of one customer in a table's order, read page by page along the table's index; `turn` is awaited
 * between two pages. Other writes may come in between: the caller sees to it that none has.
 */
export const readTableInPages = async <Row>(
  read: Read,
  table: PackedTable<Row>,
  customerId: string,
  turn: () => Promise<void>,
): Promise<Row[]> => {
  const run = runner(read);
  const { order } = table;
  const columns = order.map(name).join(', ');
  const customer = name(table.customerId);
  const id = encodeText(customerId);
  const rows: Row[] = [];
  const first = onSqlite ? '?' : '$1';
  for (let after: Key | null = null; ;) {
    const beyond = after === null ? '' : ` and (${columns}) > (${holders(order, 2)})`;
    const from: unknown[] = [id, ...(after ?? [])];
    const [last] = await run(
      `select ${keyOf(order)} from ${tableNameOf(table)} where ${customer} = ${first}${beyond} order by ${columns} limit 1 offset ${PAGE_ROWS - 1}`,
      from,
    );
    const until =
      last === undefined ? '' : ` and (${columns}) <= (${holders(order, 1 + from.length)})`;
    const where = `= ${first}${beyond}${until}`;
    const [packed] = await run(packedSqlOf(table, where), [...from, ...(last ?? [])]);
    // The statement selects the customer and the packed rows.
    if (packed !== undefined)
      for (const row of decodeAll(table, packed[1] as string)) rows.push(row);
    if (last === undefined) return rows;
    after = last;
    await turn();
  }
};
