import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { FoundRecord, FoundType } from '#app/domain/search/result.ts';
import {
  customer,
  generation,
  invoice,
  ledgerEntry,
  member,
  payment,
  refund,
  setupAttempt,
  subscription,
} from '#db/schema/book.ts';

type FoundFields = Omit<FoundRecord, 'type'>;

export interface Source {
  type: FoundType;
  table: PgTable;
  id: PgColumn;
  fields: { [F in keyof FoundFields]: SQL<FoundFields[F]> };
}

type Columns = { [F in keyof FoundFields]?: PgColumn } & { id: PgColumn; customerId: PgColumn };

const field = <T>(column: PgColumn | undefined): SQL<T> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a PgColumn of no particular kind does not know its type
  column === undefined ? sql<T>`null` : (sql`${column}`.mapWith(column) as SQL<T>);

function source(type: FoundType, table: PgTable, columns: Columns): Source {
  return {
    type,
    table,
    id: columns.id,
    fields: {
      id: field(columns.id),
      customerId: field(columns.customerId),
      at: field(columns.at),
      figure: field(columns.figure),
      currency: field(columns.currency),
      label: field(columns.label),
      detail: field(columns.detail),
    },
  };
}

export const CUSTOMERS = source('customer', customer, {
  id: customer.id,
  customerId: customer.id,
  label: customer.name,
  detail: customer.email,
});
export const MEMBERS = source('member', member, {
  id: member.id,
  customerId: member.customerId,
  label: member.name,
  detail: member.email,
});
export const PAYMENTS = source('payment', payment, {
  id: payment.id,
  customerId: payment.customerId,
  at: payment.createdAt,
  figure: payment.amount,
  currency: payment.currency,
  label: payment.status,
  detail: payment.cardLast4,
});
export const REFUNDS = source('refund', refund, {
  id: refund.id,
  customerId: refund.customerId,
  at: refund.createdAt,
  figure: refund.amount,
  currency: refund.currency,
  label: refund.status,
  detail: refund.bankReference,
});
export const INVOICES = source('invoice', invoice, {
  id: invoice.id,
  customerId: invoice.customerId,
  at: invoice.createdAt,
  figure: invoice.total,
  currency: invoice.currency,
  label: invoice.number,
  detail: invoice.status,
});
const SUBSCRIPTIONS = source('subscription', subscription, {
  id: subscription.id,
  customerId: subscription.customerId,
  at: subscription.currentPeriodStart,
  label: subscription.plan,
  detail: subscription.status,
});
const ENTRIES = source('ledgerEntry', ledgerEntry, {
  id: ledgerEntry.id,
  customerId: ledgerEntry.customerId,
  at: ledgerEntry.occurredAt,
  figure: ledgerEntry.credits,
  label: ledgerEntry.kind,
});
const GENERATIONS = source('generation', generation, {
  id: generation.id,
  customerId: generation.customerId,
  at: generation.startedAt,
  label: generation.kind,
  detail: generation.status,
});
const SETUP_ATTEMPTS = source('setupAttempt', setupAttempt, {
  id: setupAttempt.id,
  customerId: setupAttempt.customerId,
  at: setupAttempt.at,
  label: setupAttempt.status,
});

/** Every record that has an id and a customer, in the order in which equals are listed. */
export const SOURCES: readonly Source[] = [
  CUSTOMERS,
  MEMBERS,
  PAYMENTS,
  REFUNDS,
  INVOICES,
  SUBSCRIPTIONS,
  ENTRIES,
  GENERATIONS,
  SETUP_ATTEMPTS,
];
