import { z } from 'zod';
import type { Invoice, InvoiceLine } from '#scripts/sandbox/stripe/entities.ts';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import { lineObject, linesUrl } from '#scripts/sandbox/stripe/objects/invoice.ts';
import { render } from '#scripts/sandbox/stripe/objects/render.ts';
import { fail, refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';
import {
  clearable,
  common,
  instant,
  integer,
  metadata,
  oneOf,
  paging,
  text,
  yesOrNo,
} from '#scripts/sandbox/stripe/protocol/fields.ts';
import { page } from '#scripts/sandbox/stripe/protocol/lists.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { mergeMetadata, need, pageOf, retrieval } from '#scripts/sandbox/stripe/resources/reads.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

const PATH = '/v1/invoices';
const DAY = 86_400;

const editable = {
  ...common,
  auto_advance: yesOrNo.optional(),
  collection_method: oneOf(['charge_automatically', 'send_invoice']).optional(),
  days_until_due: integer.optional(),
  due_date: instant.optional(),
  description: clearable.optional(),
  footer: clearable.optional(),
  metadata: metadata.optional(),
};
type Given = z.output<z.ZodObject<typeof editable>>;

const changesOf = (world: World, old: Invoice, given: Given): Partial<Invoice> => ({
  autoAdvance: given.auto_advance ?? old.autoAdvance,
  collection: given.collection_method ?? old.collection,
  dueDate:
    given.due_date ??
    (given.days_until_due === undefined
      ? old.dueDate
      : world.seconds() + given.days_until_due * DAY),
  description: given.description === undefined ? old.description : given.description,
  footer: given.footer === undefined ? old.footer : given.footer,
  metadata: mergeMetadata(old.metadata, given.metadata),
});

/** A draft without lines. */
export const draft = (world: World, customer: string, currency: string): Invoice => ({
  id: world.newId('in'),
  created: world.seconds(),
  customer,
  currency,
  status: 'draft',
  number: null,
  lines: [],
  description: null,
  footer: null,
  metadata: {},
  subscription: null,
  revises: null,
  latestRevision: null,
  frozen: null,
  collection: 'charge_automatically',
  autoAdvance: false,
  dueDate: null,
  amountPaid: 0,
  paidOutOfBand: false,
  finalizedAt: null,
  paidAt: null,
  voidedAt: null,
  uncollectibleAt: null,
  sent: 0,
});

/** A draft that repeats an open invoice, to be corrected and to take its place. */
const revisionOf = (world: World, id: string): Invoice => {
  const old = need(world, 'invoice', id, 'from_invoice[invoice]');
  if (old.status !== 'open' && old.status !== 'uncollectible')
    throw fail({
      code: 'invoice_not_editable',
      param: 'from_invoice[invoice]',
      message: `You can only revise open or uncollectible invoices; ${old.id} is ${old.status}.`,
    });
  if (old.subscription !== null)
    throw fail({
      param: 'from_invoice[invoice]',
      message: 'Invoices that are created by a subscription cannot be revised.',
    });
  const lines = old.lines.map((line): InvoiceLine => ({ ...line, id: world.newId('il') }));
  return {
    ...draft(world, old.customer, old.currency),
    lines,
    description: old.description,
    footer: old.footer,
    metadata: old.metadata,
    collection: old.collection,
    revises: old.id,
  };
};

const create = route(
  'POST',
  PATH,
  z.strictObject({
    ...editable,
    customer: text.optional(),
    currency: text.optional(),
    from_invoice: z.strictObject({ action: oneOf(['revision']), invoice: text }).optional(),
    pending_invoice_items_behavior: oneOf(['exclude', 'include']).optional(),
  }),
  ({ world, input, request }) => {
    const { customer, from_invoice: from } = input;
    if (customer === undefined && from === undefined)
      throw refuse({
        code: 'parameter_missing',
        param: 'customer',
        message: 'Missing required param: customer.',
      });
    const made = from
      ? revisionOf(world, from.invoice)
      : draft(
          world,
          need(world, 'customer', customer ?? '', 'customer').id,
          input.currency ?? 'usd',
        );
    const row = world.put('invoice', { ...made, ...changesOf(world, made, input) });
    emit(world, 'invoice.created', { kind: 'invoice', row }, request);
    return render(world, 'invoice', row);
  },
);

const FROZEN = [
  'auto_advance',
  'collection_method',
  'days_until_due',
  'due_date',
  'description',
  'footer',
] as const;

const update = route('POST', `${PATH}/{id}`, z.strictObject(editable), (call) => {
  const { world, id, input, request } = call;
  const old = need(world, 'invoice', id);
  const refused = FROZEN.find((field) => input[field] !== undefined);
  if (old.status !== 'draft' && refused)
    throw fail({
      code: 'invoice_not_editable',
      param: refused,
      message: `Finalized invoices can't be updated in this way: ${refused}.`,
    });
  const row = world.change('invoice', old, changesOf(world, old, input));
  emit(world, 'invoice.updated', { kind: 'invoice', row }, request);
  return render(world, 'invoice', row);
});

const remove = route('DELETE', `${PATH}/{id}`, z.strictObject(common), ({ world, id, request }) => {
  const row = need(world, 'invoice', id);
  if (row.status !== 'draft')
    throw fail({ code: 'invoice_not_editable', message: 'You can only delete draft invoices.' });
  world.drop('invoice', id);
  emit(world, 'invoice.deleted', { kind: 'invoice', row }, request);
  return { id, object: 'invoice', deleted: true };
});

const list = route(
  'GET',
  PATH,
  z.strictObject({
    ...paging,
    customer: text.optional(),
    subscription: text.optional(),
    status: oneOf(['draft', 'open', 'paid', 'uncollectible', 'void']).optional(),
  }),
  ({ world, input: { customer, subscription, status, ...paged } }) =>
    pageOf(
      world,
      PATH,
      'invoice',
      paged,
      (row) =>
        (customer === undefined || row.customer === customer) &&
        (subscription === undefined || row.subscription === subscription) &&
        (status === undefined || row.status === status),
    ),
);

const listLines = route('GET', `${PATH}/{id}/lines`, z.strictObject(paging), (call) => {
  const { world, id, input } = call;
  const invoice = need(world, 'invoice', id);
  const rows = invoice.lines.toReversed().map((line) => ({ ...line, created: invoice.created }));
  return page(
    { url: linesUrl(invoice), what: 'line_item' },
    rows,
    (line) => lineObject(invoice, line),
    input,
  );
});

export const invoiceRoutes: Route[] = [
  create,
  list,
  retrieval(PATH, 'invoice'),
  update,
  remove,
  listLines,
];
