import type { BookRecord, LedgerEntry } from '#app/domain/book/records.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { isOfAnother } from '#app/domain/requests/payment-names.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { refundRecordOfLive } from '#app/outside/stripe/records/refund-record.ts';
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
    return sent.kind === 'accepted' ? refundMade(step, sent.refund) : nothing(refundOutcome(sent));
  }
  if (step.kind === 'credit_adjustment') {
    const sent = await deps.productApi.postAdjustment({ body, key });
    return sent.kind === 'accepted'
      ? entryMade(step, sent.entry)
      : nothing(productOutcome(sent, step.firstSentAt !== step.lastSentAt));
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

/** Whether a step has happened, by its own id. A hold has nothing to look up: setting it again is the same. */
export const lookUpOutside = async (deps: MoneyDeps, step: Operation): Promise<LookedUp> => {
  if (step.kind === 'generation_hold') return { kind: 'absent' };
  if (step.kind === 'credit_adjustment') {
    const found = await readOutside(() => deps.productApi.readAdjustment(step.id));
    return found.kind === 'found' ? { kind: 'found', value: entryMade(step, found.value) } : found;
  }
  const found = await readOutside(() => deps.stripe.listRefunds(paymentOf(step)));
  if (found.kind !== 'found') return found;
  const ours = found.value.find(({ opId }) => opId === step.id);
  if (ours) return { kind: 'found', value: refundMade(step, ours) };
  const twin = await sayUnmarkedTwin(deps, step, found.value);
  return twin === null ? { kind: 'absent' } : { kind: 'unclear', words: twin };
};

export const paymentOf = ({ id, paymentId }: Operation): string => {
  // A check of the table holds refunds to a payment.
  if (paymentId === null) throw new Error(`refund ${id} without its payment`);
  return paymentId;
};

/** What Stripe says of our refund, and the record that the book gets of it. */
export const refundMade = (step: Operation, refund: LiveRefund): Tried => {
  if (isOfAnother(refund, paymentOf(step)) || refund.amount !== step.amount) {
    const words = `Stripe answered with ${refund.id}, which is not the refund that was sent.`;
    return nothing({ kind: 'held', words });
  }
  return {
    outcome: {
      kind: 'accepted',
      externalId: refund.id,
      status: refund.statusAtStripe ?? refund.status,
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

const entryMade = (step: Operation, entry: LedgerEntry): Tried => {
  if (entry.customerId !== step.customerId || entry.credits !== step.credits) {
    const words = `The product answered with ${entry.id}, which is not the entry that was sent.`;
    return nothing({ kind: 'held', words });
  }
  return {
    outcome: { kind: 'accepted', externalId: entry.id, status: 'booked', bankReference: null },
    records: [{ type: 'ledgerEntry', record: entry }],
  };
};
