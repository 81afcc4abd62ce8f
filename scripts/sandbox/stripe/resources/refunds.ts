import { z } from 'zod';
import { render } from '#scripts/sandbox/stripe/objects/render.ts';
import { chargeIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import { makeRefund, settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { fail, noSuch, refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';
import {
  amount,
  common,
  metadata,
  oneOf,
  paging,
  text,
  yesOrNo,
} from '#scripts/sandbox/stripe/protocol/fields.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { mergeMetadata, need, pageOf, retrieval } from '#scripts/sandbox/stripe/resources/reads.ts';
import type { Charge } from '#scripts/sandbox/stripe/entities.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

const PATH = '/v1/refunds';

const refundInput = z.strictObject({
  ...common,
  amount: amount(1).optional(),
  charge: text.optional(),
  payment_intent: text.optional(),
  metadata: metadata.optional(),
  reason: oneOf(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  refund_application_fee: yesOrNo.optional(),
  reverse_transfer: yesOrNo.optional(),
  instructions_email: text.optional(),
});

const chargeOf = (
  world: World,
  { charge, payment_intent: intent }: { charge?: string; payment_intent?: string },
): Charge => {
  if (charge === undefined && intent === undefined)
    throw refuse({
      code: 'parameter_missing',
      message:
        'One of the following params should be provided for this request: payment_intent or charge.',
    });
  if (charge !== undefined && intent !== undefined && chargeIdOf(intent) !== charge)
    throw fail({
      param: 'charge',
      message: `The charge ${charge} does not belong to the payment intent ${intent}.`,
    });
  const id = charge ?? chargeIdOf(intent ?? '');
  const found = world.get('charge', id);
  if (!found)
    throw charge === undefined
      ? noSuch('payment_intent', intent ?? '', 'payment_intent')
      : noSuch('charge', charge, 'charge');
  return found;
};

const money = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(
    minor /
      10 **
        (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits ?? 2),
  );

/** Throws Stripe's refusal where the charge cannot give back `wanted`. */
const checkCeilings = (world: World, charge: Charge, wanted: number): void => {
  if (charge.status !== 'succeeded' || !charge.captured)
    throw fail({
      message: `Charge ${charge.id} has not been captured and cannot be refunded. Cancel its payment intent instead.`,
    });
  const dispute = world.all('dispute').find((each) => each.charge === charge.id);
  if (dispute && !dispute.chargeRefundable)
    throw fail({
      code: 'charge_disputed',
      message: `Charge ${charge.id} has been charged back; cannot issue a refund.`,
    });
  const left = charge.amountCaptured - charge.amountRefunded;
  if (left <= 0)
    throw fail({
      code: 'charge_already_refunded',
      message: `Charge ${charge.id} has already been refunded.`,
    });
  if (wanted > left)
    throw fail({
      param: 'amount',
      message: `Refund amount (${money(wanted, charge.currency)}) is greater than ${
        charge.amountRefunded > 0 ? 'unrefunded amount on charge' : 'charge amount'
      } (${money(left, charge.currency)})`,
    });
};

const create = route('POST', PATH, refundInput, ({ world, input, request }) => {
  const charge = chargeOf(world, input);
  const left = charge.amountCaptured - charge.amountRefunded;
  const wanted = input.amount ?? Math.max(0, left);
  if (!world.lax) checkCeilings(world, charge, wanted);
  const kept = world.careless.has('drops_metadata') ? {} : mergeMetadata({}, input.metadata);
  const refund = makeRefund(
    world,
    charge,
    { amount: wanted, reason: input.reason ?? null, metadata: kept },
    request,
  );
  return render(world, 'refund', refund);
});

const list = route(
  'GET',
  PATH,
  z.strictObject({ ...paging, charge: text.optional(), payment_intent: text.optional() }),
  ({ world, input }) => {
    const charge = input.charge ?? (input.payment_intent && chargeIdOf(input.payment_intent));
    if (charge !== undefined && !world.get('charge', charge))
      throw input.charge === undefined
        ? noSuch('payment_intent', input.payment_intent ?? '', 'payment_intent')
        : noSuch('charge', charge, 'charge');
    const all = !charge || world.careless.has('ignores_filters');
    const none = world.careless.has('empty_lists');
    return pageOf(world, PATH, 'refund', input, (row) => !none && (all || row.charge === charge));
  },
);

const update = route(
  'POST',
  `${PATH}/{id}`,
  z.strictObject({ ...common, metadata: metadata.optional() }),
  ({ world, id, input, request }) => {
    const row = need(world, 'refund', id);
    const changed = world.change('refund', row, {
      metadata: mergeMetadata(row.metadata, input.metadata),
    });
    emit(world, 'refund.updated', { kind: 'refund', row: changed }, request);
    return render(world, 'refund', changed);
  },
);

const cancel = route(
  'POST',
  `${PATH}/{id}/cancel`,
  z.strictObject(common),
  ({ world, id, request }) => {
    const row = need(world, 'refund', id);
    if (row.status !== 'requires_action')
      throw fail({
        message: 'You can only cancel refunds that are in the `requires_action` state.',
      });
    return render(world, 'refund', settleRefund(world, row, { status: 'canceled' }, request));
  },
);

export const refundRoutes: Route[] = [create, list, retrieval(PATH, 'refund'), update, cancel];
