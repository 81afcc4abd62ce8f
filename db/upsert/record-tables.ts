import { getTableColumns } from 'drizzle-orm';
import type { Column } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { BookRecord, RecordType } from '#app/domain/book/records.ts';
import * as schema from '#db/schema/book.ts';

/** How records of one type are stored: in which table, and which value goes where. */
export interface RecordTable {
  name: string;
  /** Column names, in the order of a stored row's values; the first is the primary key. */
  columns: string[];
  /** PostgreSQL's type of each column. */
  types: string[];
  /** Which value names the customer whose book the record is part of; -1: none. */
  customerAt: number;
  fields: { key: string; encode: (value: unknown) => unknown }[];
}

/** What the driver takes as it is needs no call for each of millions of values. */
const AS_IT_IS = new Set([
  'SQLiteInteger',
  'SQLiteReal',
  'PgBigInt53',
  'PgDoublePrecision',
  'PgBoolean',
]);
const same = (value: unknown): unknown => value;

const encoderOf = (column: Column): ((value: unknown) => unknown) =>
  AS_IT_IS.has(column.columnType)
    ? same
    : (value) => (value === null ? null : column.mapToDriverValue(value));

const describe = (name: string, table: PgTable): RecordTable => {
  const entries = Object.entries(getTableColumns(table));
  const columns = entries.map(([, column]) => column.name);
  const own = columns.indexOf('customer_id');
  return {
    name,
    columns,
    types: entries.map(([, column]) => column.getSQLType().replace(' COLLATE "C"', '')),
    customerAt: own >= 0 ? own : name === 'customer' ? 0 : -1,
    fields: entries.map(([key, column]) => ({ key, encode: encoderOf(column) })),
  };
};

export const RECORD_TABLES: Record<RecordType, RecordTable> = {
  customer: describe('customer', schema.customer),
  member: describe('member', schema.member),
  subscription: describe('subscription', schema.subscription),
  payment: describe('payment', schema.payment),
  refund: describe('refund', schema.refund),
  invoice: describe('invoice', schema.invoice),
  ledgerEntry: describe('ledger_entry', schema.ledgerEntry),
  generation: describe('generation', schema.generation),
  setupAttempt: describe('setup_attempt', schema.setupAttempt),
  watermark: describe('watermark', schema.watermark),
};

/** Adds the values of a record to those of its type, in the form that the driver takes. */
export const appendRow = (values: unknown[], { type, record }: BookRecord): void => {
  // Records have exactly the keys of their table, which no type of a union can say.
  const byKey = record as unknown as Record<string, unknown>;
  for (const { key, encode } of RECORD_TABLES[type].fields) values.push(encode(byKey[key]));
};
