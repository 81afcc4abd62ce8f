import { useFetcher, useNavigate } from '@remix-run/react';
import { useCallback, useMemo, useState } from 'react';
import { requestPath } from '#app/pages/request-path.ts';
import { settledColumns } from '#app/pages/requests/request-columns.tsx';
import type { ShownRequest } from '#app/pages/requests/request-columns.tsx';
import { writeCursor } from '#app/pages/requests/request-query.ts';
import type { loader } from '#app/pages/requests/settled.page.tsx';
import type { SettledPage } from '#app/services/money/load-requests.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';

const keyOf = ({ id }: ShownRequest): string => id;

/** Settled requests, the latest first, lengthened by scrolling. */
export function SettledWork({ page }: { page: SettledPage & { now: number } }) {
  const { rows, loadMore, loading } = useSettledRows(page);
  const [chosen, setChosen] = useState<string | null>(null);
  const navigate = useNavigate();
  const columns = useMemo(() => settledColumns(page.now), [page.now]);
  const shown = useMemo(() => rows.map((row) => ({ ...row, gone: false })), [rows]);
  return (
    <DataTable
      label="Settled requests"
      columns={columns}
      rows={shown}
      keyOf={keyOf}
      rowCount={-1}
      chosenKey={chosen}
      onChoose={({ id }: ShownRequest) => {
        setChosen(id);
      }}
      onOpen={({ id }: ShownRequest) => navigate(requestPath(id))}
      onNearEnd={loadMore}
      note={
        rows.length === 0 ? (
          <EmptyState title="Nothing has been settled yet">
            Requests that are done, rejected, withdrawn, failed or expired appear here.
          </EmptyState>
        ) : loading ? (
          'Loading more…'
        ) : null
      }
    />
  );
}

function useSettledRows(first: SettledPage) {
  const [kept, setKept] = useState(first);
  const pages = useFetcher<typeof loader>();
  const page = pages.data;
  const [taken, setTaken] = useState(page);
  if (page !== taken) {
    setTaken(page);
    if (page !== undefined && 'rows' in page) {
      // One that has changed in the meantime stands further up already.
      const known = new Set(kept.rows.map(({ id }) => id));
      const added = page.rows.filter(({ id }) => !known.has(id));
      setKept({ rows: [...kept.rows, ...added], next: page.next });
    }
  }
  const loadMore = useCallback(() => {
    if (kept.next === null || pages.state !== 'idle') return;
    pages.load(`/requests/settled?after=${encodeURIComponent(writeCursor(kept.next))}`);
  }, [kept.next, pages]);
  return { rows: kept.rows, loadMore, loading: pages.state !== 'idle' };
}
