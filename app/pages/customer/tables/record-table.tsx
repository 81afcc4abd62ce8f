import type { ReactNode, RefObject } from 'react';
import type { RowData } from '@tanstack/react-table';
import type { SelectedRecord } from '#app/pages/customer/tables/use-selected-record.ts';
import type { TableRowsState } from '#app/pages/customer/tables/use-table-rows.ts';
import type { Severity } from '#app/domain/rules/rule.ts';
import { Button } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { TableColumn, TableHandle } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Kbd } from '#app/ui/kbd.tsx';

interface RegionTableProps<Row extends RowData> {
  name: 'Ledger' | 'Payments' | 'Generations';
  /** The key that leads here. */
  keyName: string;
  /** Behind another tab, where the window is too narrow for three. */
  behind: boolean;
  rows: TableRowsState<Row>;
  columns: readonly TableColumn<Row>[];
  keyOf: (row: Row) => string;
  choice: SelectedRecord;
  flagged: ReadonlyMap<string, Severity>;
  table: RefObject<TableHandle>;
  onOpen: (row: Row) => void;
  /** What would be here. */
  empty: string;
}

/** One of the three regions: its name, its rows, and what is to be said under them. */
export function RecordTable<Row extends RowData>(props: RegionTableProps<Row>) {
  const { name, keyName, behind, rows, columns, keyOf, choice, flagged, table, onOpen, empty } =
    props;
  const { older, newer } = rows;
  return (
    <section
      id={`region-${name.toLowerCase()}`}
      aria-label={name}
      className={`flex min-h-0 min-w-0 flex-col ${behind ? 'max-[899px]:hidden' : ''}`}
    >
      <div className="flex h-7 flex-none items-center gap-2 px-3">
        <span className="max-[899px]:hidden">
          <Kbd>{keyName}</Kbd>
        </span>
        <h2>{name}</h2>
        <RowCount rows={rows} />
        <ToTop rows={rows} table={table} />
      </div>
      <DataTable
        ref={table}
        label={name}
        rows={rows.rows}
        columns={columns}
        keyOf={keyOf}
        rowCount={rows.count}
        firstIndex={rows.firstIndex}
        chosenKey={choice.ref}
        partnerKeys={choice.partners}
        flagOf={(row) => flagged.get(keyOf(row))}
        onChoose={(row) => choice.choose(keyOf(row))}
        onOpen={onOpen}
        onNearEnd={older === null ? undefined : rows.loadOlder}
        onNearStart={newer === null ? undefined : rows.loadNewer}
        note={<Note rows={rows} empty={empty} />}
      />
    </section>
  );
}

/** The way back to the newest rows, from somewhere else or where some have just come. */
function ToTop<Row>({ rows, table }: { rows: TableRowsState<Row>; table: RefObject<TableHandle> }) {
  const { newer, fresh } = rows;
  if (newer === null && fresh === 0) return null;
  const go = async () => {
    if (newer !== null) await rows.loadNewest();
    table.current?.toTop();
    rows.seeFresh();
  };
  return (
    <Button look="plain" className="ms-auto" onClick={() => void go()}>
      {newer === null ? `${fresh} new ↑` : 'Newest ↑'}
    </Button>
  );
}

const RowCount = ({ rows: { count } }: { rows: { count: number } }) =>
  count < 0 ? null : <span className="number text-ink-quiet">{count.toLocaleString('en-US')}</span>;

function Note<Row>({ rows, empty }: { rows: TableRowsState<Row>; empty: string }): ReactNode {
  if (rows.rows.length === 0) return <EmptyState title={empty} />;
  if (rows.failed) {
    return (
      <span role="alert">
        Older rows could not be loaded.{' '}
        <Button look="plain" onClick={rows.loadOlder}>
          Try again
        </Button>
      </span>
    );
  }
  if (rows.older !== null) return 'Older rows are loading…';
  return null;
}
