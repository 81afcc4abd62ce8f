import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { command, stateOf } from '#scripts/sandbox/stripe/controls.ts';
import type { Controls } from '#scripts/sandbox/stripe/controls.ts';
import { exchange } from '#scripts/sandbox/stripe/exchange.ts';
import { StripeServer } from '#scripts/sandbox/stripe/server.ts';
import { openLines } from '#scripts/sandbox/lines.ts';
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
  /** Where changes are kept, so that they are there again after a restart. */
  journal?: string;
}

export interface RunningStripe extends Controls {
  url: string;
  world: World;
  close: () => Promise<void>;
}

const LONGEST_BODY = 1_000_000;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LONGEST_BODY) throw new Error('the body is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

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

/** Answers one HTTP request. The signal ends waits when the server closes. */
const answer = async (
  controls: Controls,
  {
    request,
    response,
    signal,
  }: { request: IncomingMessage; response: ServerResponse; signal: AbortSignal },
): Promise<void> => {
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
  const outcome = await exchange(controls.server, asked, async (ms) => {
    await sleep(ms, undefined, { signal });
  });
  if (outcome.kind === 'cut') request.socket.destroy();
  if (outcome.kind !== 'reply') return;
  const { reply } = outcome;
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
  });
  response.end(reply.body);
};

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      // A TCP server that listens has an address of this form.
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });

/** Starts a local Stripe on 127.0.0.1. */
export const startStripe = async (options: StripeOptions = {}): Promise<RunningStripe> => {
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
  filled = true;
  const webhooks = new Webhooks(world);
  webhooks.endpoint = options.webhook ?? null;
  const controls = {
    server: new StripeServer(world, { keys: options.keys ?? [SANDBOX_KEY] }),
    webhooks,
  };
  const closing = new AbortController();
  const server = createServer((request, response) => {
    answer(controls, { request, response, signal: closing.signal }).catch(() =>
      request.socket.destroy(),
    );
  });
  const url = await listen(server, options.port ?? 0);
  return {
    ...controls,
    url,
    world,
    close: async () => {
      closing.abort();
      await webhooks.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      journal?.close();
    },
  };
};
