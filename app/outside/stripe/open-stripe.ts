import { Stripe } from 'stripe';
import type { Instant } from '#app/domain/instant.ts';
import { liveCharge, liveRefund, ofCharge } from '#app/outside/stripe/live.ts';
import type { LiveCharge, LiveRefund } from '#app/outside/stripe/live.ts';
import { outcomeOfAnswer, outcomeOfError } from '#app/outside/stripe/refund-outcome.ts';
import type { RefundOutcome } from '#app/outside/stripe/refund-outcome.ts';
import { readRefundBody } from '#app/outside/stripe/refund-body.ts';
import { makeStrictHttp } from '#app/outside/stripe/strict-http.ts';
import type { StripeHttp } from '#app/outside/stripe/strict-http.ts';
import { asTrouble, isMissing, StripeTrouble } from '#app/outside/stripe/trouble.ts';
import { verifyWebhook } from '#app/outside/stripe/webhook.ts';
import type { WebhookVerdict } from '#app/outside/stripe/webhook.ts';

export interface StripeOptions {
  secretKey: string;
  /** Another server that speaks Stripe, on this machine. */
  apiBase?: string | undefined;
  /** Called before each request, to throw where none may be made: within a write. */
  beforeCall: (what: string) => void;
  /** Milliseconds until an outcome counts as unknown. */
  timeout?: number;
  /** How requests travel, where they do not go over the network. */
  http?: StripeHttp;
}

/** What the services ask of Stripe. Reads throw `StripeTrouble` where Stripe cannot be read. */
export interface StripeApi {
  /** Whether real money moves under this key. */
  readonly livemode: boolean;
  /** The charge with its disputes; null: Stripe has none of this id. */
  readCharge: (chargeId: string) => Promise<LiveCharge | null>;
  /** Every refund of a charge, oldest first. */
  listRefunds: (chargeId: string) => Promise<LiveRefund[]>;
  /** Every refund made since, oldest first. */
  listRefundsSince: (since: Instant) => Promise<LiveRefund[]>;
  /** null: Stripe has none of this id. */
  readRefund: (refundId: string) => Promise<LiveRefund | null>;
  /**
   * Sends a refund once. `body` is a text of `writeRefundBody`, stored with `key` before this is called.
   * Never throws for what Stripe or the network does: everything is an outcome.
   */
  createRefund: (send: { body: string; key: string }) => Promise<RefundOutcome>;
  verifyWebhook: (delivery: {
    body: Buffer | string;
    header: string | undefined;
    secrets: readonly string[];
    now: Instant;
  }) => WebhookVerdict;
}

const PAGE = 100;
/** More refunds than any charge has: a server that never ends its list is not believed. */
const MOST_ROWS = 100_000;

const TIMEOUT_MS = 20_000;

const makeClient = ({ secretKey, apiBase, timeout, http }: StripeOptions): Stripe => {
  const base = apiBase === undefined ? null : new URL(apiBase);
  const secure = base?.protocol !== 'http:';
  return new Stripe(secretKey, {
    ...(base
      ? {
          host: base.hostname,
          port: base.port || (secure ? 443 : 80),
          protocol: secure ? 'https' : 'http',
        }
      : {}),
    timeout: timeout ?? TIMEOUT_MS,
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: http ?? makeStrictHttp(),
  });
};

const collect = async <T extends { id: string; created: number; object: string }>(
  rows: AsyncIterable<T>,
  kind: T['object'],
): Promise<T[]> => {
  const all: T[] = [];
  for await (const row of rows) {
    if (row.object !== kind) throw new StripeTrouble('unreadable', `a list of ${kind} has others`);
    all.push(row);
    if (all.length > MOST_ROWS) throw new StripeTrouble('unreadable', 'a list that does not end');
  }
  // Pages can overlap while rows are added.
  const once = new Map(all.map((row) => [row.id, row]));
  return [...once.values()].toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
};

const orNull = async <T>(read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return null;
    throw asTrouble(error);
  }
};

const orTrouble = async <T>(read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    throw asTrouble(error);
  }
};

const demand = (object: { object?: unknown; id?: unknown }, kind: string, id: string): void => {
  if (object.object !== kind || object.id !== id)
    throw new StripeTrouble('unreadable', `Stripe did not answer with ${kind} ${id}`);
};

/** Opens Stripe for the services. No request is made before one of its functions is called. */
export const openStripe = (options: StripeOptions): StripeApi => {
  const { beforeCall } = options;
  const client = makeClient(options);
  const livemode = /^[rs]k_live_/.test(options.secretKey);
  const refundsBy = (params: Stripe.RefundListParams) =>
    collect(client.refunds.list({ ...params, limit: PAGE }), 'refund');

  return {
    livemode,
    readCharge: (chargeId) => {
      beforeCall('reading a charge');
      return orNull(async () => {
        const charge = await client.charges.retrieve(chargeId);
        demand(charge, 'charge', chargeId);
        if (charge.livemode === !livemode)
          throw new StripeTrouble('denied', 'the charge is of another mode than the API key');
        const disputes = charge.disputed
          ? await collect(client.disputes.list({ charge: chargeId, limit: PAGE }), 'dispute')
          : [];
        return liveCharge(charge, disputes);
      });
    },
    listRefunds: (chargeId) => {
      beforeCall('listing refunds');
      return orTrouble(async () => {
        const refunds = (await refundsBy({ charge: chargeId })).map((each) =>
          ofCharge(each, chargeId),
        );
        return refunds.filter((refund) => refund.chargeId === chargeId);
      });
    },
    listRefundsSince: (since) => {
      beforeCall('listing refunds');
      return orTrouble(async () => {
        const refunds = await refundsBy({ created: { gte: Math.floor(since / 1000) } });
        return refunds.map(liveRefund).filter(({ createdAt }) => createdAt >= since - 1000);
      });
    },
    readRefund: (refundId) => {
      beforeCall('reading a refund');
      return orNull(async () => {
        const refund = await client.refunds.retrieve(refundId);
        demand(refund, 'refund', refundId);
        return liveRefund(refund);
      });
    },
    createRefund: async ({ body, key }) => {
      beforeCall('creating a refund');
      const params = readRefundBody(body);
      try {
        const answer = await client.refunds.create(params, { idempotencyKey: key });
        return outcomeOfAnswer(answer, params);
      } catch (error) {
        return outcomeOfError(error);
      }
    },
    verifyWebhook: (delivery) => verifyWebhook({ ...delivery, livemode }),
  };
};
