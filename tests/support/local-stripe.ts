import { Stripe } from 'stripe';
import { onTestFinished } from 'vitest';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import type { BookRecord } from '#app/domain/book/records.ts';
import { DAY } from '#app/lib/instant.ts';
import { fillFromBook } from '#scripts/sandbox/stripe/fill/fill-from-book.ts';
import { SANDBOX_KEY, startStripe } from '#scripts/sandbox/stripe/start-stripe.ts';
import type { StripeOptions } from '#scripts/sandbox/stripe/start-stripe.ts';
import { paid, T } from '#tests/factories/records.ts';
import { writeRefundBody } from '#app/domain/operations/bodies.ts';

/** Three days after the payments of the factories: refunds are no longer reversals. */
export const LATER = T + 3 * DAY;

/** A client's patience in tests, in milliseconds: long enough for this machine, short enough to wait for. */
export const PATIENCE = 400;

export interface LocalOptions extends StripeOptions {
  records?: BookRecord[];
}

/** A local Stripe with its own clock that holds a paid charge `ch_1` of $49.00, or `records`. */
export const localStripe = async ({ records, ...options }: LocalOptions = {}) => {
  const sandbox = await startStripe({
    now: () => LATER,
    fill: (world) => fillFromBook(world, records ?? [paid({ id: 'ch_1' })]),
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const api = createStripe({
    secretKey: SANDBOX_KEY,
    apiBase: sandbox.url,
    beforeCall: () => {},
    timeout: PATIENCE,
  });
  const { hostname, port } = new URL(sandbox.url);
  /** The plain client, for what the console never asks. */
  const client = new Stripe(SANDBOX_KEY, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return { sandbox, world: sandbox.world, api, client };
};

/** The stored body of a refund of `ch_1` by operation `op_1`, unless said otherwise. */
export const refundText = (amount: number, op = 'op_1', charge = 'ch_1'): string =>
  writeRefundBody({ paymentId: charge, amount, metadata: { op, request: 'req_1' } });

/** What Stripe says no with, read off the client's error; throws where it said yes. */
export const refusal = async (
  call: Promise<unknown>,
): Promise<{ status?: number; type: string; code?: string; param?: string; message: string }> => {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error('Stripe did not refuse');
  const { statusCode: status, type, code, param, message } = error;
  return { status, type, code, param, message };
};
