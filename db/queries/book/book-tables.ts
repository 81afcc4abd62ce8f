import type {
  BookCustomer,
  BookEntry,
  BookGeneration,
  BookInvoice,
  BookPayment,
  BookRefund,
  BookSetupAttempt,
  BookSubscription,
} from '#app/domain/book/book.ts';
import type { PackedTable } from '#db/packed/packed-rows.ts';
import {
  customer,
  generation,
  invoice,
  ledgerEntry,
  payment,
  refund,
  setupAttempt,
  subscription,
} from '#db/schema/book.ts';

/*
 * The columns that rules read, in the order in which `decode` takes them. The casts to unions of words
 * hold because imports store no other words.
 */

const customers: PackedTable<BookCustomer> = {
  table: customer,
  customerId: customer.id,
  columns: [customer.id, customer.createdAt, customer.reportedBalance, customer.reportedBalanceAt],
  order: [customer.id],
  decode: (c, at) => ({
    id: c.text(at),
    createdAt: c.number(at + 1),
    reportedBalance: c.numberOrNull(at + 2),
    reportedBalanceAt: c.numberOrNull(at + 3),
  }),
};

const subscriptions: PackedTable<BookSubscription> = {
  table: subscription,
  customerId: subscription.customerId,
  columns: [
    subscription.id,
    subscription.plan,
    subscription.status,
    subscription.currentPeriodStart,
    subscription.currentPeriodEnd,
    subscription.cancelAt,
    subscription.endedAt,
  ],
  order: [subscription.currentPeriodStart, subscription.id],
  decode: (c, at) => ({
    id: c.text(at),
    plan: c.text(at + 1),
    status: c.text(at + 2) as BookSubscription['status'],
    currentPeriodStart: c.number(at + 3),
    currentPeriodEnd: c.number(at + 4),
    cancelAt: c.numberOrNull(at + 5),
    endedAt: c.numberOrNull(at + 6),
  }),
};

const payments: PackedTable<BookPayment> = {
  table: payment,
  customerId: payment.customerId,
  columns: [
    payment.id,
    payment.purpose,
    { anyText: payment.product },
    payment.credits,
    payment.amount,
    payment.currency,
    payment.status,
    payment.createdAt,
    payment.capturedAt,
    payment.amountCaptured,
    payment.amountRefunded,
    payment.refundedAt,
    payment.disputeStatus,
    payment.invoiceId,
    payment.subscriptionId,
    payment.periodStart,
  ],
  order: [payment.createdAt, payment.id],
  decode: (c, at) => ({
    id: c.text(at),
    purpose: c.text(at + 1) as BookPayment['purpose'],
    product: c.anyTextOrNull(at + 2),
    credits: c.numberOrNull(at + 3),
    amount: c.number(at + 4),
    currency: c.text(at + 5),
    status: c.text(at + 6) as BookPayment['status'],
    createdAt: c.number(at + 7),
    capturedAt: c.numberOrNull(at + 8),
    amountCaptured: c.numberOrNull(at + 9),
    amountRefunded: c.numberOrNull(at + 10),
    refundedAt: c.numberOrNull(at + 11),
    disputeStatus: c.textOrNull(at + 12) as BookPayment['disputeStatus'],
    invoiceId: c.textOrNull(at + 13),
    subscriptionId: c.textOrNull(at + 14),
    periodStart: c.numberOrNull(at + 15),
  }),
};

const refunds: PackedTable<BookRefund> = {
  table: refund,
  customerId: refund.customerId,
  columns: [
    refund.id,
    refund.paymentId,
    refund.amount,
    refund.currency,
    refund.status,
    refund.createdAt,
  ],
  order: [refund.createdAt, refund.id],
  decode: (c, at) => ({
    id: c.text(at),
    paymentId: c.text(at + 1),
    amount: c.number(at + 2),
    currency: c.text(at + 3),
    status: c.text(at + 4) as BookRefund['status'],
    createdAt: c.number(at + 5),
  }),
};

const invoices: PackedTable<BookInvoice> = {
  table: invoice,
  customerId: invoice.customerId,
  columns: [invoice.id, invoice.createdAt, invoice.paymentIds],
  order: [invoice.createdAt, invoice.id],
  decode: (c, at) => ({
    id: c.text(at),
    createdAt: c.number(at + 1),
    paymentIds: c.json(at + 2) as BookInvoice['paymentIds'],
  }),
};

const entries: PackedTable<BookEntry> = {
  table: ledgerEntry,
  customerId: ledgerEntry.customerId,
  columns: [
    ledgerEntry.id,
    ledgerEntry.kind,
    ledgerEntry.credits,
    ledgerEntry.occurredAt,
    ledgerEntry.sequence,
    ledgerEntry.balanceAfter,
    ledgerEntry.paymentId,
    ledgerEntry.generationId,
  ],
  order: [ledgerEntry.occurredAt, ledgerEntry.sequence, ledgerEntry.id],
  decode: (c, at) => ({
    id: c.text(at),
    kind: c.text(at + 1) as BookEntry['kind'],
    credits: c.number(at + 2),
    occurredAt: c.number(at + 3),
    sequence: c.number(at + 4),
    balanceAfter: c.numberOrNull(at + 5),
    paymentId: c.textOrNull(at + 6),
    generationId: c.textOrNull(at + 7),
  }),
};

/** Entries that grant what a payment bought, or take it back; use and its returns are most of a ledger. */
export const PAYMENT_ENTRIES: PackedTable<BookEntry> = {
  ...entries,
  only: ` and kind in ('purchase', 'renewal', 'upgrade', 'adjustment', 'revocation')`,
};

const generations: PackedTable<BookGeneration> = {
  table: generation,
  customerId: generation.customerId,
  columns: [
    generation.id,
    generation.kind,
    generation.tier,
    generation.resolution,
    generation.durationSeconds,
    generation.count,
    generation.status,
    generation.startedAt,
    generation.finishedAt,
  ],
  order: [generation.startedAt, generation.id],
  decode: (c, at) => ({
    id: c.text(at),
    kind: c.text(at + 1) as BookGeneration['kind'],
    tier: c.text(at + 2),
    resolution: c.textOrNull(at + 3) as BookGeneration['resolution'],
    durationSeconds: c.numberOrNull(at + 4),
    count: c.numberOrNull(at + 5),
    status: c.text(at + 6) as BookGeneration['status'],
    startedAt: c.number(at + 7),
    finishedAt: c.numberOrNull(at + 8),
  }),
};

const setupAttempts: PackedTable<BookSetupAttempt> = {
  table: setupAttempt,
  customerId: setupAttempt.customerId,
  columns: [setupAttempt.id, setupAttempt.at, setupAttempt.status],
  order: [setupAttempt.at, setupAttempt.id],
  decode: (c, at) => ({
    id: c.text(at),
    at: c.number(at + 1),
    status: c.text(at + 2) as BookSetupAttempt['status'],
  }),
};

export const BOOK_TABLES = {
  customers,
  subscriptions,
  payments,
  refunds,
  invoices,
  entries,
  generations,
  setupAttempts,
};
