import { z } from 'zod';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import { faultRule } from '#scripts/sandbox/stripe/faults.ts';
import { makeRefund, settleDue, settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import type { StripeServer } from '#scripts/sandbox/stripe/server.ts';
import type { Webhooks } from '#scripts/sandbox/stripe/webhooks.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

export interface Controls {
  server: StripeServer;
  webhooks: Webhooks;
}

/** A command that cannot be obeyed: told as 400. */
class ControlRefusal extends Error {}

const charge = (world: World, id: string) => {
  const found = world.get('charge', id);
  if (!found) throw new ControlRefusal(`no charge ${id}`);
  return found;
};

const refund = (world: World, id: string) => {
  const found = world.get('refund', id);
  if (!found) throw new ControlRefusal(`no refund ${id}`);
  return found;
};

/** The charges whose live refunds come to more than was captured: always empty, or money was lost. */
const overRefunded = (world: World) => {
  const sums = new Map<string, number>();
  for (const each of world.all('refund'))
    if (each.status !== 'failed' && each.status !== 'canceled')
      sums.set(each.charge, (sums.get(each.charge) ?? 0) + each.amount);
  return [...sums].flatMap(([id, refunded]) => {
    const captured = world.get('charge', id)?.amountCaptured ?? 0;
    return refunded > captured ? [{ charge: id, captured, refunded }] : [];
  });
};

/** The truth: `GET /_sandbox/state`, all of it or of one charge. */
export const stateOf = ({ world }: StripeServer, only: string | null) => ({
  now: world.now(),
  refunds: world.all('refund').filter((each) => only === null || each.charge === only),
  disputes: world.all('dispute').filter((each) => only === null || each.charge === only),
  keysSeen: [...world.keysSeen],
  posts: world.posts,
  overRefunded: overRefunded(world),
  events: world.all('event').map(({ id, type, created }) => ({ id, type, created })),
});

/** Events in another order, the same for the same seed. */
const shuffled = <T>(rows: readonly T[], seed: number): T[] => {
  const mixed = [...rows];
  let state = seed >>> 0 || 1;
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const at = state % (last + 1);
    // Both indexes lie within the list.
    [mixed[last], mixed[at]] = [mixed[at]!, mixed[last]!];
  }
  return mixed;
};

type Command = (controls: Controls, id: string, body: unknown) => unknown;

const refundEnd =
  (status: 'failed' | 'succeeded' | 'canceled'): Command =>
  ({ server: { world } }, id, body) => {
    const { reason } = z.strictObject({ reason: z.string().optional() }).parse(body);
    return settleRefund(world, refund(world, id), {
      status,
      ...(reason === undefined ? {} : { failureReason: reason }),
    });
  };

const disputeCharge: Command = ({ server: { world } }, _id, body) => {
  const given = z
    .strictObject({
      charge: z.string(),
      status: z.string().default('needs_response'),
      refundable: z.boolean().default(false),
      reason: z.string().default('fraudulent'),
    })
    .parse(body);
  const of = charge(world, given.charge);
  const old = world.all('dispute').find((each) => each.charge === of.id);
  const row = world.put('dispute', {
    id: old?.id ?? world.newId('dp'),
    created: old?.created ?? world.seconds(),
    charge: of.id,
    amount: of.amountCaptured,
    currency: of.currency,
    status: given.status,
    reason: given.reason,
    chargeRefundable: given.refundable,
  });
  emit(world, old ? 'charge.dispute.updated' : 'charge.dispute.created', { kind: 'dispute', row });
  return row;
};

const dashboardRefund: Command = ({ server: { world } }, _id, body) => {
  const given = z
    .strictObject({ charge: z.string(), amount: z.int().positive().optional() })
    .parse(body);
  const of = charge(world, given.charge);
  const left = of.amountCaptured - of.amountRefunded;
  const amount = given.amount ?? left;
  if (amount > left || amount <= 0) throw new ControlRefusal(`only ${left} is left of ${of.id}`);
  return makeRefund(world, of, { amount, reason: 'requested_by_customer', metadata: {} });
};

const setWebhooks: Command = ({ webhooks }, _id, body) => {
  const given = z
    .strictObject({
      url: z.url().nullable().optional(),
      secrets: z.array(z.string()).optional(),
      held: z.boolean().optional(),
    })
    .parse(body);
  if (given.url !== undefined)
    webhooks.endpoint =
      given.url === null ? null : { url: given.url, secrets: given.secrets ?? [] };
  webhooks.held = given.held ?? webhooks.held;
  return { url: webhooks.endpoint?.url ?? null, held: webhooks.held };
};

const deliver: Command = async ({ server: { world }, webhooks }, _id, body) => {
  const { shuffle, times, since } = z
    .strictObject({
      shuffle: z.int().optional(),
      times: z.int().positive().default(1),
      since: z.int().nonnegative().default(0),
    })
    .parse(body);
  const events = world.all('event').slice(since);
  const queue = Array.from({ length: times }, () => events).flat();
  return webhooks.deliver(shuffle === undefined ? queue : shuffled(queue, shuffle));
};

const advanceClock: Command = ({ server: { world } }, _id, body) => {
  const { advanceMs } = z.strictObject({ advanceMs: z.int().nonnegative() }).parse(body);
  world.advance(advanceMs);
  settleDue(world);
  return { now: world.now() };
};

const addFaults: Command = ({ server: { script } }, _id, body) => {
  const rules = z.array(faultRule).parse(Array.isArray(body) ? body : [body]);
  for (const rule of rules) script.add(rule);
  return { added: rules.length };
};

const COMMANDS: readonly [method: string, pattern: RegExp, command: Command][] = [
  ['POST', /^faults$/, addFaults],
  ['DELETE', /^faults$/, ({ server: { script } }) => script.clear()],
  ['POST', /^clock$/, advanceClock],
  ['POST', /^refunds\/(?<id>[^/]+)\/fail$/, refundEnd('failed')],
  ['POST', /^refunds\/(?<id>[^/]+)\/succeed$/, refundEnd('succeeded')],
  ['POST', /^refunds\/(?<id>[^/]+)\/cancel$/, refundEnd('canceled')],
  ['POST', /^dashboard-refund$/, dashboardRefund],
  ['POST', /^disputes$/, disputeCharge],
  ['POST', /^webhooks$/, setWebhooks],
  ['POST', /^webhooks\/deliver$/, deliver],
];

/**
 * What tests and the demo steer by, `/_sandbox/` taken off the path. Undefined: there is no such command.
 * Throws `ControlRefusal` and zod's errors where it cannot be obeyed.
 */
export const command = (
  controls: Controls,
  asked: { method: string; path: string; body: unknown },
): Promise<unknown> | undefined => {
  for (const [method, pattern, run] of COMMANDS) {
    const match = method === asked.method ? pattern.exec(asked.path) : null;
    if (match)
      return Promise.resolve(run(controls, match.groups?.['id'] ?? '', asked.body)).then(
        (value) => value ?? {},
      );
  }
  return undefined;
};
