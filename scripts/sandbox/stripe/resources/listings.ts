import { z } from 'zod';
import type { StoredEvent } from '#scripts/sandbox/stripe/entities.ts';
import { chargeIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';
import { noSuch } from '#scripts/sandbox/stripe/protocol/errors.ts';
import { common, listOf, oneOf, paging, text } from '#scripts/sandbox/stripe/protocol/fields.ts';
import { API_VERSION } from '#scripts/sandbox/stripe/protocol/gate.ts';
import { page } from '#scripts/sandbox/stripe/protocol/lists.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { need, pageOf, retrieval } from '#scripts/sandbox/stripe/resources/reads.ts';

/** What is only read here: subscriptions, disputes, card set-ups, events. */
const SUBSCRIPTIONS = '/v1/subscriptions';
const SUBSCRIPTION_STATUSES = [
  'active',
  'all',
  'canceled',
  'ended',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
] as const;

const listSubscriptions = route(
  'GET',
  SUBSCRIPTIONS,
  z.strictObject({
    ...paging,
    customer: text.optional(),
    status: oneOf(SUBSCRIPTION_STATUSES).optional(),
  }),
  ({ world, input: { customer, status, ...paged } }) =>
    pageOf(
      world,
      SUBSCRIPTIONS,
      'subscription',
      paged,
      (row) =>
        (customer === undefined || row.customer === customer) &&
        (status === undefined
          ? row.status !== 'canceled'
          : status === 'all' ||
            row.status === status ||
            (status === 'ended' && row.status === 'canceled')),
    ),
);

const DISPUTES = '/v1/disputes';

const listDisputes = route(
  'GET',
  DISPUTES,
  z.strictObject({ ...paging, charge: text.optional(), payment_intent: text.optional() }),
  ({ world, input: { charge, payment_intent: intent, ...paged } }) => {
    const only = charge ?? (intent && chargeIdOf(intent));
    return pageOf(world, DISPUTES, 'dispute', paged, (row) => !only || row.charge === only);
  },
);

const SETUP_INTENTS = '/v1/setup_intents';

const listSetupIntents = route(
  'GET',
  SETUP_INTENTS,
  z.strictObject({ ...paging, customer: text.optional() }),
  ({ world, input: { customer, ...paged } }) =>
    pageOf(
      world,
      SETUP_INTENTS,
      'setupIntent',
      paged,
      (row) => !customer || row.customer === customer,
    ),
);

const SETUP_ATTEMPTS = '/v1/setup_attempts';

const listSetupAttempts = route(
  'GET',
  SETUP_ATTEMPTS,
  z.strictObject({ ...paging, setup_intent: text }),
  ({ world, input: { setup_intent: intent, ...paged } }) => {
    need(world, 'setupIntent', intent, 'setup_intent');
    return pageOf(world, SETUP_ATTEMPTS, 'setupAttempt', paged, (row) => row.intent === intent);
  },
);

/** An event as it is delivered and listed. */
export const eventObject = (event: StoredEvent, pendingWebhooks = 0) => ({
  id: event.id,
  object: 'event',
  api_version: API_VERSION,
  created: event.created,
  data: {
    object: event.snapshot,
    ...(event.previous === null ? {} : { previous_attributes: event.previous }),
  },
  livemode: false,
  pending_webhooks: pendingWebhooks,
  request: event.request,
  type: event.type,
});

const EVENTS = '/v1/events';
const LISTED_SECONDS = 30 * 86_400;

const listEvents = route(
  'GET',
  EVENTS,
  z.strictObject({ ...paging, type: text.optional(), types: listOf(text).optional() }),
  ({ world, input: { type, types, ...paged } }) => {
    const wanted = (name: string): boolean =>
      type === undefined ||
      type === name ||
      (type.endsWith('.*') && name.startsWith(type.slice(0, -1)));
    return page(
      { url: EVENTS, what: 'event' },
      world
        .all('event')
        .filter(
          (event) =>
            world.seconds() - event.created <= LISTED_SECONDS &&
            wanted(event.type) &&
            (types === undefined || types.includes(event.type)),
        ),
      (event) => eventObject(event),
      paged,
    );
  },
);

const retrieveEvent = route('GET', `${EVENTS}/{id}`, z.strictObject(common), ({ world, id }) => {
  const event = world.get('event', id);
  if (!event) throw noSuch('event', id, 'id');
  return eventObject(event);
});

export const listingRoutes: Route[] = [
  listSubscriptions,
  retrieval(SUBSCRIPTIONS, 'subscription'),
  listDisputes,
  retrieval(DISPUTES, 'dispute'),
  listSetupIntents,
  retrieval(SETUP_INTENTS, 'setupIntent'),
  listSetupAttempts,
  listEvents,
  retrieveEvent,
];
