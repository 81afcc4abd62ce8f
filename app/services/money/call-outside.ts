import type { BookRecord, LedgerEntry } from '#app/domain/book/records.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import type { Live } from '#app/services/money/read-outside.ts';
import { productOutcome, refundOutcome } from '#app/services/money/outcomes.ts';
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
    return sent.kind === 'accepted' ? entryMade(step, sent.entry) : nothing(productOutcome(sent));
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

/** Whether a step has happened, by its own id. A hold has nothing to look up: setting it again is the same. */
export const lookUpOutside = async (deps: MoneyDeps, step: Operation): Promise<Live<Tried>> => {
  if (step.kind === 'generation_hold') return { kind: 'absent' };
  if (step.kind === 'credit_adjustment') {
    const found = await readOutside(() => deps.productApi.readAdjustment(step.id));
    return found.kind === 'found' ? { kind: 'found', value: entryMade(step, found.value) } : found;
  }
  const found = await readOutside(() => deps.stripe.listRefunds(chargeOf(step)));
  if (found.kind !== 'found') return found;
  const ours = found.value.find(({ opId }) => opId === step.id);
  return ours ? { kind: 'found', value: refundMade(step, ours) } : { kind: 'absent' };
};

export const chargeOf = ({ id, paymentId }: Operation): string => {
  // A check of the table holds refunds to a payment.
  if (paymentId === null) throw new Error(`refund ${id} without its payment`);
  return paymentId;
};

/** What Stripe says of our refund, and the record that the book gets of it. */
export const refundMade = (step: Operation, refund: LiveRefund): Tried => {
  if (refund.chargeId !== step.paymentId || refund.amount !== step.amount) {
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
    records: [refundRecord(step.customerId, refund)],
  };
};

export const refundRecord = (customerId: string, refund: LiveRefund): BookRecord => ({
  type: 'refund',
  record: {
    id: refund.id,
    customerId,
    // Only refunds of a charge that was asked for come here.
    paymentId: refund.chargeId ?? '',
    amount: refund.amount,
    currency: refund.currency,
    status: refund.status,
    reason: refund.reason,
    createdAt: refund.createdAt,
    failureReason: refund.failureReason,
    bankReference: refund.bankReference,
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
