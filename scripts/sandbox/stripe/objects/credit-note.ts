import type { CreditNote } from '#scripts/sandbox/stripe/entities.ts';
import { listObject } from '#scripts/sandbox/stripe/protocol/lists.ts';

const typeOf = ({ prePayment, postPayment }: CreditNote): string => {
  if (prePayment > 0 && postPayment > 0) return 'mixed';
  return prePayment > 0 ? 'pre_payment' : 'post_payment';
};

const noteLine = (line: CreditNote['lines'][number]) => ({
  id: line.id,
  object: 'credit_note_line_item',
  amount: line.amount,
  description: line.description,
  discount_amount: 0,
  discount_amounts: [],
  ...(line.metadata['invoice_line_item'] === undefined
    ? { type: 'custom_line_item' }
    : { invoice_line_item: line.metadata['invoice_line_item'], type: 'invoice_line_item' }),
  livemode: false,
  metadata: {},
  pretax_credit_amounts: [],
  quantity: line.quantity,
  tax_rates: [],
  taxes: [],
  unit_amount: null,
  unit_amount_decimal: null,
});

export const creditNoteObject = (note: CreditNote) => ({
  id: note.id,
  object: 'credit_note',
  amount: note.total,
  amount_shipping: 0,
  created: note.created,
  currency: note.currency,
  customer: note.customer,
  customer_account: null,
  customer_balance_transaction: note.credited > 0 ? `cbtxn_${note.id.slice(3)}` : null,
  discount_amount: 0,
  discount_amounts: [],
  effective_at: note.created,
  invoice: note.invoice,
  lines: listObject(`/v1/credit_notes/${note.id}/lines`, note.lines.map(noteLine)),
  livemode: false,
  memo: note.memo,
  metadata: note.metadata,
  number: note.number,
  out_of_band_amount: note.outOfBand,
  pdf: `https://pay.stripe.com/credit_notes/acct_sandbox/${note.id}/pdf?s=ap`,
  post_payment_amount: note.postPayment,
  pre_payment_amount: note.prePayment,
  pretax_credit_amounts: [],
  reason: note.reason,
  refunds: note.refunds.map(({ refund, amount }) => ({
    amount_refunded: amount,
    payment_record_refund: null,
    refund,
    type: 'refund',
  })),
  shipping_cost: null,
  status: note.status,
  subtotal: note.total,
  subtotal_excluding_tax: note.total,
  total: note.total,
  total_excluding_tax: note.total,
  total_taxes: [],
  type: typeOf(note),
  voided_at: note.voidedAt,
});
