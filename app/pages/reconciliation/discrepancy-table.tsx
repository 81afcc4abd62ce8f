import { Link } from '@remix-run/react';
import { useMemo, useState } from 'react';
import { DISCREPANCY_LABELS } from '#app/domain/reconciliation/discrepancy.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { Discrepancies } from '#app/services/reconciliation/load-discrepancies.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { shortUtc } from '#app/ui/time-format.ts';
import { TimeText } from '#app/ui/time-text.tsx';

type Row = Discrepancies['rows'][number];

const keyOf = ({ id }: Row): string => id;

const discrepancyColumns = (now: number): TableColumn<Row>[] => [
  {
    id: 'kind',
    header: 'Discrepancy',
    width: 168,
    sortBy: ({ kind }) => DISCREPANCY_LABELS[kind],
    cell: ({ kind }) => <span className="font-medium">{DISCREPANCY_LABELS[kind]}</span>,
  },
  { id: 'words', header: 'Details', title: ({ words }) => words, text: ({ words }) => words },
  {
    id: 'customer',
    header: 'Customer',
    width: 180,
    sortBy: ({ customerName, customerId }) => (customerName ?? customerId)?.toLowerCase() ?? null,
    cell: ({ customerId, customerName, chargeId }) =>
      customerId === null ? (
        <span className="text-ink-quiet">not in the data</span>
      ) : (
        <Link to={customerPath(customerId, `payment:${chargeId}`)}>
          <bdi>{customerName ?? customerId}</bdi>
        </Link>
      ),
  },
  {
    id: 'since',
    header: 'First seen',
    kind: 'n q',
    width: 110,
    sortBy: ({ firstSeenAt }) => firstSeenAt,
    cell: ({ firstSeenAt }) => (
      <TimeText at={firstSeenAt} now={now}>
        {shortUtc(firstSeenAt, now)}
      </TimeText>
    ),
  },
];

/** Where Stripe and the book tell different stories, longest known first. */
export function DiscrepancyTable({ page: { rows, now, wholeAt } }: { page: Discrepancies }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useMemo(() => discrepancyColumns(now), [now]);
  return (
    <DataTable
      label="Discrepancies with Stripe"
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      rowCount={rows.length}
      chosenKey={chosen}
      onChoose={({ id }: Row) => setChosen(id)}
      note={
        rows.length > 0 ? (
          'Nothing is fixed automatically: an event may be late, or someone worked in the Stripe Dashboard. Discrepancy no more leaves the list with the next comparison.'
        ) : (
          <EmptyState title={wholeAt === null ? 'Not reconciled yet' : 'No discrepancies'}>
            Data is reconciled with Stripe every night. Finance or a lead can start it at any time.
          </EmptyState>
        )
      }
    />
  );
}
