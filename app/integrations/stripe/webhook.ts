import { Stripe } from 'stripe';
import { isTooDeep } from '#app/lib/json-depth.ts';
import { toInstant } from '#app/integrations/stripe/types.ts';
import type { NamedByStripe } from '#app/domain/book/payment-ids.ts';
import type { Instant } from '#app/lib/instant.ts';

/** Seconds by which the signature's time may differ from ours. */
const TOLERANCE = 300;

export interface StripeEvent {
  id: string;
  /** `refund.failed`, … also types that this program does not know. */
  type: string;
  createdAt: Instant;
  /** What it is about: fetch it anew, the event only says that something has changed. */
  object: { kind: string; id: string | null } & NamedByStripe;
}

export type WebhookVerdict =
  | { ok: true; event: StripeEvent }
  | { ok: false; why: 'signature' | 'time' | 'mode' | 'account' | 'form' };

interface Delivery {
  /** The bytes as they came: one changed letter breaks the signature. */
  body: Buffer | string;
  header: string | undefined;
  /** Two while one is being replaced. */
  secrets: readonly string[];
  now: Instant;
  livemode: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The id of a field that may be expanded. */
const idIn = (field: unknown): string | null => textOrNull(isObject(field) ? field['id'] : field);

const readEvent = (event: unknown): StripeEvent | null => {
  if (!isObject(event) || event['object'] !== 'event' || !isObject(event['data'])) return null;
  const { id, type, created } = event;
  const about = event['data']['object'];
  if (typeof id !== 'string' || typeof type !== 'string' || typeof created !== 'number')
    return null;
  if (!isObject(about)) return null;
  const kind = textOrNull(about['object']) ?? 'unknown';
  const objectId = textOrNull(about['id']);
  const charge = idIn(about['charge']);
  return {
    id,
    type,
    createdAt: toInstant(created),
    object: {
      ...{ kind, id: objectId, chargeId: kind === 'charge' ? objectId : charge },
      paymentIntentId: idIn(about['payment_intent']),
    },
  };
};

/** The signed instant in seconds. */
const signedAt = (header: string): number => Number(/(?:^|,)t=(\d+)/.exec(header)?.[1] ?? NaN);

const verifiedBy = ({ body, header, now }: Delivery, secret: string): unknown => {
  try {
    return Stripe.webhooks.constructEvent(body, header ?? '', secret, TOLERANCE, undefined, now);
  } catch {
    return null;
  }
};

/**
 * Whether a delivery is Stripe's, for this mode and this account, and no more than 300 seconds old or
 * ahead. The caller keeps the event's id together with its effect: deliveries come more than once.
 */
export const verifyWebhook = (delivery: Delivery): WebhookVerdict => {
  const { body, header = '', secrets, now } = delivery;
  if (isTooDeep(body.toString())) return { ok: false, why: 'form' };
  let event: unknown = null;
  for (const secret of secrets) event ??= verifiedBy(delivery, secret);
  const offBy = Math.floor(now / 1000) - signedAt(header);
  if (event === null) return { ok: false, why: offBy > TOLERANCE ? 'time' : 'signature' };
  // The client accepts any time in the future.
  if (offBy < -TOLERANCE) return { ok: false, why: 'time' };
  const read = readEvent(event);
  if (!read || !isObject(event)) return { ok: false, why: 'form' };
  if (event['livemode'] !== delivery.livemode) return { ok: false, why: 'mode' };
  if (textOrNull(event['account']) !== null) return { ok: false, why: 'account' };
  return { ok: true, event: read };
};
