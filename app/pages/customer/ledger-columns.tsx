import { formatCredits } from '#app/domain/credits.ts';
import { joined, numberWidth, widest } from '#app/pages/customer/row-words.ts';
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

const credits = (row: LedgerRow): string => formatCredits(row.credits, { signed: true });
const balance = (row: LedgerRow): string => formatCredits(row.balance);

/** @param now the page's own, from the loader. @param rows those that the page came with. */
export const ledgerColumns = (
  now: number,
  rows: readonly LedgerRow[],
): TableColumn<LedgerRow>[] => [
  {
    id: 'time',
    header: 'Time, UTC',
    width: 102,
    cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{shortUtc(at, now)}</time>,
  },
  { id: 'kind', header: 'Kind', width: 76, cell: ({ kind }) => kind },
  {
    id: 'credits',
    header: 'Credits',
    kind: 'n',
    width: numberWidth(
      '+200,000',
      widest(rows, (row) => row.credits, credits),
    ),
    cell: credits,
  },
  {
    id: 'balance',
    header: 'Balance',
    headerTitle: 'Credits after the entry',
    kind: 'n',
    width: numberWidth(
      'Balance',
      widest(rows, (row) => row.balance, balance),
    ),
    cell: balance,
  },
  {
    id: 'reference',
    header: 'For',
    headerTitle: 'Note, member, and the payment or generation that the entry names',
    kind: 'q',
    cell: reference,
  },
];
