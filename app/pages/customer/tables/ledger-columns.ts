import { formatCredits } from '#app/domain/money/credits.ts';
import { joined, numberWidth, widest } from '#app/pages/shared/record-labels.ts';
import type { LedgerRow } from '#app/services/customers/load-ledger-rows.ts';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { shortUtc } from '#app/ui/time-format.ts';

const lost = (isLost: boolean, id: string): string => (isLost ? `not in the data: ${id}` : id);

/** What an entry names, and who made it. */
function reference(row: LedgerRow): string {
  const { paymentId, generationId, paymentLost, generationLost, note, member } = row;
  const payment = paymentId && lost(paymentLost, paymentId);
  const generation = generationId && lost(generationLost, generationId);
  // What leads nowhere stands first, where no column is too narrow for it.
  return paymentLost || generationLost
    ? joined(payment, generation, note, member)
    : joined(note, member, payment, generation);
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
    width: 108,
    at: ({ at }) => at,
    text: ({ at }) => shortUtc(at, now),
  },
  { id: 'kind', header: 'Kind', width: 76, text: ({ kind }) => kind },
  {
    id: 'credits',
    header: 'Credits',
    kind: 'n',
    width: numberWidth(
      '+200,000',
      widest(rows, (row) => row.credits, credits),
    ),
    text: credits,
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
    text: balance,
  },
  {
    id: 'reference',
    header: 'For',
    headerTitle: 'Note, member, and the payment or generation that the entry names',
    kind: 'q',
    text: reference,
  },
];
