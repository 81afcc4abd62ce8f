import { DAY } from '#app/lib/instant.ts';
import type { StripeEvent } from '#app/integrations/stripe/webhook.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { pollPendingRefunds } from '#app/services/stripe/poll-pending-refunds.ts';
import { settleDue } from '#scripts/sandbox/stripe/refund-life.ts';
import { entriesNamingPayment } from '#db/queries/customers/customer-records.ts';
import { flagsOfCustomer } from '#db/queries/flags/flags.ts';
import { mailsOfRequest } from '#db/queries/operations/mail.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { reservationsOn } from '#db/queries/requests/request-sums.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

/** How the console hears of it: by an event and its redelivery, or by asking. */
const WAYS = ['event', 'asking'] as const;

/** M9: a refund that was on its way comes back days later, with credits taken for it. */
export const lateFailure = async (world: MoneyWorld): Promise<Figure> => {
  const violations: string[] = [];
  for (const way of WAYS)
    violations.push(...(await oneWay(world, way)).map((what) => `${way}: ${what}`));
  return { name: 'M9 late failure', runs: WAYS.length, faults: 1, violations, seed: null };
};

async function oneWay(world: MoneyWorld, way: (typeof WAYS)[number]): Promise<string[]> {
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string): void => void (holds || wrong.push(what));
  const [customerId, charge] = [`org_late_${way}`, `ch_late_${way}`];
  await world.charge(charge, customerId);
  const fault = way === 'event' ? 'later_failed' : 'pending';
  world.sandbox.server.script.add({ fault, charge });
  const step = await approvedRefund(world, { paymentId: charge, customerId, takeBack: 500 });
  await processAll(world, step.requestId);
  expect((await creditsOf(world, customerId, charge)).join() === '-500', 'credits not taken once');
  await comesBack(world, charge, way);
  await processAll(world, step.requestId);
  const request = await findRequest(world.store.read, step.requestId);
  expect(request?.state === 'failed', `request ${request?.state}`);
  const credits = await creditsOf(world, customerId, charge);
  expect(credits.join() === '-500,500', `credits ${credits.join()}: not returned once`);
  expect(world.product.product.balance(customerId) === 0, 'the product’s balance is off');
  const mail = (await mailsOfRequest(world.store.read, step.requestId)).map(({ kind }) => kind);
  const first = way === 'event' ? 'refund_on_its_way' : 'refund_pending';
  const told = `credits_returned,refund_failed,${first}`;
  expect(mail.toSorted().join() === told, `mail: ${mail.join()}`);
  const flags = await flagsOfCustomer(world.store.read, customerId);
  expect(
    flags.some(({ rule, state }) => rule === 'refund-failed' && state === 'open'),
    `no flag: ${flags.map(({ rule }) => rule).join()}`,
  );
  expect((await reservationsOn(world.store.read, [charge], null)).length === 0, 'still reserved');
  const again = await approvedRefund(world, { paymentId: charge, customerId });
  const [second] = await processAll(world, again.requestId);
  expect(second?.state === 'succeeded', `a new refund of the same amount: ${second?.error}`);
  return wrong;
}

/** The refund fails at Stripe and the console hears of it, twice. */
async function comesBack(
  world: MoneyWorld,
  charge: string,
  way: 'event' | 'asking',
): Promise<void> {
  const { world: stripe } = world.sandbox;
  const refund = stripe.all('refund').find((made) => made.charge === charge);
  if (!refund) throw new Error('nothing was refunded');
  if (way === 'asking')
    stripe.change('refund', refund, { due: { at: stripe.seconds(), becomes: 'failed' } });
  world.advance(4 * DAY);
  settleDue(stripe);
  if (way === 'asking') {
    await pollPendingRefunds(world);
    world.advance(DAY);
    await pollPendingRefunds(world);
    return;
  }
  const event: StripeEvent = {
    id: `evt_${charge}`,
    type: 'refund.failed',
    createdAt: world.now(),
    object: { kind: 'refund', id: refund.id, chargeId: charge, paymentIntentId: null },
  };
  await handleWebhook(world, event);
  await handleWebhook(world, event);
  await handleWebhook(world, { ...event, id: `${event.id}_again` });
}

const creditsOf = async (
  world: MoneyWorld,
  customerId: string,
  charge: string,
): Promise<number[]> =>
  (await entriesNamingPayment(world.store.read, customerId, charge))
    .toSorted((a, b) => a.occurredAt - b.occurredAt)
    .map(({ credits }) => credits);
