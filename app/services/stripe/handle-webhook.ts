import type { StripeEvent } from '#app/integrations/stripe/webhook.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { fetchRefunds, applyRefunds } from '#app/services/stripe/sync-refunds.ts';
import type { RefundSnapshot } from '#app/services/stripe/sync-refunds.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { hasStripeEvent, insertStripeEvent } from '#db/queries/operations/stripe-events.ts';

export type EventResult = 'taken' | 'duplicate';

/**
 * Takes in a verified event. It only says that something has changed: the refunds of the payment are
 * fetched anew, so that order and age of events do not matter. Its id is kept in the write of its effect. Throws where
 * Stripe cannot be read: then nothing is kept, and Stripe delivers it again.
 */
export const handleWebhook = async (deps: RemedyDeps, event: StripeEvent): Promise<EventResult> => {
  // Delivered again while Stripe cannot be read, it is known all the same.
  if (await hasStripeEvent(deps.store.read, event.id)) return 'duplicate';
  const reported = await applyEvent(deps, event);
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
    if (reported !== null)
      for (const customerId of await applyRefunds(deps, tx, reported)) changed.add(customerId);
    return true;
  });
  await deps.point('event-taken');
  if (changed.size > 0) await sweepAccounts(deps, { customers: [...changed] });
  return isNew ? 'taken' : 'duplicate';
};

/** The refunds of the payment that an event is about, as Stripe has them now. */
async function applyEvent(
  deps: RemedyDeps,
  { type, object }: StripeEvent,
): Promise<RefundSnapshot | null> {
  if (object.kind === 'refund' && object.id !== null) {
    const refund = await deps.stripe.readRefund(object.id);
    if (refund === null) return null;
    // Names that a server leaves out of the refund, its event may have told.
    const chargeId = refund.chargeId ?? object.chargeId;
    const paymentIntentId = refund.paymentIntentId ?? object.paymentIntentId;
    return fetchRefunds(deps, { chargeId, paymentIntentId }, refund);
  }
  if (type !== 'charge.refunded' || object.chargeId === null) return null;
  return fetchRefunds(deps, object, null);
}
