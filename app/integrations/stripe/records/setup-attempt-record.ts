import type Stripe from 'stripe';
import { CARD_FUNDINGS } from '#app/domain/book/records.ts';
import type { SetupAttempt } from '#app/domain/book/records.ts';
import { toInstant } from '#app/integrations/stripe/types.ts';

/** An attempt to set a card up; null: it has not come to an end, or was given up. */
export const setupAttemptRecord = (
  attempt: Stripe.SetupAttempt,
  customerId: string,
): SetupAttempt | null => {
  if (attempt.status !== 'succeeded' && attempt.status !== 'failed') return null;
  const { setup_error: error, payment_method_details: method } = attempt;
  const failed = attempt.status === 'failed';
  return {
    id: attempt.id,
    customerId,
    at: toInstant(attempt.created),
    status: attempt.status,
    failureCode: failed ? (error?.code ?? null) : null,
    declineCode: failed ? (error?.decline_code ?? null) : null,
    cardBrand: method.card?.brand ?? null,
    cardFunding: CARD_FUNDINGS.find((known) => known === method.card?.funding) ?? null,
  };
};
