import type pg from 'pg';
import type { RecordType } from '#app/domain/book/records.ts';
import { postgresParts } from '#db/postgres.ts';
import type { RecordRows } from '#db/upsert/record-rows.ts';
import { RECORD_TABLES } from '#db/upsert/record-tables.ts';
import type { RecordTable } from '#db/upsert/record-tables.ts';
import type { Tx } from '#db/select-types.ts';

/** Rows of one statement; its values are sent as one array a column. */
const CHUNK = 5_000;

/** The last row of each key: one statement may not touch a row twice. */
const lastOfEach = (values: unknown[], width: number): unknown[][] => {
  const rows = new Map<unknown, unknown[]>();
  for (let at = 0; at < values.length; at += width) {
    rows.set(values[at], values.slice(at, at + width));
  }
  return [...rows.values()];
};

const upsertSql = ({ name, columns: [key, ...rest], types }: RecordTable): string => {
  const all = [key, ...rest].join(', ');
  const arrays = types.map((type, at) => `$${at + 1}::${type}[]`).join(', ');
  const row = (of: string): string => `(${rest.map((column) => `${of}.${column}`).join(', ')})`;
  return `insert into ${name} as old (${all}) select * from unnest(${arrays})
    on conflict (${key}) do update
    set ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}
    where row${row('old')} is distinct from row${row('excluded')}
    returning ${key}`;
};

/** The customers of the records, by record id, before they are written. */
const ownersOf = async (
  client: pg.PoolClient,
  { name, columns, customerAt }: RecordTable,
  ids: unknown[],
): Promise<Map<unknown, unknown>> => {
  const text = `select ${columns[0]}, ${columns[customerAt]} from ${name} where ${columns[0]} = any($1::text[])`;
  const { rows } = await client.query<unknown[]>({ text, values: [ids], rowMode: 'array' });
  return new Map(rows.map(([id, owner]) => [id, owner]));
};

const writeChunk = async (
  client: pg.PoolClient,
  table: RecordTable,
  rows: unknown[][],
  changed: Set<unknown>,
): Promise<void> => {
  const ids = rows.map((row) => row[0]);
  const owners = table.customerAt > 0 ? await ownersOf(client, table, ids) : new Map();
  const { rows: written } = await client.query<unknown[]>({
    text: upsertSql(table),
    values: table.columns.map((_, at) => rows.map((row) => row[at])),
    rowMode: 'array',
  });
  if (table.customerAt < 0) return;
  const after = new Map(rows.map((row) => [row[0], row[table.customerAt]]));
  for (const [id] of written) {
    changed.add(after.get(id));
    if (owners.has(id)) changed.add(owners.get(id));
  }
};

const writeNames = async (client: pg.PoolClient, nameKeys: string[]): Promise<void> => {
  const rows = new Map<string, string[]>();
  for (let at = 0; at < nameKeys.length; at += 4) {
    const row = nameKeys.slice(at, at + 4);
    rows.set(row.slice(0, 2).join(' '), row);
  }
  const all = [...rows.values()];
  await client.query(
    `insert into name_key as old (type, record_id, customer_id, folded)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
     on conflict (type, record_id) do update
     set customer_id = excluded.customer_id, folded = excluded.folded
     where (old.customer_id, old.folded) is distinct from (excluded.customer_id, excluded.folded)`,
    [0, 1, 2, 3].map((at) => all.map((row) => row[at])),
  );
};

export const upsertOnPostgres = async (
  tx: Tx,
  { byType, nameKeys }: RecordRows,
): Promise<Set<string>> => {
  const client = postgresParts(tx)?.client;
  if (!client) throw new Error('records are written with the tx of a PostgreSQL store');
  const changed = new Set<unknown>();
  // The keys of RecordRows are record types.
  for (const [type, values] of Object.entries(byType) as [RecordType, unknown[]][]) {
    const table = RECORD_TABLES[type];
    const rows = lastOfEach(values, table.columns.length);
    for (let at = 0; at < rows.length; at += CHUNK) {
      await writeChunk(client, table, rows.slice(at, at + CHUNK), changed);
    }
  }
  if (nameKeys.length) await writeNames(client, nameKeys);
  // Owners are what the text column of customer ids holds.
  return changed as Set<string>;
};
