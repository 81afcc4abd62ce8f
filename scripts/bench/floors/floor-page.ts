import type { Database, Statement } from 'better-sqlite3';

type Row = Record<string, string | number | null>;

const COLUMNS = {
  ledger_entry: [
    'occurred_at',
    'kind',
    'credits',
    'balance_after',
    'member_id',
    'payment_id',
    'id',
  ],
  payment: ['created_at', 'amount', 'currency', 'card_last4', 'credits', 'status', 'id'],
  generation: ['started_at', 'kind', 'model', 'tier', 'resolution', 'count', 'status', 'id'],
} as const;
const TIME = { ledger_entry: 'occurred_at', payment: 'created_at', generation: 'started_at' };

type Region = keyof typeof COLUMNS;
const REGIONS: Region[] = ['ledger_entry', 'payment', 'generation'];

export interface FloorQueries {
  customer: Statement;
  latest: [Region, Statement][];
}

/** The queries that no page of a customer can do without: the customer and the latest 100 of each. */
export const prepareFloor = (database: Database): FloorQueries => ({
  customer: database.prepare('select * from customer where id = ?'),
  latest: REGIONS.map((region) => [
    region,
    database.prepare(
      `select ${COLUMNS[region].join(', ')} from ${region} where customer_id = ?
       order by customer_id desc, ${TIME[region]} desc, id desc limit 100`,
    ),
  ]),
});

/** Runs the queries and builds nothing. Returns the rows read. */
export function queryFloor({ customer, latest }: FloorQueries, id: string): number {
  const rows = latest.map(([, statement]) => statement.all(id).length);
  return rows.reduce((sum, count) => sum + count, customer.get(id) === undefined ? 0 : 1);
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (value: string | number | null | undefined): string =>
  value == null ? '' : String(value).replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE =
  'body{font:13px system-ui;margin:8px}main{display:grid;grid-template-columns:repeat(3,1fr);gap:8px}' +
  'table{border-collapse:collapse;font-variant-numeric:tabular-nums}td,th{padding:4px;text-align:left}';

/** A hand-concatenated page: no framework, no script, no time zones, the least that shows the rows. */
export function floorPage(queries: FloorQueries, id: string): string | undefined {
  // The columns are ours, so the rows have them.
  const customer = queries.customer.get(id) as Row | undefined;
  if (customer === undefined) return undefined;
  let html =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(customer['name'])}</title>` +
    `<style>${STYLE}</style></head><body><h1>${escape(customer['name'])}</h1>` +
    `<p>${escape(id)} ${escape(customer['email'])} ${escape(customer['reported_balance'])}</p><main>`;
  for (const [region, statement] of queries.latest) {
    html += `<section><h2>${region}</h2><table><thead><tr>`;
    for (const column of COLUMNS[region]) html += `<th>${column}</th>`;
    html += '</tr></thead><tbody>';
    for (const row of statement.all(id) as Row[]) {
      html += '<tr>';
      for (const column of COLUMNS[region]) html += `<td>${cell(column, row[column] ?? null)}</td>`;
      html += '</tr>';
    }
    html += '</tbody></table></section>';
  }
  return `${html}</main></body></html>`;
}

const cell = (column: string, value: string | number | null): string =>
  column.endsWith('_at') && typeof value === 'number'
    ? new Date(value).toISOString()
    : escape(value);
