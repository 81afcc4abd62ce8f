import type { RowData } from '@tanstack/react-table';
import { memo } from 'react';
import type { ReactElement } from 'react';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { FLAG_SIGNS } from '#app/ui/flag-icons.ts';
import type { SeverityLevel } from '#app/ui/severity.tsx';

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
  flag: SeverityLevel | undefined;
}

function Row<R extends RowData>(props: RowProps<R>) {
  const { row, columns, index, ariaIndex, chosen, partner, mark, flag } = props;
  const names = partner ? (mark === undefined ? 'partner' : `partner ${mark}`) : mark;
  return (
    <tr
      data-index={index}
      aria-rowindex={ariaIndex}
      aria-current={chosen || undefined}
      className={names}
      tabIndex={-1}
    >
      {columns.map((column, i) => (
        <td key={column.id} className={classOf(column, row)} title={column.title?.(row)}>
          {i === 0 && flag !== undefined ? <FlagSign level={flag} /> : null}
          {contentOf(column, row)}
        </td>
      ))}
    </tr>
  );
}

export function classOf<R extends RowData>(
  { kind, tone }: TableColumn<R>,
  row: R,
): string | undefined {
  const own = tone?.(row);
  return own === undefined ? kind : `${kind ?? ''} ${own}`;
}

function contentOf<R extends RowData>({ cell, text, at }: TableColumn<R>, row: R) {
  if (cell !== undefined) return cell(row);
  const words = text?.(row) ?? '';
  return at === undefined ? words : <time dateTime={new Date(at(row)).toISOString()}>{words}</time>;
}

const FlagSign = ({ level }: { level: SeverityLevel }) => (
  <b className={`flagged ${level}`}>
    {FLAG_SIGNS[level]}
    <span className="sr-only"> flagged, {level} </span>
  </b>
);

/** Memoised: choosing a row renders the rows whose marks changed and no others. */
// `memo` forgets that the component is generic; the cast only says so again.
export const TableRow = memo(Row) as <R extends RowData>(props: RowProps<R>) => ReactElement;
