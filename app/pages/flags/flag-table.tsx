import { forwardRef, useMemo } from 'react';
import { flagColumns } from '#app/pages/flags/flag-columns.tsx';
import type { ShownLine } from '#app/pages/shared/merge-rows.ts';
import { QueueEmpty } from '#app/pages/flags/queue-empty.tsx';
import type { QueueRows } from '#app/pages/flags/use-queue-rows.ts';
import type { FlagQueue } from '#app/services/flags/load-flag-queue.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import type { TableHandle } from '#app/ui/data-table-types.ts';

interface FlagTableProps {
  queue: Pick<FlagQueue, 'now' | 'total' | 'hasBook'>;
  list: QueueRows;
  chosenId: string | null;
  filters: URLSearchParams;
  onChoose: (id: string) => void;
  onOpen: (row: ShownLine) => void;
}

const keyOf = ({ id }: ShownLine): string => id;
const markOf = ({ gone }: ShownLine): string | undefined => (gone ? 'gone' : undefined);

export const FlagTable = forwardRef<TableHandle, FlagTableProps>(function FlagTable(
  { queue, list, chosenId, filters, onChoose, onOpen },
  ref,
) {
  const columns = useMemo(() => flagColumns(queue.now), [queue.now]);
  const empty =
    list.rows.length === 0 ? <QueueEmpty hasBook={queue.hasBook} filters={filters} /> : null;
  return (
    <DataTable
      ref={ref}
      label="Flags"
      columns={columns}
      rows={list.rows}
      keyOf={keyOf}
      rowCount={queue.total}
      chosenKey={chosenId}
      markOf={markOf}
      onChoose={(row) => onChoose(row.id)}
      onOpen={onOpen}
      onNearEnd={list.loadMore}
      note={empty ?? (list.loading ? 'Loading more…' : null)}
    />
  );
});
