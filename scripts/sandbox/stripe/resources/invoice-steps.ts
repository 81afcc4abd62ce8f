import { z } from 'zod';
import type { Invoice } from '#scripts/sandbox/stripe/entities.ts';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import { totalOf } from '#scripts/sandbox/stripe/objects/invoice.ts';
import { asBilled, render } from '#scripts/sandbox/stripe/objects/render.ts';
import { fail } from '#scripts/sandbox/stripe/protocol/errors.ts';
import { common, text, yesOrNo } from '#scripts/sandbox/stripe/protocol/fields.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { need } from '#scripts/sandbox/stripe/resources/reads.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

const PATH = '/v1/invoices/{id}';

type Cause = { id: string; key: string | null };

const demand = (invoice: Invoice, allowed: readonly Invoice['status'][], verb: string): void => {
  if (!allowed.includes(invoice.status))
    throw fail({
      code: 'invoice_not_editable',
      message: `You cannot ${verb} invoice ${invoice.id}: its status is ${invoice.status}, not ${allowed.join(' or ')}.`,
    });
};

/** Numbers the draft and freezes what it says of the customer. */
const finalizeInvoice = (world: World, invoice: Invoice, cause: Cause): Invoice => {
  const customer = need(world, 'customer', invoice.customer, 'customer');
  const number = `${customer.invoicePrefix}-${String(customer.nextInvoice).padStart(4, '0')}`;
  world.change('customer', customer, { nextInvoice: customer.nextInvoice + 1 });
  const now = world.seconds();
  const nothingDue = totalOf(invoice) <= 0;
  const row = world.change('invoice', invoice, {
    status: nothingDue ? 'paid' : 'open',
    number,
    frozen: asBilled(world, customer),
    finalizedAt: now,
    paidAt: nothingDue ? now : null,
  });
  const revised = invoice.revises === null ? undefined : world.get('invoice', invoice.revises);
  if (revised) {
    const voided = world.change('invoice', revised, {
      status: 'void',
      voidedAt: now,
      latestRevision: row.id,
    });
    emit(world, 'invoice.voided', { kind: 'invoice', row: voided }, cause);
  }
  emit(world, 'invoice.finalized', { kind: 'invoice', row }, cause);
  return row;
};

const finalize = route(
  'POST',
  `${PATH}/finalize`,
  z.strictObject({ ...common, auto_advance: yesOrNo.optional() }),
  ({ world, id, request }) => {
    const invoice = need(world, 'invoice', id);
    demand(invoice, ['draft'], 'finalize');
    return render(world, 'invoice', finalizeInvoice(world, invoice, request));
  },
);

const voidInvoice = route('POST', `${PATH}/void`, z.strictObject(common), (call) => {
  const { world, id, request } = call;
  const invoice = need(world, 'invoice', id);
  demand(invoice, ['open', 'uncollectible'], 'void');
  const row = world.change('invoice', invoice, { status: 'void', voidedAt: world.seconds() });
  emit(world, 'invoice.voided', { kind: 'invoice', row }, request);
  return render(world, 'invoice', row);
});

const markUncollectible = route(
  'POST',
  `${PATH}/mark_uncollectible`,
  z.strictObject(common),
  ({ world, id, request }) => {
    const invoice = need(world, 'invoice', id);
    demand(invoice, ['open'], 'mark as uncollectible');
    const row = world.change('invoice', invoice, {
      status: 'uncollectible',
      uncollectibleAt: world.seconds(),
    });
    emit(world, 'invoice.marked_uncollectible', { kind: 'invoice', row }, request);
    return render(world, 'invoice', row);
  },
);

const pay = route(
  'POST',
  `${PATH}/pay`,
  z.strictObject({
    ...common,
    paid_out_of_band: yesOrNo.optional(),
    payment_method: text.optional(),
    forgive: yesOrNo.optional(),
  }),
  ({ world, id, input, request }) => {
    const given = need(world, 'invoice', id);
    if (given.status === 'paid')
      throw fail({ code: 'invoice_already_paid', message: 'Invoice is already paid' });
    demand(given, ['draft', 'open', 'uncollectible'], 'pay');
    if (input.paid_out_of_band !== true)
      throw fail({
        code: 'resource_missing',
        message:
          'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
      });
    const invoice = given.status === 'draft' ? finalizeInvoice(world, given, request) : given;
    const row = world.change('invoice', invoice, {
      status: 'paid',
      amountPaid: totalOf(invoice),
      paidOutOfBand: true,
      paidAt: world.seconds(),
    });
    emit(world, 'invoice.paid', { kind: 'invoice', row }, request);
    return render(world, 'invoice', row);
  },
);

const send = route('POST', `${PATH}/send`, z.strictObject(common), ({ world, id, request }) => {
  const given = need(world, 'invoice', id);
  demand(given, ['draft', 'open', 'paid'], 'send');
  const invoice = given.status === 'draft' ? finalizeInvoice(world, given, request) : given;
  if (!invoice.frozen?.email)
    throw fail({
      code: 'missing_email',
      message: 'The customer of this invoice has no e-mail address to send it to.',
    });
  const row = world.change('invoice', invoice, { sent: invoice.sent + 1 });
  emit(world, 'invoice.sent', { kind: 'invoice', row }, request);
  return render(world, 'invoice', row);
});

export const invoiceStepRoutes: Route[] = [finalize, voidInvoice, markUncollectible, pay, send];
