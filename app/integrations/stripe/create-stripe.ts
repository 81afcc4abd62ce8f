import { Stripe } from 'stripe';
import type { Instant } from '#app/lib/instant.ts';
import type { LiveCharge, LiveRefund } from '#app/integrations/stripe/types.ts';
import { outcomeOfAnswer, outcomeOfError } from '#app/integrations/stripe/refund-outcome.ts';
import type { RefundOutcome } from '#app/integrations/stripe/refund-outcome.ts';
import { readRefundBody } from '#app/integrations/stripe/refund-body.ts';
import {
  listRefunds,
  listRefundsSince,
  readCharge,
  readRefund,
} from '#app/integrations/stripe/reads.ts';
import { createStripeHttpClient } from '#app/integrations/stripe/http-client.ts';
import type { StripeHttp } from '#app/integrations/stripe/http-client.ts';
import { verifyWebhook } from '#app/integrations/stripe/webhook.ts';
import type { WebhookVerdict } from '#app/integrations/stripe/webhook.ts';

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
  /** The charge of a payment, with its disputes; null: Stripe has none of this id. */
  readCharge: (paymentId: string) => Promise<LiveCharge | null>;
  /** Every refund of a payment, oldest first. */
  listRefunds: (paymentId: string) => Promise<LiveRefund[]>;
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

/**
 * Milliseconds.
 * @internal
 */
export const TIMEOUT_MS = 20_000;

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
    httpClient: http ?? createStripeHttpClient(),
  });
};

/** Opens Stripe for the services. No request is made before one of its functions is called. */
export const createStripe = (options: StripeOptions): StripeApi => {
  const { beforeCall } = options;
  const client = makeClient(options);
  const livemode = /^[rs]k_live_/.test(options.secretKey);
  const guarded =
    <A, R>(what: string, read: (client: Stripe, about: A, livemode: boolean) => Promise<R>) =>
    (about: A): Promise<R> => {
      beforeCall(what);
      return read(client, about, livemode);
    };
  return {
    livemode,
    readCharge: guarded('reading a charge', readCharge),
    listRefunds: guarded('listing refunds', listRefunds),
    listRefundsSince: guarded('listing refunds', listRefundsSince),
    readRefund: guarded('reading a refund', readRefund),
    createRefund: async ({ body, key }) => {
      beforeCall('creating a refund');
      const { params, paymentId } = readRefundBody(body);
      try {
        const answer = await client.refunds.create(params, { idempotencyKey: key });
        return outcomeOfAnswer(answer, { paymentId, amount: params.amount });
      } catch (error) {
        return outcomeOfError(error);
      }
    },
    verifyWebhook: (delivery) => verifyWebhook({ ...delivery, livemode }),
  };
};
