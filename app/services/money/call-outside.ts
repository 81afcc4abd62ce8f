import type { BookRecord, LedgerEntry } from '#app/domain/book/records.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { isOfAnother } from '#app/domain/requests/payment-names.ts';
import { reasonOf } from '#app/outside/stripe/live.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import { sayMismatch } from '#app/outside/stripe/refund-outcome.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { refundRecordOfLive } from '#app/outside/stripe/records/refund-record.ts';
import { entryMade, lookUpCredits } from '#app/services/money/look-up-credits.ts';
import { refundOf } from '#app/services/money/our-marks.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import type { Live } from '#app/services/money/read-outside.ts';
import { productOutcome, refundOutcome } from '#app/services/money/outcomes.ts';
import { sayUnmarkedTwin } from '#app/services/money/unmarked-twin.ts';
import type { Tried } from '#app/services/money/settle-step.ts';
import { findCustomerRecord } from '#db/queries/customer-records.ts';

/* The steps' kinds differ only here: how one is sent, and how one finds out whether it has happened. */

/** Sends a step: the stored bytes under the stored key. Throws nothing for what the other side answers. */
export const callOutside = async (deps: MoneyDeps, step: Operation): Promise<Tried> => {
  const { body, idempotencyKey: key } = step;
  if (step.kind === 'stripe_refund') {
    const sent = await deps.stripe.createRefund({ body, key });
    if (sent.kind !== 'accepted') return nothing(refundOutcome(sent));
    return isStepsRefund(step, sent.refund)
      ? refundMade(step, sent.refund)
      : nothing({ kind: 'mismatched', words: sayMismatch(sent.refund) });
  }
  if (step.kind === 'credit_adjustment') {
    const sent = await deps.productApi.postAdjustment({ body, key });
    return sent.kind === 'accepted' || sent.kind === 'mismatched'
      ? readBackEntry(deps, step, sent.entry)
      : nothing(productOutcome(sent));
  }
  return putHold(deps, step);
};

async function putHold(deps: MoneyDeps, step: Operation): Promise<Tried> {
  const { customerId, idempotencyKey: key } = step;
  // Written when the step was planned.
  const { hold, reason } = JSON.parse(step.body) as { hold: boolean; reason: string };
  const sent = await deps.productApi.putHold({ customerId, hold, reason, key });
  if (sent.kind !== 'accepted') return nothing(productOutcome(sent));
  const customer = await findCustomerRecord(deps.store.read, customerId);
  return {
    outcome: { kind: 'accepted', externalId: step.id, status: 'done', bankReference: null },
    records: customer ? [{ type: 'customer', record: { ...customer, generationHold: hold } }] : [],
  };
}

const nothing = (outcome: Tried['outcome']): Tried => ({ outcome, records: [] });

/** `unclear`: what is there may be it, and nobody can tell. */
export type LookedUp = Live<Tried> | { kind: 'unclear'; words: string };

/** Whether a step has happened, by our ids. A hold has nothing to look up: setting it again is the same. */
export const lookUpOutside = async (deps: MoneyDeps, step: Operation): Promise<LookedUp> => {
  if (step.kind === 'generation_hold') return { kind: 'absent' };
  if (step.kind === 'credit_adjustment') return lookUpCredits(deps, step);
  const found = await readOutside(() => deps.stripe.listRefunds(paymentOf(step)));
  if (found.kind !== 'found') return found;
  const ours = await refundOf(deps.store.read, step, found.value);
  if (ours) return { kind: 'found', value: refundMade(step, ours) };
  const twin = await sayUnmarkedTwin(deps, step, found.value);
  return twin === null ? { kind: 'absent' } : { kind: 'unclear', words: twin };
};

export const paymentOf = ({ id, paymentId }: Operation): string => {
  // A check of the table holds refunds to a payment.
  if (paymentId === null) throw new Error(`refund ${id} without its payment`);
  return paymentId;
};

/** Whether a refund can be what a step was to make: its payment, amount and currency, nobody else's mark. */
export const isStepsRefund = (step: Operation, refund: LiveRefund): boolean =>
  !isOfAnother(refund, paymentOf(step)) &&
  refund.amount === step.amount &&
  // Other servers leave out the currency, and lose our mark.
  (refund.currency || step.currency) === step.currency &&
  (refund.opId ?? step.id) === step.id;

/** What Stripe says of our refund, and the record that the book gets of it. */
export const refundMade = (step: Operation, refund: LiveRefund): Tried => {
  if (!isStepsRefund(step, refund)) {
    return nothing({ kind: 'held', words: sayMismatch(refund) });
  }
  return {
    outcome: {
      kind: 'accepted',
      externalId: refund.id,
      status: refund.statusAtStripe ?? refund.status,
      reason: reasonOf(refund),
      bankReference: refund.bankReference,
    },
    records: [refundRecord(step, refund)],
  };
};

/** In the book it stands under the name of our payment; what Stripe left out our step knows. */
export const refundRecord = (step: Operation, refund: LiveRefund): BookRecord => ({
  type: 'refund',
  record: {
    ...refundRecordOfLive(refund, { id: paymentOf(step), customerId: step.customerId }),
    currency: refund.currency || (step.currency ?? ''),
    createdAt: refund.createdAt || (step.lastSentAt ?? step.changedAt),
  },
});

/**
 * An entry does not say whose it is: what counts is what the product has under our id. An answer that it
 * does not confirm there is asked for again.
 */
async function readBackEntry(
  deps: MoneyDeps,
  step: Operation,
  answered: LedgerEntry,
): Promise<Tried> {
  const found = await readOutside(() => deps.productApi.readAdjustment(step.id));
  if (found.kind === 'found') return entryMade(deps.store.read, step, found.value);
  const words = `The product answered with ${answered.id}`;
  return found.kind === 'absent'
    ? nothing({ kind: 'contradicted', words: `${words} and has nothing under our id.` })
    : nothing({ ...NOBODY_KNOWS, words: `${words}; it could not be read back: ${found.words}` });
}

const NOBODY_KNOWS = { kind: 'unknown', serverError: false, replayed: false } as const;
