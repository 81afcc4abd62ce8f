import { altered } from '#scripts/sandbox/stripe/altered.ts';
import type { FaultRule } from '#scripts/sandbox/stripe/faults.ts';
import { chargeIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';
import type { Reply } from '#scripts/sandbox/stripe/protocol/errors.ts';
import { parseForm } from '#scripts/sandbox/stripe/protocol/form.ts';
import type { FormTree } from '#scripts/sandbox/stripe/protocol/form.ts';
import { keyInUse, settleKey } from '#scripts/sandbox/stripe/protocol/idempotency.ts';
import type { Asked, StripeServer } from '#scripts/sandbox/stripe/server.ts';

/** What the client gets: a reply, a cut connection, or nothing at all. */
export type Outcome = { kind: 'reply'; reply: Reply } | { kind: 'cut' } | { kind: 'hang' };

interface Exchange {
  server: StripeServer;
  asked: Asked;
  requestId: string;
}

const replied = (reply: Reply): Outcome => ({ kind: 'reply', reply });

/** Admits and carries out, as if nothing were wrong. */
const normal = ({ server, asked, requestId }: Exchange): Reply =>
  server.admit(asked, requestId) ?? server.run(asked, requestId);

const serverError = ({ server, requestId }: Exchange): Reply =>
  server.error(
    { status: 500, type: 'api_error', message: 'An unknown error occurred.' },
    requestId,
  );

/** The 500 stays under the key: every repeat gets it again. */
const keep500 = (exchange: Exchange): Outcome => {
  const reply = serverError(exchange);
  const key = exchange.server.keyOf(exchange.asked);
  if (key !== null) settleKey(exchange.server.world, key, reply);
  return replied(reply);
};

const refused = (
  { server, requestId }: Exchange,
  facts: { status?: number; type?: string; code?: string; message: string },
): Outcome => replied(server.error(facts, requestId));

const garbled = (exchange: Exchange, rule: FaultRule, to: (reply: Reply) => Reply): Outcome =>
  replied(to(rule.done ? normal(exchange) : serverError(exchange)));

const HTML =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';

type Strike = (
  exchange: Exchange,
  rule: FaultRule,
  wait: (ms: number) => Promise<void>,
) => Outcome | Promise<Outcome>;

const STRIKES: Record<FaultRule['fault'], Strike> = {
  reset_before: () => ({ kind: 'cut' }),
  reset_after: (exchange) => {
    normal(exchange);
    return { kind: 'cut' };
  },
  lost_reply: (exchange, rule) => {
    const { charge } = aboutWhom(exchange);
    // Before it is carried out: its events are not heard either.
    if (charge !== null) exchange.server.world.silence(charge, rule.ms);
    normal(exchange);
    return { kind: 'cut' };
  },
  not_refundable: (exchange) =>
    refused(exchange, {
      code: 'charge_not_refundable',
      message: 'The attempt to refund this charge failed: its card no longer takes refunds.',
    }),
  hang_before: () => ({ kind: 'hang' }),
  hang_after: (exchange) => {
    normal(exchange);
    return { kind: 'hang' };
  },
  '500_after': (exchange) => {
    normal(exchange);
    return keep500(exchange);
  },
  '500_stored': (exchange) => {
    const known = exchange.server.admit(exchange.asked, exchange.requestId);
    return known ? replied(known) : keep500(exchange);
  },
  '409_in_use': (exchange) =>
    replied(
      exchange.server.refusal(
        keyInUse(exchange.server.keyOf(exchange.asked) ?? ''),
        exchange.requestId,
      ),
    ),
  '429': (exchange) =>
    refused(exchange, {
      status: 429,
      code: 'rate_limit',
      message: 'Request rate limit exceeded.',
    }),
  charge_already_refunded: (exchange) =>
    refused(exchange, {
      code: 'charge_already_refunded',
      message: 'The charge has already been refunded.',
    }),
  param_mismatch: (exchange) =>
    refused(exchange, {
      type: 'idempotency_error',
      message:
        'Keys for idempotent requests can only be used with the same parameters they were first used with.',
    }),
  '401': (exchange) =>
    refused(exchange, { status: 401, message: 'Invalid API Key provided: rk_test_****' }),
  '403': (exchange) =>
    refused(exchange, { status: 403, message: 'The provided key does not have this permission.' }),
  '404': (exchange) =>
    refused(exchange, { status: 404, code: 'resource_missing', message: noSuch(exchange) }),
  '400_no_such_charge': (exchange) => refused(exchange, { message: noSuch(exchange) }),
  pending: (exchange) => {
    exchange.server.world.nextFate = { status: 'pending', later: 'succeeded' };
    return replied(normal(exchange));
  },
  later_failed: (exchange) => {
    exchange.server.world.nextFate = { status: 'succeeded', later: 'failed' };
    return replied(normal(exchange));
  },
  truncated_json: (exchange, rule) =>
    garbled(exchange, rule, (reply) => ({
      ...reply,
      body: reply.body.slice(0, Math.floor(reply.body.length / 2)),
    })),
  html_502: (exchange, rule) =>
    garbled(exchange, rule, () => ({
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: HTML,
    })),
  slow: async (exchange, rule, wait) => {
    const { server, asked, requestId } = exchange;
    const known = server.admit(asked, requestId);
    if (known) return replied(known);
    await wait(rule.ms);
    return replied(server.run(asked, requestId));
  },
  key_pruned: (exchange) => {
    const key = exchange.server.keyOf(exchange.asked);
    if (key !== null) exchange.server.world.keys.delete(key);
    return replied(normal(exchange));
  },
  approval_required: (exchange) =>
    refused(exchange, {
      code: 'approval_required',
      message: 'This request must be approved in the Dashboard before it is carried out.',
    }),
  action_blocked: (exchange) =>
    refused(exchange, {
      code: 'action_blocked',
      message: 'This request was blocked by a rule of the account.',
    }),
  bare_string: (exchange) => {
    const reply = normal(exchange);
    return replied({ ...reply, body: '"ok"' });
  },
  no_object: (exchange) => {
    const reply = normal(exchange);
    return replied({ ...reply, body: '{}' });
  },
  altered: (exchange, { change, done }) => {
    const reply = done ? normal(exchange) : null;
    const body = reply === null ? {} : (JSON.parse(reply.body) as object);
    return replied({
      status: reply?.status ?? 200,
      headers: reply?.headers ?? { 'content-type': 'application/json' },
      body: JSON.stringify(altered(body, change)),
    });
  },
};

const noSuch = (exchange: Exchange): string =>
  `No such charge: '${aboutWhom(exchange).charge ?? 'ch_unknown'}'`;

const textOf = (value: FormTree[string] | undefined): string | null =>
  typeof value === 'string' ? value : null;

/** The charge and customer that a request is about, as far as it tells. */
const aboutWhom = ({
  server,
  asked,
}: Exchange): { charge: string | null; customer: string | null } => {
  let form: FormTree = {};
  try {
    form = parseForm(asked.method === 'POST' ? asked.body : asked.query);
  } catch {
    // A form that cannot be read is about nobody; it is refused where it is carried out.
  }
  const named = /\/(ch|pi|cus)_[^/]+/.exec(asked.path)?.[0].slice(1) ?? '';
  const intent = textOf(form['payment_intent']) ?? (named.startsWith('pi_') ? named : null);
  const charge =
    textOf(form['charge']) ??
    (named.startsWith('ch_') ? named : null) ??
    (intent && chargeIdOf(intent));
  const customer = textOf(form['customer']) ?? (named.startsWith('cus_') ? named : null);
  return {
    charge,
    customer: customer ?? server.world.get('charge', charge ?? '')?.customer ?? null,
  };
};

/**
 * One request from its arrival to what the client sees of it. `wait` lets time pass where the fault is
 * slowness.
 */
export const exchange = async (
  server: StripeServer,
  asked: Asked,
  wait: (ms: number) => Promise<void>,
): Promise<Outcome> => {
  const { world } = server;
  const given: Exchange = { server, asked, requestId: world.newId('req') };
  const key = server.keyOf(asked);
  const post = { path: asked.path, key, status: null as number | null, body: asked.body };
  if (asked.method === 'POST') world.posts.push(post);
  if (key !== null) world.keysSeen.add(key);
  const about = aboutWhom(given);
  if (world.isSilent(about.charge)) return { kind: 'cut' };
  const rule = server.script.pick({ method: asked.method, path: asked.path, key, ...about });
  const outcome = rule ? await STRIKES[rule.fault](given, rule, wait) : replied(normal(given));
  if (outcome.kind === 'reply') post.status = outcome.reply.status;
  return outcome;
};
