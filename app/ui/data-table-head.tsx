import type { RowData } from '@tanstack/react-table';
import type { TableColumn, TableSort } from '#app/ui/data-table-types.ts';

interface HeadProps<Row extends RowData> {
  columns: readonly TableColumn<Row>[];
  sort: TableSort | null;
  /** Absent until the page is alive, and where nothing can be sorted. */
  onSort?: (sort: TableSort | null) => void;
  /** Somebody is about to sort. */
  onNearSort?: (() => void) | undefined;
}

/** First ascending, then descending, then the order in which the rows came. */
function nextSort(id: string, sort: TableSort | null): TableSort | null {
  if (sort?.id !== id) return { id, desc: false };
  return sort.desc ? null : { id, desc: true };
}

const ariaSort = (id: string, sort: TableSort | null) =>
  sort?.id !== id ? 'none' : sort.desc ? 'descending' : 'ascending';

export function TableHead<Row extends RowData>(props: HeadProps<Row>) {
  const { columns, sort, onSort, onNearSort } = props;
  return (
    <>
      <colgroup>
        {columns.map(({ id, width }) => (
          <col key={id} width={width} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ id, header, headerTitle, kind, sortBy }) => (
            <th
              key={id}
              scope="col"
              className={kind?.startsWith('n') ? 'n' : undefined}
              title={headerTitle}
              aria-sort={sortBy === undefined ? undefined : ariaSort(id, sort)}
            >
              {sortBy === undefined ? (
                header
              ) : (
                <button
                  type="button"
                  onPointerEnter={onNearSort}
                  onFocus={onNearSort}
                  onClick={() => onSort?.(nextSort(id, sort))}
                >
                  {header}
                  {sort?.id === id ? <span aria-hidden>{sort.desc ? ' ↓' : ' ↑'}</span> : null}
                </button>
              )}
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}
