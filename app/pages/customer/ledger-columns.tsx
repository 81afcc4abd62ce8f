import { formatCredits } from '#app/domain/credits.ts';
import { joined } from '#app/pages/customer/row-words.ts';
import type { LedgerRow } from '#app/services/load-ledger-rows.ts';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { shortUtc } from '#app/ui/time-format.ts';

const LOST = '(not in the book)';

/** What an entry names, and who made it. */
function reference(row: LedgerRow): string {
  return joined(
    row.note,
    row.member,
    row.paymentId && `${row.paymentId}${row.paymentLost ? ` ${LOST}` : ''}`,
    row.generationId && `${row.generationId}${row.generationLost ? ` ${LOST}` : ''}`,
  );
}

export const ledgerKey = (row: LedgerRow): string => `ledgerEntry:${row.id}`;

/** @param now the page's own, from the loader. */
export const ledgerColumns = (now: number): TableColumn<LedgerRow>[] => [
  {
    id: 'time',
    header: 'Time, UTC',
    width: 96,
    cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{shortUtc(at, now)}</time>,
  },
  { id: 'kind', header: 'Kind', width: 80, cell: ({ kind }) => kind },
  {
    id: 'credits',
    header: 'Credits',
    kind: 'n',
    width: 66,
    cell: ({ credits }) => formatCredits(credits, { signed: true }),
  },
  {
    id: 'balance',
    header: 'Balance',
    headerTitle: 'Credits after the entry',
    kind: 'n',
    width: 74,
    cell: ({ balance }) => formatCredits(balance),
  },
  {
    id: 'reference',
    header: 'For',
    headerTitle: 'Note, member, and the payment or generation that the entry names',
    kind: 'q',
    cell: (row) => <bdi>{reference(row)}</bdi>,
    title: reference,
  },
];
