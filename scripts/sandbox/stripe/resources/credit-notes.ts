import { z } from 'zod';
import type { CreditNote, Invoice, InvoiceLine, Refund } from '#scripts/sandbox/stripe/entities.ts';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import { totalOf } from '#scripts/sandbox/stripe/objects/invoice.ts';
import { render } from '#scripts/sandbox/stripe/objects/render.ts';
import { fail } from '#scripts/sandbox/stripe/protocol/errors.ts';
import {
  amount,
  common,
  instant,
  integer,
  listOf,
  metadata,
  oneOf,
  paging,
  text,
} from '#scripts/sandbox/stripe/protocol/fields.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { mergeMetadata, need, pageOf, retrieval } from '#scripts/sandbox/stripe/resources/reads.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

const PATH = '/v1/credit_notes';

const noteInput = z.strictObject({
  ...common,
  invoice: text,
  amount: amount(1).optional(),
  credit_amount: amount(0).optional(),
  out_of_band_amount: amount(0).optional(),
  refund_amount: amount(0).optional(),
  refunds: listOf(
    z.strictObject({
      refund: text,
      amount_refunded: amount(1).optional(),
      type: oneOf(['refund']).optional(),
    }),
  ).optional(),
  lines: listOf(
    z.strictObject({
      type: oneOf(['custom_line_item', 'invoice_line_item']),
      amount: integer.optional(),
      description: text.optional(),
      invoice_line_item: text.optional(),
      quantity: integer.optional(),
      unit_amount: integer.optional(),
    }),
  ).optional(),
  email_type: oneOf(['credit_note', 'none']).optional(),
  effective_at: instant.optional(),
  memo: text.optional(),
  metadata: metadata.optional(),
  reason: oneOf(['duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory']).optional(),
});
type Given = z.output<typeof noteInput>;

const linesOf = (world: World, invoice: Invoice, given: Given): InvoiceLine[] =>
  (given.lines ?? []).map((line): InvoiceLine => {
    const named = invoice.lines.find(({ id }) => id === line.invoice_line_item);
    if (line.type === 'invoice_line_item' && !named)
      throw fail({
        code: 'resource_missing',
        param: 'lines[invoice_line_item]',
        message: `No such invoice line: '${line.invoice_line_item ?? ''}'`,
      });
    const quantity = line.quantity ?? 1;
    const unit = line.unit_amount ?? (named ? named.amount / named.quantity : 0);
    return {
      id: world.newId('cnli'),
      amount: line.amount ?? Math.round(unit * quantity),
      description: line.description ?? named?.description ?? null,
      quantity,
      metadata: named ? { invoice_line_item: named.id } : {},
    };
  });

const issuedFor = (world: World, invoice: Invoice): CreditNote[] =>
  world.all('creditNote').filter((note) => note.invoice === invoice.id && note.status === 'issued');

/** What has been given back of the invoice's payments without a credit note. */
const directlyRefunded = (world: World, invoice: Invoice, linked: ReadonlySet<string>): number => {
  const charges = new Set(
    world
      .all('invoicePayment')
      .filter((payment) => payment.invoice === invoice.id)
      .map((payment) => payment.charge),
  );
  return world
    .all('refund')
    .filter(
      ({ charge, id, status }) =>
        charges.has(charge) && !linked.has(id) && status !== 'failed' && status !== 'canceled',
    )
    .reduce((sum, refund) => sum + refund.amount, 0);
};

const linkedRefunds = (world: World, given: Given): { row: Refund; amount: number }[] =>
  (given.refunds ?? []).map((each) => {
    const row = need(world, 'refund', each.refund, 'refunds[refund]');
    return { row, amount: each.amount_refunded ?? row.amount };
  });

const tooMuch = (message: string) => fail({ param: 'amount', message });

