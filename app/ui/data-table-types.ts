import type { RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { SeverityLevel } from '#app/ui/severity.tsx';

export interface TableColumn<Row extends RowData> {
  id: string;
  header: string;
  /** What the short header means, where it does not say by itself. */
  headerTitle?: string;
  /** What a cell holds besides text; a table of texts only is drawn many times as fast. */
  cell?(this: void, row: Row): ReactNode;
  /** What a cell says, where it is nothing but text. */
  text?(this: void, row: Row): string;
  /** The text is this instant, epoch milliseconds: it becomes a `<time>`. */
  at?(this: void, row: Row): number;
  /** A class of this row's cell only. */
  tone?(this: void, row: Row): string | undefined;
  /** The whole text, where the cell may cut it. */
  title?(this: void, row: Row): string | undefined;
  /** `n`: a number, at the end side. `q`: quiet ink. */
  kind?: 'n' | 'q' | 'n q';
  /** Pixels; a column without shares what is left. */
  width?: number;
  /** Present where people may sort the loaded rows by this column. Null sorts last. */
  sortBy?(this: void, row: Row): string | number | null;
}

export interface TableSort {
  id: string;
  desc: boolean;
}

export interface DataTableProps<Row extends RowData> {
  /** The accessible name. */
  label: string;
  columns: readonly TableColumn<Row>[];
  /** Keep the array's identity while nothing changed: the model is built anew for each. */
  rows: readonly Row[];
  keyOf(this: void, row: Row): string;
  /** All rows there are, loaded or not; -1 where nobody knows. */
  rowCount: number;
  /** How many rows lie before the first loaded one. */
  firstIndex?: number;
  chosenKey?: string | null;
  partnerKeys?: ReadonlySet<string>;
  /** A class of a row. */
  markOf?(this: void, row: Row): string | undefined;
  /** A row that is flagged: shown by shape and colour before its first cell, and said. */
  flagOf?(this: void, row: Row): SeverityLevel | undefined;
  onChoose?(this: void, row: Row): void;
  /** Enter, or a double click. */
  onOpen?(this: void, row: Row): void;
  /** The last (first) loaded rows come into view: load more. */
  onNearEnd?(this: void): void;
  onNearStart?(this: void): void;
  /** Where the caller sorts (on the server), it says how the rows are sorted and is asked to change it. */
  sort?: TableSort | null;
  onSort?(this: void, sort: TableSort | null): void;
  /** Under the rows: loading, failed, or what would be here. */
  note?: ReactNode;
}

/** What a page may ask of a table from outside. */
export interface TableHandle {
  /** Brings a row into view; false where it is not loaded. */
  reveal(key: string, where?: 'nearest' | 'center'): boolean;
  /** Chooses the row `by` places further on and moves the focus there. */
  move(by: number): void;
  /** Focuses the chosen row, else the first one in view. */
  focus(): void;
  /** The keys of the loaded rows as they stand, sorted or not. */
  order(): readonly string[];
  toTop(): void;
}
