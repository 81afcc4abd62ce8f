import type { RecordType } from '#app/domain/book/records.ts';
import type { RecordRows } from '#db/upsert/record-rows.ts';
import { RECORD_TABLES } from '#db/upsert/record-tables.ts';
import type { RecordTable } from '#db/upsert/record-tables.ts';
import type { Tx } from '#db/select-types.ts';
import { sqliteParts } from '#db/sqlite.ts';
import type { StatementCache } from '#db/statement-cache.ts';

/* Written with the driver's own statements: Drizzle's inserts are five times as slow. */

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

const insertSql = ({ name, columns }: RecordTable): string =>
  `insert into ${name} (${columns.join(', ')}) values (${marks(columns.length)})
   on conflict do nothing`;

/** Takes the values but the key, the key, the values again: rows that differ are overwritten. */
const updateSql = ({ name, columns: [key, ...rest] }: RecordTable): string =>
  `update ${name} set ${rest.map((column) => `${column} = ?`).join(', ')}
   where ${key} = ? and (${rest.map((column) => `${column} is not ?`).join(' or ')})`;

const NAME_KEY = `insert into name_key (type, record_id, customer_id, folded) values (?, ?, ?, ?)
  on conflict (type, record_id) do update
  set customer_id = excluded.customer_id, folded = excluded.folded
  where folded is not excluded.folded or customer_id is not excluded.customer_id`;

const writeTable = (
  statements: StatementCache,
  table: RecordTable,
  values: unknown[],
  changed: Set<unknown>,
): void => {
  const { name, columns, customerAt } = table;
  const width = columns.length;
  const insert = statements.prepare(insertSql(table));
  const update = statements.prepare(updateSql(table));
  const ownerColumn = columns[customerAt];
  const owner =
    ownerColumn === undefined
      ? null
      : statements.prepare(`select ${ownerColumn} from ${name} where ${columns[0]} = ?`).pluck();
  for (let at = 0; at < values.length; at += width) {
    const row = values.slice(at, at + width);
    if (insert.run(row).changes === 0) {
      const before = owner?.get(row[0]);
      const rest = row.slice(1);
      if (update.run([...rest, row[0], ...rest]).changes === 0) continue;
      if (before !== undefined) changed.add(before);
    }
    if (customerAt >= 0) changed.add(row[customerAt]);
  }
};

export const upsertOnSqlite = (tx: Tx, { byType, nameKeys }: RecordRows): Set<string> => {
  const parts = sqliteParts(tx);
  if (!parts) throw new Error('records are written with the tx of a SQLite store');
  const changed = new Set<unknown>();
  // The keys of RecordRows are record types.
  for (const [type, values] of Object.entries(byType) as [RecordType, unknown[]][]) {
    writeTable(parts.writes, RECORD_TABLES[type], values, changed);
  }
  const putName = parts.writes.prepare(NAME_KEY);
  for (let at = 0; at < nameKeys.length; at += 4) putName.run(nameKeys.slice(at, at + 4));
  // Owners are what the text column of customer ids holds.
  return changed as Set<string>;
};