/** How the note's total divides between the open and the paid part. Throws above a ceiling. */
const divide = (world: World, invoice: Invoice, total: number, given: Given) => {
  const earlier = issuedFor(world, invoice);
  const credited = earlier.reduce((sum, note) => sum + note.total, 0);
  if (credited + total > totalOf(invoice))
    throw tooMuch(
      `The sum of credit notes (${credited + total}) would be above the total of the invoice (${totalOf(invoice)}).`,
    );
  if (invoice.status === 'open') return { prePayment: total, postPayment: 0 };
  const refunds = linkedRefunds(world, given);
  const linked = new Set([
    ...refunds.map(({ row }) => row.id),
    ...earlier.flatMap((note) => note.refunds.map(({ refund }) => refund)),
  ]);
  const left = totalOf(invoice) - credited - directlyRefunded(world, invoice, linked);
  if (total > left)
    throw tooMuch(
      `The credit note (${total}) is above what is left of the payment after refunds (${left}).`,
    );
  const parts =
    (given.refund_amount ?? 0) +
    (given.credit_amount ?? 0) +
    (given.out_of_band_amount ?? 0) +
    refunds.reduce((sum, refund) => sum + refund.amount, 0);
  if (parts !== total)
    throw fail({
      message: `The sum of credit amount, refund amount, linked refunds and out of band amount (${parts}) must equal the post payment amount of the credit note (${total}).`,
    });
  return { prePayment: 0, postPayment: total };
};

/** Gives money back for the note, on the charge that has paid the invoice. */
const refundFor = (
  world: World,
  invoice: Invoice,
  amountBack: number,
  request: { id: string; key: string | null },
) => {
  const payment = world.all('invoicePayment').find((each) => each.invoice === invoice.id);
  const charge = payment && world.get('charge', payment.charge);
  if (!charge || charge.amountCaptured - charge.amountRefunded < amountBack)
    throw fail({
      param: 'refund_amount',
      message: 'The payment of this invoice cannot be refunded by that amount.',
    });
  return makeRefund(world, charge, { amount: amountBack, reason: null, metadata: {} }, request);
};

const numberOf = (world: World, invoice: Invoice): string => {
  const count = world.all('creditNote').filter((note) => note.invoice === invoice.id).length;
  return `${invoice.number ?? invoice.id}-CN-${String(count + 1).padStart(2, '0')}`;
};

const create = route('POST', PATH, noteInput, ({ world, input, request }) => {
  const invoice = need(world, 'invoice', input.invoice, 'invoice');
  if (invoice.status !== 'open' && invoice.status !== 'paid')
    throw fail({
      param: 'invoice',
      message: `Credit notes can only be issued for open or paid invoices; this one is ${invoice.status}.`,
    });
  const lines = linesOf(world, invoice, input);
  const total = input.amount ?? lines.reduce((sum, line) => sum + line.amount, 0);
  const parts = divide(world, invoice, total, input);
  const refund =
    (input.refund_amount ?? 0) > 0
      ? refundFor(world, invoice, input.refund_amount ?? 0, request)
      : null;
  const row = world.put('creditNote', {
    id: world.newId('cn'),
    created: world.seconds(),
    invoice: invoice.id,
    customer: invoice.customer,
    currency: invoice.currency,
    number: numberOf(world, invoice),
    status: 'issued',
    reason: input.reason ?? null,
    memo: input.memo ?? null,
    metadata: mergeMetadata({}, input.metadata),
    lines,
    total,
    ...parts,
    outOfBand: input.out_of_band_amount ?? null,
    credited: input.credit_amount ?? 0,
    refunds: [
      ...linkedRefunds(world, input).map(({ row: each, amount: of }) => ({
        refund: each.id,
        amount: of,
      })),
      ...(refund ? [{ refund: refund.id, amount: refund.amount }] : []),
    ],
    voidedAt: null,
  });
  emit(world, 'credit_note.created', { kind: 'creditNote', row }, request);
  return render(world, 'creditNote', row);
});

const voidNote = route('POST', `${PATH}/{id}/void`, z.strictObject(common), (call) => {
  const { world, id, request } = call;
  const note = need(world, 'creditNote', id);
  if (note.status === 'void' || note.postPayment > 0)
    throw fail({ message: 'Only an issued credit note of an open invoice can be voided.' });
  const row = world.change('creditNote', note, { status: 'void', voidedAt: world.seconds() });
  emit(world, 'credit_note.voided', { kind: 'creditNote', row }, request);
  return render(world, 'creditNote', row);
});

const list = route(
  'GET',
  PATH,
  z.strictObject({ ...paging, invoice: text.optional(), customer: text.optional() }),
  ({ world, input: { invoice, customer, ...paged } }) =>
    pageOf(
      world,
      PATH,
      'creditNote',
      paged,
      (row) =>
        (invoice === undefined || row.invoice === invoice) &&
        (customer === undefined || row.customer === customer),
    ),
);

export const creditNoteRoutes: Route[] = [create, list, retrieval(PATH, 'creditNote'), voidNote];
