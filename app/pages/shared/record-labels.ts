import type { PaymentRow } from '#app/services/customers/load-payment-rows.ts';
import { parseRef } from '#app/domain/book/record-ref.ts';

/** States in words that say what they mean for the customer. */
const STATES: Record<string, string> = {
  captured: 'captured',
  authorised: 'pending · authorisation, may drop off',
  pending: 'pending',
  failed: 'failed',
  canceled: 'canceled',
  inquiry: 'captured, bank inquiry',
  disputed: 'disputed',
  dispute_lost: 'dispute lost',
  refunded: 'refunded',
  partly_refunded: 'partly refunded',
  requires_action: 'needs action',
  succeeded: 'succeeded',
};

export const stateLabel = (state: string): string => STATES[state] ?? state;

const PURPOSES: Record<NonNullable<PaymentRow['purpose']>, string> = {
  credit_pack: 'credit pack',
  renewal: 'renewal',
  upgrade: 'upgrade',
  other: 'other',
};

export const purposeLabel = (purpose: PaymentRow['purpose']): string =>
  purpose === null ? '' : PURPOSES[purpose];

/** `model_overloaded` as people read it. */
export const codeLabel = (code: string): string => code.replaceAll('_', ' ');

/** Parts that are there, with dots between. */
export const joined = (...parts: (string | null | undefined | false)[]): string =>
  parts.filter(Boolean).join(' · ');

/** Pixels a column of numbers needs, so that none is ever cut: figures are of one width. */
export const numberWidth = (...texts: readonly string[]): number =>
  Math.max(...texts.map((text) => text.length)) * 7.3 + 14;

/** The text of the figure that takes most room. */
export function widest<Row>(
  rows: readonly Row[],
  figure: (row: Row) => number,
  text: (row: Row) => string,
): string {
  let found = rows[0];
  for (const row of rows) {
    if (found !== undefined && Math.abs(figure(row)) > Math.abs(figure(found))) found = row;
  }
  return found === undefined ? '' : text(found);
}

const TYPES: Record<string, string> = {
  ledgerEntry: 'ledger entry',
  setupAttempt: 'card set-up',
};

/** `ledger entry le_1` for `ledgerEntry:le_1`. */
export function refLabel(ref: string): string {
  const { type, id } = parseRef(ref);
  return `${TYPES[type] ?? type} ${id}`;
}
