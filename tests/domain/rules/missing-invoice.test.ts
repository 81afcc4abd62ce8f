import { DAY, HOUR } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, invoice, payment } from '#tests/factories/account.ts';

const late = T + 2 * HOUR;
const paid = [payment()];

describeRule('missing-invoice', [
  {
    name: 'is silent one millisecond before the grace ends',
    book: { payments: paid },
    asOf: late - 1,
    finds: [],
  },
  {
    name: 'speaks when the grace ends',
    book: { payments: paid },
    asOf: late,
    finds: [
      {
        subject: 'payment:ch_1',
        severity: 'low',
        confidence: 'confirmed',
        amount: undefined,
        credits: undefined,
        since: T,
        evidence: ['payment:ch_1'],
      },
    ],
  },
  {
    name: 'the payment names an invoice',
    book: { payments: [payment({ invoiceId: 'in_1' })], invoices: [invoice()] },
    asOf: late,
    finds: [],
  },
  {
    name: 'the invoice names the payment',
    book: { payments: paid, invoices: [invoice({ paymentIds: ['x', 'ch_1'] })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'an invoice not seen is none',
    book: { payments: [payment({ invoiceId: 'in_2' })], invoices: [invoice()] },
    asOf: late,
    finds: ['payment:ch_1'],
  },
  {
    name: 'an invoice after asOf is none',
    book: { payments: paid, invoices: [invoice({ createdAt: late + 1, paymentIds: ['ch_1'] })] },
    asOf: late,
    finds: ['payment:ch_1'],
  },
  {
    name: 'nothing paid, nothing owed',
    book: { payments: [payment({ amount: 0 })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'an authorisation owes none',
    book: { payments: [payment({ status: 'requires_capture' })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'any purpose owes one, refunded or not',
    book: { payments: [payment({ purpose: 'other', amountRefunded: 4_900 })] },
    asOf: late,
    finds: ['payment:ch_1'],
  },
  {
    name: 'waits for the invoices',
    book: { payments: paid },
    asOf: T + DAY,
    streams: { invoices: late - 1 },
    finds: [],
    waits: ['payment:ch_1'],
  },
  {
    name: 'needs the invoices to the grace',
    book: { payments: paid },
    asOf: T + DAY,
    streams: { invoices: late },
    finds: ['payment:ch_1'],
  },
  {
    name: 'waits where none was ever loaded',
    book: { payments: paid },
    asOf: T + DAY,
    streams: { invoices: null },
    finds: [],
    waits: ['payment:ch_1'],
  },
]);
