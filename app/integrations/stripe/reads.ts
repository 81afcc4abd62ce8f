import type { Stripe } from 'stripe';
import type { Instant } from '#app/lib/instant.ts';
import {
  alsoNamed,
  isIntentId,
  paymentIdLike,
  paymentIdsOf,
} from '#app/domain/book/payment-ids.ts';
import { idOf, liveCharge, liveIntent, liveRefund } from '#app/integrations/stripe/types.ts';
import type { LiveCharge, LiveRefund } from '#app/integrations/stripe/types.ts';
import {
  toStripeError,
  isMissing,
  StripeUnavailableError,
} from '#app/integrations/stripe/errors.ts';

/* What is read from Stripe. Whatever keeps it from being read is thrown as `StripeTrouble`. */

const PAGE = 100;
/** More refunds than any charge has: a server that never ends its list is not believed. */
const MOST_ROWS = 100_000;

interface Listed {
  id: string;
  created: number;
  object: string;
  amount: number;
}

const collect = async <T extends Listed>(
  rows: AsyncIterable<T>,
  kind: T['object'],
): Promise<T[]> => {
  // Pages can overlap while rows are added.
  const once = new Map<string, T>();
  let again = 0;
  for await (const row of rows) {
    if ((row.object ?? kind) !== kind || typeof row.id !== 'string')
      throw new StripeUnavailableError('unreadable', `a list of ${kind} has others`);
    const before = once.get(row.id);
    if (before !== undefined && before.amount !== row.amount)
      throw new StripeUnavailableError('unreadable', `two of a list of ${kind} bear one id`);
    again = before === undefined ? 0 : again + 1;
    // A server that always says there is more, and tells the same over again.
    if (again > 0 && again >= Math.max(once.size, PAGE)) break;
    once.set(row.id, row);
    if (once.size > MOST_ROWS)
      throw new StripeUnavailableError('unreadable', 'a list that does not end');
  }
  return [...once.values()].toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
};

const orNull = async <T>(read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return null;
    throw toStripeError(error);
  }
};

const orStripeError = async <T>(read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    throw toStripeError(error);
  }
};

const demand = (object: { object?: unknown; id?: unknown }, kind: string, id: string): void => {
  if ((object.object ?? kind) !== kind || object.id !== id)
    throw new StripeUnavailableError('unreadable', `Stripe did not answer with ${kind} ${id}`);
};

const demandMoney = (object: { amount: unknown; currency: unknown }): void => {
  if (!Number.isSafeInteger(object.amount) || typeof object.currency !== 'string')
    throw new StripeUnavailableError(
      'unreadable',
      'Stripe answered without an amount and its currency',
    );
};

const refundsBy = async (client: Stripe, params: Stripe.RefundListParams) => {
  const refunds = await collect(client.refunds.list({ ...params, limit: PAGE }), 'refund');
  if (!refunds.every(({ amount }) => Number.isSafeInteger(amount)))
    throw new StripeUnavailableError('unreadable', 'Stripe lists a refund without an amount');
  return refunds;
};

/** The charge that made a payment; where it names none, the payment intent itself. */
const chargeOf = async (
  client: Stripe,
  paymentId: string,
): Promise<Stripe.Charge | Stripe.PaymentIntent> => {
  if (!isIntentId(paymentId)) {
    const charge = await client.charges.retrieve(paymentId);
    demand(charge, 'charge', paymentId);
    return { ...charge, object: 'charge' };
  }
  const intent = await client.paymentIntents.retrieve(paymentId, { expand: ['latest_charge'] });
  demand(intent, 'payment_intent', paymentId);
  const latest = intent.latest_charge ?? null;
  if (latest === null) return { ...intent, object: 'payment_intent' };
  const id = idOf(latest) ?? '';
  const charge = typeof latest === 'string' ? await client.charges.retrieve(id) : latest;
  demand(charge, 'charge', id);
  if ((idOf(charge.payment_intent) ?? paymentId) !== paymentId)
    throw new StripeUnavailableError(
      'unreadable',
      `Stripe answered with a charge of another payment intent`,
    );
  return { ...charge, object: 'charge', payment_intent: paymentId };
};

const disputesOf = async (client: Stripe, { id, disputed }: Stripe.Charge) => {
  if (!disputed) return [];
  const disputes = await collect(client.disputes.list({ charge: id, limit: PAGE }), 'dispute');
  return disputes.filter(({ charge }) => (idOf(charge) ?? id) === id);
};

/** The charge with its disputes; null: there is none. Refuses a charge of the other mode. */
export const readCharge = (
  client: Stripe,
  paymentId: string,
  livemode: boolean,
): Promise<LiveCharge | null> =>
  orNull(async () => {
    const charge = await chargeOf(client, paymentId);
    if (charge.livemode === !livemode)
      throw new StripeUnavailableError('denied', 'the charge is of another mode than the API key');
    demandMoney(charge);
    return charge.object === 'charge'
      ? liveCharge(charge, await disputesOf(client, charge))
      : liveIntent(charge);
  });

/** Every refund of a payment, oldest first. Not every server that speaks Stripe minds the filter. */
export const listRefunds = (client: Stripe, paymentId: string): Promise<LiveRefund[]> =>
  orStripeError(async () => {
    const by = isIntentId(paymentId) ? { payment_intent: paymentId } : { charge: paymentId };
    const refunds = (await refundsBy(client, by)).map(liveRefund);
    const unclear = refunds.some(
      (refund) => paymentIdLike(paymentId, refund) === null && paymentIdsOf(refund).length > 0,
    );
    const other = unclear ? await otherNameOf(client, paymentId) : null;
    return refunds
      .filter((refund) => {
        const name = paymentIdLike(paymentId, refund);
        if (name !== null) return name === paymentId;
        // Where nothing tells whose it is, it counts: of money that may have gone, more is assumed.
        return other === null || paymentIdsOf(refund).every((one) => one === other);
      })
      .map((refund) => alsoNamed(refund, paymentId));
  });

/** The payment intent of a charge, or the charge of a payment intent. */
const otherNameOf = async (client: Stripe, paymentId: string): Promise<string | null> => {
  const charge = await chargeOf(client, paymentId);
  if (charge.object !== 'charge') return null;
  return isIntentId(paymentId) ? charge.id : idOf(charge.payment_intent);
};

/** Every refund made since, oldest first; the second in which `since` lies counts whole. */
export const listRefundsSince = (client: Stripe, since: Instant): Promise<LiveRefund[]> =>
  orStripeError(async () => {
    const from = Math.floor(since / 1000);
    const refunds = await refundsBy(client, { created: { gte: from } });
    return refunds.filter(({ created }) => created >= from).map(liveRefund);
  });

/** The refund; null: there is none. */
export const readRefund = (client: Stripe, refundId: string): Promise<LiveRefund | null> =>
  orNull(async () => {
    const refund = await client.refunds.retrieve(refundId);
    demand(refund, 'refund', refundId);
    return liveRefund(refund);
  });
