import type { StripeEvent } from '#app/outside/stripe/webhook.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { takeRefund } from '#app/services/money/take-refund.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { insertStripeEvent } from '#db/queries/stripe-events.ts';

export type EventResult = 'taken' | 'duplicate';

/**
 * Takes in a verified event. It only says that something has changed: the refund is fetched anew, so
 * that order and age of events do not matter. Its id is kept in the write of its effect. Throws where
 * Stripe cannot be read: then nothing is kept, and Stripe delivers it again.
 */
export const handleStripeEvent = async (
  deps: MoneyDeps,
  event: StripeEvent,
): Promise<EventResult> => {
  const refunds = await refundsOf(deps, event);
  await deps.point('event-read');
  const changed = new Set<string>();
  const isNew = await deps.store.write(async (tx) => {
    changed.clear();
    const first = await insertStripeEvent(tx, {
      id: event.id,
      type: event.type,
      objectId: event.object.id ?? '',
      createdAt: event.createdAt,
      receivedAt: deps.now(),
    });
    if (!first) return false;
    for (const refund of refunds) {
      const customerId = await takeRefund(deps, tx, refund);
      if (customerId !== null) changed.add(customerId);
    }
    return true;
  });
  await deps.point('event-taken');
  if (changed.size > 0) await sweepAccounts(deps, { customers: [...changed] });
  return isNew ? 'taken' : 'duplicate';
};

/** The refunds that an event is about, as Stripe has them now. */
async function refundsOf(deps: MoneyDeps, { type, object }: StripeEvent): Promise<LiveRefund[]> {
  if (object.kind === 'refund' && object.id !== null) {
    const refund = await deps.stripe.readRefund(object.id);
    return refund ? [refund] : [];
  }
  if (type === 'charge.refunded' && object.chargeId !== null) {
    return deps.stripe.listRefunds(object.chargeId);
  }
  return [];
}
