import { z } from 'zod';
import type { Charge } from '#scripts/sandbox/stripe/entities.ts';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import { chargeIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';
import { paymentIntentObject } from '#scripts/sandbox/stripe/objects/payment-intent.ts';
import { render, renderTransaction } from '#scripts/sandbox/stripe/objects/render.ts';
import { fail, noSuch } from '#scripts/sandbox/stripe/protocol/errors.ts';
import {
  amount,
  common,
  metadata,
  oneOf,
  paging,
  text,
} from '#scripts/sandbox/stripe/protocol/fields.ts';
import { page } from '#scripts/sandbox/stripe/protocol/lists.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { mergeMetadata, need, pageOf, retrieval } from '#scripts/sandbox/stripe/resources/reads.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

const CHARGES = '/v1/charges';
const INTENTS = '/v1/payment_intents';

const listCharges = route(
  'GET',
  CHARGES,
  z.strictObject({ ...paging, customer: text.optional(), payment_intent: text.optional() }),
  ({ world, input }) => {
    const only = input.payment_intent && chargeIdOf(input.payment_intent);
    return pageOf(
      world,
      CHARGES,
      'charge',
      input,
      (row) =>
        (input.customer === undefined || row.customer === input.customer) &&
        (only === undefined || row.id === only),
    );
  },
);

const updateCharge = route(
  'POST',
  `${CHARGES}/{id}`,
  z.strictObject({ ...common, metadata: metadata.optional(), description: text.optional() }),
  ({ world, id, input, request }) => {
    const row = need(world, 'charge', id);
    const changed = world.change('charge', row, {
      metadata: mergeMetadata(row.metadata, input.metadata),
      description: input.description ?? row.description,
    });
    emit(world, 'charge.updated', { kind: 'charge', row: changed }, request);
    return render(world, 'charge', changed);
  },
);

/** Takes an authorised amount, or a part of it. The rest is given up. */
const take = (world: World, charge: Charge, wanted: number | undefined): Charge => {
  const state = paymentIntentObject(charge).status;
  if (state !== 'requires_capture')
    throw fail({
      code: charge.captured ? 'charge_already_captured' : 'payment_intent_unexpected_state',
      message: `This PaymentIntent could not be captured because it has a status of ${state}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    });
  const taken = wanted ?? charge.amount;
  if (taken > charge.amount)
    throw fail({
      code: 'amount_too_large',
      param: 'amount_to_capture',
      message: 'The amount to capture is larger than the amount that was authorized.',
    });
  return world.change('charge', charge, {
    captured: true,
    amountCaptured: taken,
    capturedAt: world.seconds(),
  });
};

const captureCharge = route(
  'POST',
  `${CHARGES}/{id}/capture`,
  z.strictObject({ ...common, amount: amount(1).optional() }),
  ({ world, id, input, request }) => {
    const row = take(world, need(world, 'charge', id), input.amount);
    emit(world, 'charge.captured', { kind: 'charge', row }, request);
    return render(world, 'charge', row);
  },
);

const needIntent = (world: World, id: string): Charge => {
  const charge = world.get('charge', chargeIdOf(id));
  if (!charge) throw noSuch('payment_intent', id, 'id');
  return charge;
};

const captureIntent = route(
  'POST',
  `${INTENTS}/{id}/capture`,
  z.strictObject({
    ...common,
    amount_to_capture: amount(1).optional(),
    metadata: metadata.optional(),
  }),
  ({ world, id, input, request }) => {
    const row = take(world, needIntent(world, id), input.amount_to_capture);
    emit(world, 'charge.captured', { kind: 'charge', row }, request);
    return paymentIntentObject(row);
  },
);

const CANCELABLE = ['requires_capture', 'requires_payment_method', 'processing'];

const cancelIntent = route(
  'POST',
  `${INTENTS}/{id}/cancel`,
  z.strictObject({
    ...common,
    cancellation_reason: oneOf([
      'abandoned',
      'duplicate',
      'fraudulent',
      'requested_by_customer',
    ]).optional(),
  }),
  ({ world, id, request }) => {
    const charge = needIntent(world, id);
    const { status } = paymentIntentObject(charge);
    if (!CANCELABLE.includes(status))
      throw fail({
        code: 'payment_intent_unexpected_state',
        message: `You cannot cancel this PaymentIntent because it has a status of ${status}.`,
      });
    const row = world.change('charge', charge, { releasedAt: world.seconds() });
    emit(world, 'charge.refunded', { kind: 'charge', row }, request);
    return paymentIntentObject(row);
  },
);

const listIntents = route(
  'GET',
  INTENTS,
  z.strictObject({ ...paging, customer: text.optional() }),
  ({ world, input }) =>
    page(
      { url: INTENTS, what: 'payment_intent' },
      world
        .all('charge')
        .filter((row) => input.customer === undefined || row.customer === input.customer)
        .map((charge) => ({ ...paymentIntentObject(charge) })),
      (row) => row,
      input,
    ),
);

const retrieveIntent = route('GET', `${INTENTS}/{id}`, z.strictObject(common), ({ world, id }) =>
  paymentIntentObject(needIntent(world, id)),
);

const retrieveTransaction = route(
  'GET',
  '/v1/balance_transactions/{id}',
  z.strictObject(common),
  ({ world, id }) => {
    const found = renderTransaction(world, id);
    if (!found) throw noSuch('balance transaction', id, 'id');
    return found;
  },
);

export const chargeRoutes: Route[] = [
  listCharges,
  retrieval(CHARGES, 'charge'),
  updateCharge,
  captureCharge,
  listIntents,
  retrieveIntent,
  captureIntent,
  cancelIntent,
  retrieveTransaction,
];
