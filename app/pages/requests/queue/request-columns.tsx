import { Link } from '@remix-run/react';
import { formatCredits } from '#app/domain/money/credits.ts';
import { HOUR } from '#app/lib/instant.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { Gone } from '#app/pages/shared/merge-rows.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { QueueRequest } from '#app/services/requests/views/load-request-queue.ts';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { shortAge, shortUtc } from '#app/ui/time-format.ts';
import { TimeText } from '#app/ui/time-text.tsx';

export type ShownRequest = QueueRequest & Gone;

/** Before a request expires so soon, the queue says when it will. */
const NEAR = 12 * HOUR;

const customerOf = ({ customerName, customerId }: ShownRequest): string =>
  customerName ?? customerId;

/** `Refund`, `Grant`, `Take back`: the amount has a column of its own. */
const verbOf = ({ kind, title, credits }: ShownRequest): string => {
  if (kind === 'refund') return 'Refund';
  return kind === 'generation_hold' ? title : (credits ?? 0) > 0 ? 'Grant' : 'Take back';
};

const amountOf = ({ amount, currency, credits }: ShownRequest): string => {
  if (amount !== null && currency !== null) return formatMoney(amount, currency);
  return credits === null ? '–' : `${formatCredits(credits, { signed: true })} cr`;
};

/** Whose turn it is, where it is this person's or nobody's. */
const Turn = ({ row }: { row: ShownRequest }) => {
  if (row.gone) return <span className="text-ink-quiet">settled</span>;
  if (row.mine !== null) return <span className="font-medium text-accent">yours</span>;
  if (row.stuck === null) return null;
  return (
    <span className="font-medium text-high">
      <span aria-hidden>▲ </span>stuck
    </span>
  );
};

const WHAT: readonly TableColumn<ShownRequest>[] = [
  { id: 'turn', header: 'Assigned', width: 70, cell: (row) => <Turn row={row} /> },
  {
    id: 'what',
    header: 'Request',
    title: ({ title, ground }) => `${title}: ${ground}`,
    cell: (row) => (
      <>
        <span className="font-medium">{verbOf(row)}</span>{' '}
        <bdi className="text-ink-quiet">{row.ground}</bdi>
      </>
    ),
  },
  {
    id: 'customer',
    header: 'Customer',
    width: 116,
    title: customerOf,
    cell: (row) => (
      <Link to={customerPath(row.customerId)}>
        <bdi>{customerOf(row)}</bdi>
      </Link>
    ),
  },
  {
    id: 'amount',
    header: 'Amount',
    headerTitle: 'Money, or credits (cr)',
    kind: 'n',
    width: 88,
    text: amountOf,
  },
  {
    id: 'by',
    header: 'Requested by',
    kind: 'q',
    width: 86,
    title: ({ requestedBy }) => requestedBy,
    text: ({ requestedBy }) => requestedBy,
  },
];

/** Text that sorts as the whole number does, negative ones too. */
const rankOf = (value: number): string =>
  String(BigInt(value) + BigInt(Number.MAX_SAFE_INTEGER)).padStart(17, '0');

/** Money by currency and within it by amount, then credits; what has no amount comes last. */
const amountOrder = ({
  amount,
  currency,
  credits,
}: Pick<ShownRequest, 'amount' | 'currency' | 'credits'>): string | null => {
  if (amount !== null && currency !== null) return `${currency} ${rankOf(amount)}`;
  return credits === null ? null : `~ ${rankOf(credits)}`;
};

/** By what the open requests, all of which are loaded, can be sorted; settled ones come a page at a time. */
const SORTS: Readonly<Record<string, NonNullable<TableColumn<ShownRequest>['sortBy']>>> = {
  customer: (row) => customerOf(row).toLowerCase(),
  amount: amountOrder,
  by: ({ requestedBy }) => requestedBy.toLowerCase(),
};

const sortable = (column: TableColumn<ShownRequest>): TableColumn<ShownRequest> => {
  const sortBy = SORTS[column.id];
  return sortBy === undefined ? column : { ...column, sortBy };
};

/** @param now the instant of the last load: ages grow with the next one, not under the reader's eyes. */
export const requestColumns = (now: number): TableColumn<ShownRequest>[] => [
  ...WHAT.map(sortable),
  {
    id: 'age',
    header: 'Age',
    kind: 'n',
    width: 46,
    sortBy: ({ requestedAt }) => now - requestedAt,
    cell: ({ requestedAt }) => (
      <TimeText at={requestedAt} now={now}>
        {shortAge(requestedAt, now)}
      </TimeText>
    ),
  },
  {
    id: 'waits',
    header: 'Status',
    width: 150,
    title: ({ stuck, shortage, waitsFor }) => stuck ?? shortage?.words ?? waitsFor,
    cell: (row) => <WaitsFor row={row} now={now} />,
  },
];

function WaitsFor({ row, now }: { row: ShownRequest; now: number }) {
  const { state, expiresAt, waitsFor, stuck, shortage } = row;
  const undecided = state === 'requested' || state === 'sent_back';
  const left = expiresAt - now;
  const ends = undecided && left > 0 && left < NEAR ? shortAge(now - left, now) : null;
  // The column's own head says the first words.
  const words = stuck ?? waitsFor.replace(/^Status (?=\S)/, '');
  return (
    <>
      {ends === null ? null : <span className="text-high">{ends} left · </span>}
      {shortage?.kind === 'short' ? <span className="text-high">no approver · </span> : null}
      <bdi className="text-ink-quiet">{words}</bdi>
    </>
  );
}

/** Settled requests: what became of them, when and why. */
export const closedColumns = (now: number): TableColumn<ShownRequest>[] => [
  {
    id: 'state',
    header: 'Outcome',
    width: 96,
    cell: ({ state, waitsFor }) => (
      <span className={state === 'failed' ? 'font-medium text-high' : ''}>{waitsFor}</span>
    ),
  },
  ...WHAT.slice(1).map((column) => (column.id === 'what' ? { ...column, width: 240 } : column)),
  {
    id: 'when',
    header: 'When',
    kind: 'n',
    width: 104,
    cell: ({ changedAt }) => (
      <TimeText at={changedAt} now={now}>
        {shortUtc(changedAt, now)}
      </TimeText>
    ),
  },
  {
    id: 'why',
    header: 'Reason',
    kind: 'q',
    title: ({ stateReason }) => stateReason ?? undefined,
    text: ({ stateReason }) => stateReason ?? '–',
  },
];
