import type { RowData } from '@tanstack/react-table';
import { memo } from 'react';
import type { ReactElement } from 'react';
import type { TableColumn } from '#app/ui/data-table-types.ts';

interface RowProps<Row extends RowData> {
  row: Row;
  columns: readonly TableColumn<Row>[];
  /** Place among the loaded rows. */
  index: number;
  /** Place among all rows, the header being 1. */
  ariaIndex: number;
  chosen: boolean;
  partner: boolean;
  mark: string | undefined;
}

function Row<R extends RowData>({
  row,
  columns,
  index,
  ariaIndex,
  chosen,
  partner,
  mark,
}: RowProps<R>) {
  const names = partner ? (mark === undefined ? 'partner' : `partner ${mark}`) : mark;
  return (
    <tr
      data-index={index}
      aria-rowindex={ariaIndex}
      aria-current={chosen || undefined}
      className={names}
      tabIndex={-1}
    >
      {columns.map((column) => (
        <td key={column.id} className={column.kind} title={column.title?.(row)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** Memoised: choosing a row renders the rows whose marks changed and no others. */
// `memo` forgets that the component is generic; the cast only says so again.
export const TableRow = memo(Row) as <R extends RowData>(props: RowProps<R>) => ReactElement;
