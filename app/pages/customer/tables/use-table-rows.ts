import { useCallback, useEffect, useRef, useState } from 'react';
import {
  around,
  atStart,
  refreshed,
  withNewer,
  withOlder,
} from '#app/pages/customer/tables/table-rows.ts';
import type { LoadedRows } from '#app/pages/customer/tables/table-rows.ts';
import type { TableStart } from '#app/services/customers/customer-page-data.ts';
import type { CustomerTable, RowPage } from '#app/services/customers/row-cursor.ts';

export interface TableRowsState<Row> extends LoadedRows<Row> {
  loadOlder(): void;
  loadNewer(): void;
  /** The fresh rows have been seen. */
  seeFresh(): void;
  /** Back to the top of the list. */
  loadNewest(): Promise<boolean>;
  /** Answers whether the region holds that record. */
  loadAround(ref: string): Promise<boolean>;
}

async function fetchPage<Row>(address: string): Promise<RowPage<Row> | null> {
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`rows could not be loaded: ${answer.status}`);
  // What our own /rows resource answers.
  return ((await answer.json()) as { page: RowPage<Row> | null }).page;
}

/**
 * The rows of one region, loaded a page at a time as one scrolls.
 * @param address of further rows, without saying which: ends in `&`.
 */
export function useTableRows<Row extends object>(
  region: CustomerTable,
  start: TableStart<Row>,
  keyOf: (row: Row) => string,
  address: string,
): TableRowsState<Row> {
  const [state, setState] = useState(() => atStart(start));
  const now = useRef(state);
  const set = useCallback((change: (before: LoadedRows<Row>) => LoadedRows<Row>) => {
    now.current = change(now.current);
    setState(now.current);
  }, []);
  const first = useRef(start);
  useEffect(() => {
    if (first.current === start) return;
    first.current = start;
    set((before) => refreshed(before, start, keyOf));
  }, [start, keyOf, set]);

  const load = useCallback(
    async (
      loading: NonNullable<LoadedRows<Row>['loading']>,
      which: string,
      take: (before: LoadedRows<Row>, page: RowPage<Row>) => LoadedRows<Row>,
    ): Promise<boolean> => {
      if (now.current.loading !== null && loading !== 'around') return false;
      set((before) => ({ ...before, loading, failed: false }));
      const draft = now.current.rows;
      try {
        const page = await fetchPage<Row>(`${address}region=${region}&${which}`);
        // The list was changed meanwhile (news came, or a jump was made): this page no longer fits.
        const fits = loading === 'around' || now.current.rows === draft;
        set((before) =>
          page === null || !fits ? { ...before, loading: null } : take(before, page),
        );
        return page !== null;
      } catch {
        set((before) => ({ ...before, loading: null, failed: true }));
        return false;
      }
    },
    [address, region, set],
  );

  const loadOlder = useCallback(() => {
    const { older } = now.current;
    if (older !== null) void load('older', `older=${encodeURIComponent(older)}`, withOlder);
  }, [load]);
  const loadNewer = useCallback(() => {
    const { newer } = now.current;
    if (newer !== null) void load('newer', `newer=${encodeURIComponent(newer)}`, withNewer);
  }, [load]);
  const loadAround = useCallback(
    (ref: string) => load('around', `around=${encodeURIComponent(ref)}`, around),
    [load],
  );
  const loadNewest = useCallback(() => load('around', 'newest', around), [load]);
  const seeFresh = useCallback(() => set((before) => ({ ...before, fresh: 0 })), [set]);
  return { ...state, seeFresh, loadOlder, loadNewer, loadAround, loadNewest };
}
