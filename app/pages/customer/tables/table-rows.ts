import type { TableStart } from '#app/services/customers/customer-page-data.ts';
import type { RowPage } from '#app/services/customers/row-cursor.ts';

/** The rows of a region that are loaded: one stretch of the whole list, newest first. */
export interface LoadedRows<Row> extends TableStart<Row> {
  /** Which end is being loaded, or a jump elsewhere. */
  loading: 'older' | 'newer' | 'around' | null;
  failed: boolean;
  /** Rows that came by themselves above those in view, since somebody last looked. */
  fresh: number;
}

export const atStart = <Row>(start: TableStart<Row>): LoadedRows<Row> => ({
  ...start,
  loading: null,
  failed: false,
  fresh: 0,
});

export function withOlder<Row>(state: LoadedRows<Row>, page: RowPage<Row>): LoadedRows<Row> {
  const rows = [...state.rows, ...page.rows];
  return { ...state, rows, older: page.older, loading: null, failed: false };
}

export function withNewer<Row>(state: LoadedRows<Row>, page: RowPage<Row>): LoadedRows<Row> {
  const rows = [...page.rows, ...state.rows];
  const firstIndex = page.newer === null ? 0 : Math.max(0, state.firstIndex - page.rows.length);
  return { ...state, rows, newer: page.newer, firstIndex, loading: null, failed: false };
}

export const around = <Row>(state: LoadedRows<Row>, page: RowPage<Row>): LoadedRows<Row> => ({
  ...page,
  count: state.count,
  loading: null,
  failed: false,
  fresh: 0,
});

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Takes in the newest rows as they are now. Rows that have not changed keep their identity and the
 * older ones stay loaded, unless something changed below the top: then what is loaded further down
 * cannot be trusted (balances run on) and is loaded again as one scrolls.
 */
export function refreshed<Row extends object>(
  state: LoadedRows<Row>,
  start: TableStart<Row>,
  keyOf: (row: Row) => string,
): LoadedRows<Row> {
  // Somewhere in the past: the top is not shown, and comes when one scrolls there.
  if (state.newer !== null) return { ...state, count: start.count };
  const known = new Map(state.rows.map((row) => [keyOf(row), row]));
  const rows = start.rows.map((row) => {
    const before = known.get(keyOf(row));
    return before !== undefined && same(before, row) ? before : row;
  });
  const fresh = state.fresh + rows.filter((row) => !known.has(keyOf(row))).length;
  const last = rows.at(-1);
  const index = last === undefined ? -1 : state.rows.indexOf(last);
  if (index < 0) return { ...atStart(start), rows };
  if (rows.length === index + 1 && rows.every((row, i) => row === state.rows[i])) {
    return { ...state, count: start.count };
  }
  const below = state.rows.slice(index + 1);
  const older = below.length === 0 ? start.older : state.older;
  return { ...state, rows: [...rows, ...below], older, count: start.count, fresh };
}
