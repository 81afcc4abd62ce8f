import type Stripe from 'stripe';
import { SUBSCRIPTION_STATUSES } from '#app/domain/book/records.ts';
import type { Subscription } from '#app/domain/book/records.ts';
import { toInstant } from '#app/integrations/stripe/types.ts';

const statusOf = ({ status }: Stripe.Subscription): Subscription['status'] =>
  SUBSCRIPTION_STATUSES.find((known) => known === status) ??
  // `incomplete_expired`, the one that the book does not have, never came to be.
  'canceled';

const orNull = (seconds: number | null): number | null =>
  seconds === null ? null : toInstant(seconds);

/**
 * A Stripe subscription as a subscription of the book. Its period stands on its items; the plan is the
 * price's look-up key, and what it brings stands in the price's `metadata.credits_per_period`.
 */
export const subscriptionRecord = (
  subscription: Stripe.Subscription,
  customerId: string,
): Subscription => {
  const item = subscription.items.data[0];
  const credits = Number(item?.price.metadata['credits_per_period'] ?? 0);
  const start = item?.current_period_start ?? subscription.start_date;
  const end = item?.current_period_end ?? start;
  const ends = subscription.cancel_at ?? (subscription.cancel_at_period_end ? end : null);
  return {
    id: subscription.id,
    customerId,
    plan: item?.price.lookup_key ?? item?.price.nickname ?? item?.price.id ?? 'unknown',
    creditsPerPeriod: Number.isSafeInteger(credits) && credits >= 0 ? credits : 0,
    status: statusOf(subscription),
    currentPeriodStart: toInstant(start),
    currentPeriodEnd: toInstant(end),
    cancelAt: orNull(ends),
    endedAt: orNull(subscription.ended_at),
  };
};
