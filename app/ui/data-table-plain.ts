import type { RowData } from '@tanstack/react-table';
import { classOf } from '#app/ui/data-table-row.tsx';
import type { DataTableProps, TableColumn } from '#app/ui/data-table-types.ts';
import { FLAG_SIGNS } from '#app/ui/flag-icons.ts';

/*
 * The one place where markup is written as text: the first rows of tables that hold nothing but text.
 * A page has some five hundred such cells, and as elements they cost more than all the rest of it.
 * Whatever comes from outside goes through `escaped`, here and nowhere else.
 */

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and as an attribute's value in double quotes. */
const escaped = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '') : text;

const isPlain = <Row extends RowData>(columns: readonly TableColumn<Row>[]): boolean =>
  columns.every(({ cell, title, text }) => !cell && !title && text);

function cellMarkup<Row extends RowData>(column: TableColumn<Row>, row: Row, sign: string): string {
  const { text, at } = column;
  const names = classOf(column, row);
  const words = escaped(text?.(row) ?? '');
  const content =
    at === undefined
      ? words
      : `<time datetime="${new Date(at(row)).toISOString()}">${words}</time>`;
  return names === undefined
    ? `<td>${sign}${content}</td>`
    : `<td class="${escaped(names)}">${sign}${content}</td>`;
}

/** The rows' markup, the same that `TableRow` makes; null where a column holds more than text. */
export function plainRows<Row extends RowData>(
  props: Pick<DataTableProps<Row>, 'rows' | 'columns' | 'firstIndex' | 'markOf' | 'flagOf'>,
): string | null {
  const { rows, columns, firstIndex = 0, markOf, flagOf } = props;
  if (!isPlain(columns)) return null;
  let markup = '';
  for (const [index, row] of rows.entries()) {
    const mark = markOf?.(row);
    const flag = flagOf?.(row);
    const sign =
      flag === undefined
        ? ''
        : `<b class="flagged ${flag}">${FLAG_SIGNS[flag]}<span class="sr-only"> flagged, ${flag} </span></b>`;
    const names = mark === undefined ? '' : ` class="${escaped(mark)}"`;
    markup += `<tr data-index="${index}" aria-rowindex="${firstIndex + index + 2}"${names} tabindex="-1">`;
    for (const [i, column] of columns.entries()) {
      markup += cellMarkup(column, row, i === 0 ? sign : '');
    }
    markup += '</tr>';
  }
  return markup;
}
