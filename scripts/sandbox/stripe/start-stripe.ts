import type { IncomingMessage, ServerResponse } from 'node:http';
import { command, stateOf } from '#scripts/sandbox/stripe/controls.ts';
import type { Controls } from '#scripts/sandbox/stripe/controls.ts';
import { exchange } from '#scripts/sandbox/stripe/exchange.ts';
import { settleDue } from '#scripts/sandbox/stripe/refund-life.ts';
import { StripeServer } from '#scripts/sandbox/stripe/server.ts';
import { openLines } from '#scripts/sandbox/lines.ts';
import { readBody, serveLoopback } from '#scripts/sandbox/loopback.ts';
import type { Visit } from '#scripts/sandbox/loopback.ts';
import { Webhooks } from '#scripts/sandbox/stripe/webhooks.ts';
import type { Endpoint } from '#scripts/sandbox/stripe/webhooks.ts';
import { World } from '#scripts/sandbox/stripe/world.ts';
import type { Change, WorldOptions } from '#scripts/sandbox/stripe/world.ts';

export const SANDBOX_KEY = 'sk_test_redressSandbox';

export interface StripeOptions extends Omit<WorldOptions, 'onChange'> {
  /** 0: any free port. */
  port?: number;
  keys?: readonly string[];
  webhook?: Endpoint;
  /** Fills the account before anything else. */
  fill?: (world: World) => void;
  /** Milliseconds between two looks at what has come due by itself; without it only requests look. */
  settleEvery?: number;
  /** Where changes are kept, so that they are there again after a restart. */
  journal?: string;
}

export interface RunningStripe extends Controls {
  url: string;
  world: World;
  close: () => Promise<void>;
}

const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
};

const control = async (
  controls: Controls,
  { method, url, body }: { method: string; url: URL; body: string },
  response: ServerResponse,
): Promise<void> => {
  const path = url.pathname.slice('/_sandbox/'.length);
  if (method === 'GET' && path === 'state') {
    sendJson(response, 200, stateOf(controls.server, url.searchParams.get('charge')));
    return;
  }
  try {
    const parsed: unknown = body === '' ? {} : JSON.parse(body);
    const done = command(controls, { method, path, body: parsed });
    if (done) sendJson(response, 200, await done);
    else sendJson(response, 404, { error: `no command ${method} ${path}` });
  } catch (error) {
    sendJson(response, 400, { error: String(error) });
  }
};

const single = (headers: IncomingMessage['headers']): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );

/** Answers one HTTP request. */
const answer = async (controls: Controls, { request, response, wait }: Visit): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const method = request.method ?? 'GET';
  const body = await readBody(request);
  if (url.pathname.startsWith('/_sandbox/')) {
    await control(controls, { method, url, body }, response);
    return;
  }
  const asked = {
    method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: single(request.headers),
    body,
  };
  const outcome = await exchange(controls.server, asked, wait);
  if (outcome.kind === 'cut') request.socket.destroy();
  if (outcome.kind !== 'reply') return;
  const { reply } = outcome;
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
  });
  response.end(reply.body);
};

/**
 * The account's refunds add up: a refund that only the journal or only the book knows counts on the
 * charge, whichever of the two has told of the charge last.
 */
const addUp = (world: World): void => {
  const sums = new Map<string, number>();
  for (const { charge, amount, status } of world.all('refund'))
    if (status !== 'failed' && status !== 'canceled')
      sums.set(charge, (sums.get(charge) ?? 0) + amount);
  for (const charge of world.all('charge')) {
    const amountRefunded = sums.get(charge.id) ?? 0;
    if (amountRefunded !== charge.amountRefunded)
      world.change('charge', charge, { amountRefunded });
  }
};

/** The account as it was filled, and then as the journal says; later changes are added to the journal. */
const openWorld = (options: StripeOptions) => {
  const journal = options.journal === undefined ? null : openLines<Change>(options.journal);
  let filled = false;
  const world = new World({
    ...options,
    onChange: (change) => {
      if (filled) journal?.append(change);
    },
  });
  options.fill?.(world);
  journal?.replay((change) => world.replay(change));
  if (journal) addUp(world);
  filled = true;
  return { world, journal };
};

/** Starts a local Stripe on 127.0.0.1. */
export const startStripe = async (options: StripeOptions = {}): Promise<RunningStripe> => {
  const { world, journal } = openWorld(options);
  const webhooks = new Webhooks(world);
  webhooks.endpoint = options.webhook ?? null;
  const controls = {
    server: new StripeServer(world, { keys: options.keys ?? [SANDBOX_KEY] }),
    webhooks,
  };
  const timer =
    options.settleEvery === undefined
      ? undefined
      : setInterval(() => settleDue(world), options.settleEvery).unref();
  const loopback = await serveLoopback(options.port ?? 0, (visit) => answer(controls, visit));
  return {
    ...controls,
    url: loopback.url,
    world,
    close: async () => {
      clearInterval(timer);
      await webhooks.close();
      await loopback.close();
      journal?.close();
    },
  };
};
