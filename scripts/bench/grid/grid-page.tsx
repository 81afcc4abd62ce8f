import { createRoot } from 'react-dom/client';
import '#app/ui/app.css';
import { DataTable } from '#app/ui/data-table.tsx';
import type { TableColumn } from '#app/ui/data-table-types.ts';

/*
 * A page of nothing but the one table with 100,000 rows. Built by the bench alone, never part of the
 * program.
 */
interface Row {
  id: string;
  at: number;
  kind: string;
  credits: number;
  balance: number;
}

const ROWS = 100_000;
const KINDS = ['usage', 'usage', 'usage', 'purchase', 'return', 'adjustment'];

function makeRows(): Row[] {
  let seed = 7;
  let balance = 0;
  return Array.from({ length: ROWS }, (_, index) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const credits = (seed % 401) - 200;
    balance += credits;
    return {
      id: `le_${index}`,
      at: 1_770_000_000_000 + index * 60_000,
      kind: KINDS[seed % KINDS.length] ?? 'usage',
      credits,
      balance,
    };
  });
}

const COLUMNS: TableColumn<Row>[] = [
  { id: 'at', header: 'time', cell: (row) => new Date(row.at).toISOString().slice(5, 16) },
  { id: 'kind', header: 'kind', cell: (row) => row.kind, sortBy: (row) => row.kind },
  {
    id: 'credits',
    header: 'credits',
    kind: 'n',
    cell: (row) => String(row.credits),
    sortBy: (row) => row.credits,
  },
  { id: 'balance', header: 'balance', kind: 'n', cell: (row) => String(row.balance) },
];

const rows = makeRows();
const keyOf = (row: Row) => row.id;
performance.mark('rows made');

const root = document.createElement('div');
root.style.cssText = 'height:100vh;display:flex;flex-direction:column';
document.body.append(root);
createRoot(root).render(
  <DataTable label="Ledger" columns={COLUMNS} rows={rows} keyOf={keyOf} rowCount={rows.length} />,
);
