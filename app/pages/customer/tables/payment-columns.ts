import { formatCredits } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import {
  codeLabel,
  joined,
  numberWidth,
  purposeLabel,
  stateLabel,
  widest,
} from '#app/pages/shared/record-labels.ts';
import type { PaymentRow } from '#app/services/customers/load-payment-rows.ts';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { shortUtc } from '#app/ui/time-format.ts';

const LOST = 'not in the data:';

export const paymentKey = (row: PaymentRow): string => `${row.type}:${row.id}`;

/** What became of it, and the rest that does not fit a column of its own. */
function state(row: PaymentRow): string {
  if (row.type === 'setupAttempt') {
    return joined(`card setup ${row.state}`, row.failure && codeLabel(row.failure));
  }
  if (row.type === 'refund') {
    return joined(
      `refund ${stateLabel(row.state)}`,
      row.failure && codeLabel(row.failure),
      `${row.paymentLost ? LOST : 'of'} ${row.paymentId ?? ''}`,
    );
  }
  const partly = row.state === 'partly_refunded' && row.currency !== null;
  return joined(
    partly ? `refunded ${formatMoney(row.refunded, row.currency ?? '')}` : stateLabel(row.state),
    row.state === 'failed' && row.failure !== null && codeLabel(row.failure),
    purposeLabel(row.purpose),
    row.invoiceLost ? `invoice ${LOST} ${row.invoiceId ?? ''}` : row.invoiceNumber,
  );
}

const amount = ({ amount: minor, currency }: PaymentRow): string =>
  minor === null || currency === null ? '' : formatMoney(minor, currency);
const buys = ({ credits }: PaymentRow): string => (credits === null ? '' : formatCredits(credits));

/** @param now the page's own, from the loader. @param rows those that the page came with. */
export const paymentColumns = (
  now: number,
  rows: readonly PaymentRow[],
): TableColumn<PaymentRow>[] => [
  {
    id: 'time',
    header: 'Time, UTC',
    width: 108,
    at: ({ at }) => at,
    text: ({ at }) => shortUtc(at, now),
  },
  {
    id: 'amount',
    header: 'Amount',
    kind: 'n',
    width: numberWidth(
      'Amount',
      widest(rows, (row) => row.amount ?? 0, amount),
    ),
    text: amount,
  },
  {
    id: 'card',
    header: 'Card',
    kind: 'q',
    width: 52,
    text: ({ last4 }) => (last4 === null ? '' : `·${last4}`),
  },
  {
    id: 'buys',
    header: 'Buys',
    headerTitle: 'Credits that the payment buys',
    kind: 'n',
    width: numberWidth(
      '10,000',
      widest(rows, (row) => row.credits ?? 0, buys),
    ),
    text: buys,
  },
  {
    id: 'state',
    header: 'State',
    text: state,
  },
];
