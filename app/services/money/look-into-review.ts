import type { Instant } from '#app/domain/instant.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { sayEffect, sayOutcome } from '#app/domain/requests/review-words.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import { lookUpOutside } from '#app/services/money/call-outside.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { refundOf } from '#app/services/money/our-marks.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import { unmarkedTwins } from '#app/services/money/unmarked-twin.ts';

/** A refund that Stripe shows on the charge of a step in review. */
export interface TheirRefund {
  id: string;
  amount: number;
  currency: string;
  status: string;
  createdAt: Instant;
  /** `ours`: it bears the mark of this step; `other`: of another of ours; `none`: made elsewhere. */
  mark: 'ours' | 'other' | 'none';
}
export interface Review {
  operationId: string;
  version: number;
  kind: Operation['kind'];
  sent: {
    what: string;
    firstAt: Instant | null;
    lastAt: Instant | null;
    key: string;
    attempt: number;
    outcome: string;
    error: string | null;
    lookedUpAt: Instant | null;
  };
  /** What is to be seen outside at this moment. */
  theirs:
    /**
     * `externalId`: what bears the mark of this step; null: nothing does. `toConfirm`: refunds that may be
     * this one, of which a person must say that they are others before a no is taken.
     */
    | { kind: 'read'; externalId: string | null; refunds: TheirRefund[]; toConfirm: TheirRefund[] }
    | { kind: 'unreadable'; words: string };
}

/** Both facts of a step whose outcome nobody knows: what was sent, and what the other side says of it now. */
export async function lookIntoReview(
  deps: MoneyDeps,
  steps: readonly Operation[],
): Promise<Review | null> {
  const step = steps.find(({ state }) => state === 'needs_review');
  if (step === undefined) return null;
  return {
    ...{ operationId: step.id, version: step.version, kind: step.kind },
    sent: {
      ...{ what: sayEffect(step), firstAt: step.firstSentAt, lastAt: step.lastSentAt },
      ...{ key: step.idempotencyKey, attempt: step.attempt, outcome: sayOutcome(step.outcome) },
      ...{ error: step.error, lookedUpAt: step.lastReadBackAt },
    },
    theirs: await lookThere(deps, step),
  };
}

async function lookThere(deps: MoneyDeps, step: Operation): Promise<Review['theirs']> {
  const { paymentId } = step;
  if (step.kind !== 'stripe_refund' || paymentId === null) {
    const found = await lookUpOutside(deps, step);
    if (found.kind === 'unreadable') return found;
    const outcome = found.kind === 'found' ? found.value.outcome : null;
    const externalId = outcome?.kind === 'accepted' ? outcome.externalId : null;
    return { kind: 'read', externalId, refunds: [], toConfirm: [] };
  }
  const listed = await readOutside(() => deps.stripe.listRefunds(paymentId));
  if (listed.kind === 'unreadable') return listed;
  const there = listed.kind === 'found' ? listed.value : [];
  const own = await refundOf(deps.store.read, step, there);
  const refunds = there.map((one) => theirRefund(one, step, own));
  const ours = refunds.find(({ mark }) => mark === 'ours');
  const twins = ours ? [] : await unmarkedTwins(deps, step, there);
  const toConfirm = twins.map((one) => theirRefund(one, step, own));
  return { kind: 'read', externalId: ours?.id ?? null, refunds, toConfirm };
}

const theirRefund = (
  refund: LiveRefund,
  { id, currency }: Operation,
  own: LiveRefund | null,
): TheirRefund => ({
  ...{ id: refund.id, amount: refund.amount, currency: refund.currency || (currency ?? '') },
  ...{ status: refund.statusAtStripe ?? refund.status, createdAt: refund.createdAt },
  mark:
    refund.opId === id || refund.id === own?.id ? 'ours' : refund.opId === null ? 'none' : 'other',
});
