import type { Payment, Refund, SetupAttempt } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import { mergeSortedRows } from '#app/services/customers/merge-sorted-rows.ts';
import type { SortedRows } from '#app/services/customers/merge-sorted-rows.ts';
import { paymentStateOf, refundedOf } from '#app/services/customers/payment-state.ts';
import type { PaymentState } from '#app/services/customers/payment-state.ts';
import { shorten } from '#app/services/customers/row-cursor.ts';
import type { RowPage, Scope, Start } from '#app/services/customers/row-cursor.ts';
import {
  countNewerPayments,
  newerPayments,
  olderPayments,
  paymentById,
} from '#db/queries/customers/payment-rows.ts';
import type { StoredPaymentRow } from '#db/queries/customers/payment-rows.ts';
import {
  countNewerRefunds,
  newerRefunds,
  olderRefunds,
  refundById,
} from '#db/queries/customers/refund-rows.ts';
import type { StoredRefundRow } from '#db/queries/customers/refund-rows.ts';
import {
  countNewerSetups,
  newerSetups,
  olderSetups,
  setupById,
} from '#db/queries/customers/setup-rows.ts';
import type { StoredSetupRow } from '#db/queries/customers/setup-rows.ts';
import type { Read } from '#db/store.ts';

/** One line of the payments region: a payment, a refund, or an attempt to save a card. */
export interface PaymentRow {
  type: 'payment' | 'refund' | 'setupAttempt';
  id: string;
  at: Instant;
  /** Minor units of `currency`; negative for refunds, null for attempts to save a card. */
  amount: number | null;
  currency: string | null;
  last4: string | null;
  /** What a payment buys. */
  credits: number | null;
  purpose: Payment['purpose'] | null;
  state: PaymentState | Refund['status'] | SetupAttempt['status'];
  /** Given back of a payment, minor units. */
  refunded: number;
  /** Why it failed. */
  failure: string | null;
  /** The payment that a refund names. */
  paymentId: string | null;
  paymentLost: boolean;
  /** The invoice that a payment names, and its number where the book holds it. */
  invoiceId: string | null;
  invoiceNumber: string | null;
  invoiceLost: boolean;
}

const NOTHING = {
  credits: null,
  purpose: null,
  refunded: 0,
  paymentId: null,
  paymentLost: false,
  invoiceId: null,
  invoiceNumber: null,
  invoiceLost: false,
};

function fromPayment(row: StoredPaymentRow, counted: number, asOf: Instant): PaymentRow {
  const refunded = refundedOf(row, counted, asOf);
  return {
    type: 'payment',
    id: row.id,
    at: row.at,
    amount: row.amount,
    currency: row.currency,
    last4: row.cardLast4,
    credits: row.credits,
    purpose: row.purpose,
    state: paymentStateOf(row, refunded, asOf),
    refunded,
    failure: shorten(row.failure),
    paymentId: null,
    paymentLost: false,
    invoiceId: row.invoiceId,
    invoiceNumber: shorten(row.invoiceNumber),
    invoiceLost: row.invoiceId !== null && row.invoiceSeen === null,
  };
}

const fromRefund = (row: StoredRefundRow): PaymentRow => ({
  ...NOTHING,
  type: 'refund',
  id: row.id,
  at: row.at,
  amount: -row.amount,
  currency: row.currency,
  last4: row.cardLast4,
  state: row.status,
  failure: shorten(row.failure),
  paymentId: row.paymentId,
  paymentLost: row.paymentSeen === null,
});

const fromSetup = (row: StoredSetupRow): PaymentRow => ({
  ...NOTHING,
  type: 'setupAttempt',
  id: row.id,
  at: row.at,
  amount: null,
  currency: null,
  last4: null,
  state: row.status,
  failure: shorten(row.failure),
});

/** What was refunded, by payment: see `refundTotals`. */
export type RefundTotals = ReadonlyMap<string, { counted: number; refunds: number }>;

function streamsOf(totals: RefundTotals, asOf: Instant): SortedRows<PaymentRow>[] {
  const ofPayment = (row: StoredPaymentRow) =>
    fromPayment(row, totals.get(row.id)?.counted ?? 0, asOf);
  return [
    {
      type: 'payment',
      older: async (read, from) => (await olderPayments(read, from)).map(ofPayment),
      newer: async (read, from) => (await newerPayments(read, from)).map(ofPayment),
      one: async (read, which) => (await paymentById(read, which)).map(ofPayment),
      countNewer: countNewerPayments,
    },
    {
      type: 'refund',
      older: async (read, from) => (await olderRefunds(read, from)).map(fromRefund),
      newer: async (read, from) => (await newerRefunds(read, from)).map(fromRefund),
      one: async (read, which) => (await refundById(read, which)).map(fromRefund),
      countNewer: countNewerRefunds,
    },
    {
      type: 'setupAttempt',
      older: async (read, from) => (await olderSetups(read, from)).map(fromSetup),
      newer: async (read, from) => (await newerSetups(read, from)).map(fromSetup),
      one: async (read, which) => (await setupById(read, which)).map(fromSetup),
      countNewer: countNewerSetups,
    },
  ];
}

/**
 * A page of payments, refunds and attempts to save a card on one time order. `around` takes the record's
 * type before its id: `refund:re_1`.
 */
export const loadPaymentRows = (
  read: Read,
  scope: Scope,
  totals: RefundTotals,
  start: Start,
  most: number,
): Promise<RowPage<PaymentRow> | null> =>
  mergeSortedRows(read, streamsOf(totals, scope.asOf), scope, start, most);
