import { FaultScript } from '#scripts/sandbox/stripe/faults.ts';
import { allRoutes } from '#scripts/sandbox/stripe/resources/all.ts';
import { settleDue } from '#scripts/sandbox/stripe/refund-life.ts';
import { errorBody, StripeRefusal } from '#scripts/sandbox/stripe/protocol/errors.ts';
import type { ErrorFacts, Reply } from '#scripts/sandbox/stripe/protocol/errors.ts';
import { expand } from '#scripts/sandbox/stripe/protocol/expand.ts';
import { parseForm } from '#scripts/sandbox/stripe/protocol/form.ts';
import { API_VERSION, checkGate } from '#scripts/sandbox/stripe/protocol/gate.ts';
import type { Gate } from '#scripts/sandbox/stripe/protocol/gate.ts';
import { holdKey, knownReply, settleKey } from '#scripts/sandbox/stripe/protocol/idempotency.ts';
import { findRoute } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

/** A request as it has arrived. */
export interface Asked {
  method: string;
  path: string;
  /** What follows `?`, of a GET. */
  query: string;
  headers: Record<string, string | undefined>;
  body: string;
}

/** One local Stripe: its truth, who may ask, and what is to go wrong. */
export class StripeServer {
  readonly script = new FaultScript();

  constructor(
    readonly world: World,
    private readonly gate: Gate,
  ) {}

  keyOf({ method, headers }: Asked): string | null {
    return method === 'POST' ? (headers['idempotency-key'] ?? null) : null;
  }

  /** Whether the request is let in: null, or the reply that it gets instead of being carried out. */
  admit(asked: Asked, requestId: string): Reply | null {
    const key = this.keyOf(asked);
    try {
      checkGate(this.gate, asked);
      if (key === null) return null;
      const known = knownReply(this.world, { key, path: asked.path, body: asked.body });
      if (known)
        return this.reply(known.status, known.body, requestId, {
          'idempotency-key': key,
          'idempotent-replayed': 'true',
        });
      if (!this.world.lax) holdKey(this.world, { key, path: asked.path, body: asked.body });
      return null;
    } catch (error) {
      return this.refusal(error, requestId);
    }
  }

  /** Carries out a request that was let in, and keeps its reply under its key. */
  run(asked: Asked, requestId: string): Reply {
    const key = this.keyOf(asked);
    settleDue(this.world);
    try {
      const { route, id, sub } = findRoute(allRoutes, asked.method, asked.path);
      const input = parseForm(asked.method === 'POST' ? asked.body : asked.query);
      const { value, expand: paths } = route.handle({
        world: this.world,
        id,
        sub,
        input,
        request: { id: requestId, key },
      });
      expand(this.world, value, paths);
      const body = JSON.stringify(value, null, 2);
      if (key !== null) settleKey(this.world, key, { status: 200, body });
      return this.reply(200, body, requestId, key === null ? {} : { 'idempotency-key': key });
    } catch (error) {
      const reply = this.refusal(error, requestId);
      const kept = error instanceof StripeRefusal && error.validation ? null : reply;
      if (key !== null) settleKey(this.world, key, kept);
      return reply;
    } finally {
      this.world.nextFate = null;
    }
  }

  /** A reply that says what is wrong. What is no refusal is this server's own mistake: 500. */
  refusal(error: unknown, requestId: string): Reply {
    if (error instanceof StripeRefusal) return this.error(error.facts, requestId);
    console.error('sandbox stripe:', error);
    return this.error(
      { status: 500, type: 'api_error', message: 'An unknown error occurred' },
      requestId,
    );
  }

  error(facts: ErrorFacts, requestId: string): Reply {
    return this.reply(facts.status ?? 400, errorBody(facts, requestId), requestId, {
      'stripe-should-retry': 'false',
    });
  }

  reply(
    status: number,
    body: string,
    requestId: string,
    headers: Record<string, string> = {},
  ): Reply {
    return {
      status,
      body,
      headers: {
        'content-type': 'application/json',
        'request-id': requestId,
        'stripe-version': API_VERSION,
        ...headers,
      },
    };
  }
}
