import type { StripeEvent } from '#app/outside/stripe/webhook.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readHeard, takeHeard } from '#app/services/money/hear-of-refunds.ts';
import type { Heard } from '#app/services/money/hear-of-refunds.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { hasStripeEvent, insertStripeEvent } from '#db/queries/stripe-events.ts';

export type EventResult = 'taken' | 'duplicate';

/**
 * Takes in a verified event. It only says that something has changed: the refunds of the payment are
 * fetched anew, so that order and age of events do not matter. Its id is kept in the write of its effect. Throws where
 * Stripe cannot be read: then nothing is kept, and Stripe delivers it again.
 */
export const handleStripeEvent = async (
  deps: MoneyDeps,
  event: StripeEvent,
): Promise<EventResult> => {
  // Delivered again while Stripe cannot be read, it is known all the same.
  if (await hasStripeEvent(deps.store.read, event.id)) return 'duplicate';
  const heard = await hear(deps, event);
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
    if (heard !== null)
      for (const customerId of await takeHeard(deps, tx, heard)) changed.add(customerId);
    return true;
  });
  await deps.point('event-taken');
  if (changed.size > 0) await sweepAccounts(deps, { customers: [...changed] });
  return isNew ? 'taken' : 'duplicate';
};

/** The refunds of the payment that an event is about, as Stripe has them now. */
async function hear(deps: MoneyDeps, { type, object }: StripeEvent): Promise<Heard | null> {
  if (object.kind === 'refund' && object.id !== null) {
    const refund = await deps.stripe.readRefund(object.id);
    if (refund === null) return null;
    // Names that a server leaves out of the refund, its event may have told.
    const chargeId = refund.chargeId ?? object.chargeId;
    const paymentIntentId = refund.paymentIntentId ?? object.paymentIntentId;
    return readHeard(deps, { chargeId, paymentIntentId }, refund);
  }
  if (type !== 'charge.refunded' || object.chargeId === null) return null;
  return readHeard(deps, object, null);
}
