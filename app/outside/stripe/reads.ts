import type { Stripe } from 'stripe';
import type { Instant } from '#app/domain/instant.ts';
import { liveCharge, liveRefund, ofCharge } from '#app/outside/stripe/live.ts';
import type { LiveCharge, LiveRefund } from '#app/outside/stripe/live.ts';
import { asTrouble, isMissing, StripeTrouble } from '#app/outside/stripe/trouble.ts';

/* What is read from Stripe. Whatever keeps it from being read is thrown as `StripeTrouble`. */

const PAGE = 100;
/** More refunds than any charge has: a server that never ends its list is not believed. */
const MOST_ROWS = 100_000;

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

const refundsBy = (client: Stripe, params: Stripe.RefundListParams) =>
  collect(client.refunds.list({ ...params, limit: PAGE }), 'refund');

/** The charge with its disputes; null: there is none. Refuses a charge of the other mode. */
export const readCharge = (
  client: Stripe,
  chargeId: string,
  livemode: boolean,
): Promise<LiveCharge | null> =>
  orNull(async () => {
    const charge = await client.charges.retrieve(chargeId);
    demand(charge, 'charge', chargeId);
    if (charge.livemode === !livemode)
      throw new StripeTrouble('denied', 'the charge is of another mode than the API key');
    const disputes = charge.disputed
      ? await collect(client.disputes.list({ charge: chargeId, limit: PAGE }), 'dispute')
      : [];
    return liveCharge(charge, disputes);
  });

/** Every refund of a charge, oldest first. */
export const listRefunds = (client: Stripe, chargeId: string): Promise<LiveRefund[]> =>
  orTrouble(async () => {
    const refunds = await refundsBy(client, { charge: chargeId });
    return refunds
      .map((each) => ofCharge(each, chargeId))
      .filter((refund) => refund.chargeId === chargeId);
  });

/** Every refund made since, oldest first; the second in which `since` lies counts whole. */
export const listRefundsSince = (client: Stripe, since: Instant): Promise<LiveRefund[]> =>
  orTrouble(async () => {
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
