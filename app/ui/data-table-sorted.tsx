import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { ColumnDef, RowData } from '@tanstack/react-table';
import { useMemo } from 'react';
import { TableBody } from '#app/ui/data-table-body.tsx';
import type { BodyProps } from '#app/ui/data-table-body.tsx';
import type { TableColumn, TableSort } from '#app/ui/data-table-types.ts';

/*
 * The table's model. Its script is fetched when a person first sorts a table: rows that stand in the
 * order in which they came need none.
 */

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** Null comes last, whichever way is asked for: the model turns the answer round for `desc`. */
function compare(a: string | number | null, b: string | number | null, desc: boolean): number {
  if (a === null || b === null) return a === b ? 0 : (a === null) === desc ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function toColumnDef<Row extends RowData>(
  { id, sortBy }: TableColumn<Row>,
  { desc }: TableSort,
): ColumnDef<typeof features, Row> {
  if (sortBy === undefined) return { id, enableSorting: false };
  return {
    id,
    accessorFn: sortBy,
    // Reads the row itself: the model's own value cache costs more than the comparison.
    sortFn: (a, b) => compare(sortBy(a.original), sortBy(b.original), desc),
  };
}

export interface SortedBodyProps<Row extends RowData> extends BodyProps<Row> {
  sort: TableSort;
}

/** The rows in the order people asked for. */
function useSortedRows<Row extends RowData>({
  columns,
  rows,
  sort,
}: SortedBodyProps<Row>): readonly Row[] {
  const defs = useMemo(() => columns.map((column) => toColumnDef(column, sort)), [columns, sort]);
  const sorting = useMemo(() => [sort], [sort]);
  const table = useTable({ features, columns: defs, data: rows, state: { sorting } });
  const model = table.getRowModel();
  return useMemo(() => model.rows.map((row) => row.original), [model]);
}

/** The body of a table that a person has sorted. */
export function SortedBody<Row extends RowData>(props: SortedBodyProps<Row>) {
  const rows = useSortedRows(props);
  return <TableBody {...props} rows={rows} isSorted />;
}
