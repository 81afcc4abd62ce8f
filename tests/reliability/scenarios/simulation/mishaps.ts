import { HOUR } from '#app/lib/instant.ts';
import { command } from '#scripts/sandbox/stripe/controls.ts';
import type { Fault } from '#scripts/sandbox/stripe/faults.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import type { Agenda } from '#tests/reliability/scenarios/simulation/agenda.ts';
import type { Service } from '#tests/reliability/scenarios/simulation/service.ts';
import type { Charged } from '#tests/reliability/scenarios/simulation/verdict.ts';

/* What happens at Stripe without the console, and what goes wrong on the way there. */

const POSTS: readonly Fault[] = [
  ...(['reset_before', 'reset_after', 'hang_before', 'hang_after', '500_after'] as const),
  ...(['500_stored', '409_in_use', '429', '401', 'pending', 'later_failed'] as const),
  ...(['truncated_json', 'html_502', 'charge_already_refunded'] as const),
];
const GETS: readonly Fault[] = ['reset_before', 'hang_before', 'html_502', 'truncated_json'];

/** Now and then something of Stripe goes wrong at the next call. */
export const failNow = (service: Service): void => {
  const { chance, world } = service;
  const { script } = world.sandbox.server;
  if (service.fails(0.25)) script.add({ fault: chance.pick(POSTS) });
  if (service.fails(0.08)) script.add({ fault: chance.pick(GETS), method: 'GET', path: '/v1/*' });
};

export const refundElsewhere = async (
  { chance, world }: Service,
  charges: readonly Charged[],
): Promise<void> => {
  const stripe = world.sandbox.world;
  const charge = stripe.get('charge', chance.pick(charges).id);
  const most = charge ? charge.amountCaptured - charge.amountRefunded : 0;
  if (!charge || most <= 0) return;
  const amount = chance.whole(1, most);
  makeRefund(stripe, charge, { amount, reason: null, metadata: {} });
};

export const dispute = async (
  { chance, world }: Service,
  charges: readonly Charged[],
): Promise<void> => {
  const { id: charge } = chance.pick(charges);
  const status = chance.pick(['needs_response', 'won', 'warning_needs_response']);
  await command(world.sandbox, { method: 'POST', path: 'disputes', body: { charge, status } });
};

/** For some hours nothing of Stripe can be reached. */
export const outage = async ({ chance, world }: Service, agenda: Agenda): Promise<void> => {
  const { script } = world.sandbox.server;
  for (const method of ['GET', 'POST'] as const)
    script.add({ fault: 'reset_before', method, path: '/v1/*', times: 1_000_000 });
  agenda.add(world.now() + chance.whole(1, 8) * HOUR, async () => script.clear());
};
