import { useNavigate } from '@remix-run/react';
import { useMemo, useState } from 'react';
import { requestPath } from '#app/pages/shared/paths.ts';
import { closedColumns } from '#app/pages/requests/queue/request-columns.tsx';
import type { ShownRequest } from '#app/pages/requests/queue/request-columns.tsx';
import { writeCursor } from '#app/pages/shared/request-paths.ts';
import { useInfiniteList } from '#app/pages/shared/use-infinite-list.ts';
import type {
  SettledCursor,
  ClosedRequests,
} from '#app/services/requests/views/load-request-queue.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';

const keyOf = ({ id }: Pick<ShownRequest, 'id'>): string => id;
const CLOSED = {
  keyOf,
  addressOf: (next: SettledCursor): string =>
    `/requests/settled?after=${encodeURIComponent(writeCursor(next))}`,
};

/** Closed requests, the latest first, lengthened by scrolling. */
export function ClosedRequestsView({ page }: { page: ClosedRequests & { now: number } }) {
  const { kept, loadMore, loading } = useInfiniteList(page, CLOSED);
  const [chosen, setChosen] = useState<string | null>(null);
  const navigate = useNavigate();
  const columns = useMemo(() => closedColumns(page.now), [page.now]);
  const shown = useMemo(() => kept.rows.map((row) => ({ ...row, gone: false })), [kept.rows]);
  return (
    <DataTable
      label="Closed requests"
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
        kept.rows.length === 0 ? (
          <EmptyState title="No closed requests yet">
            Requests that are done, rejected, withdrawn, failed or expired appear here.
          </EmptyState>
        ) : loading ? (
          'Loading more…'
        ) : null
      }
    />
  );
}
