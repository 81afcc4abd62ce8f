import type { Instant } from '#app/lib/instant.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { describeEffect, describeOutcome } from '#app/domain/operations/labels.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import { readBack } from '#app/services/operations/execute-operation.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { refundOf } from '#app/services/requests/evaluate/refund-tags.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import { untaggedDuplicates } from '#app/services/operations/preflight-refund.ts';

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
export async function loadManualReview(
  deps: RemedyDeps,
  steps: readonly Operation[],
): Promise<Review | null> {
  const step = steps.find(({ state }) => state === 'needs_review');
  if (step === undefined) return null;
  return {
    ...{ operationId: step.id, version: step.version, kind: step.kind },
    sent: {
      ...{ what: describeEffect(step), firstAt: step.firstSentAt, lastAt: step.lastSentAt },
      ...{
        key: step.idempotencyKey,
        attempt: step.attempt,
        outcome: describeOutcome(step.outcome),
      },
      ...{ error: step.error, lookedUpAt: step.lastReadBackAt },
    },
    theirs: await readAtIntegration(deps, step),
  };
}

async function readAtIntegration(deps: RemedyDeps, step: Operation): Promise<Review['theirs']> {
  const { paymentId } = step;
  if (step.kind !== 'stripe_refund' || paymentId === null) {
    const found = await readBack(deps, step);
    if (found.kind === 'unreadable') return found;
    const outcome = found.kind === 'found' ? found.value.outcome : null;
    const externalId = outcome?.kind === 'accepted' ? outcome.externalId : null;
    return { kind: 'read', externalId, refunds: [], toConfirm: [] };
  }
  const listed = await tryRead(() => deps.stripe.listRefunds(paymentId));
  if (listed.kind === 'unreadable') return listed;
  const there = listed.kind === 'found' ? listed.value : [];
  const own = await refundOf(deps.store.read, step, there);
  const refunds = there.map((one) => theirRefund(one, step, own));
  const ours = refunds.find(({ mark }) => mark === 'ours');
  const duplicates = ours ? [] : await untaggedDuplicates(deps, step, there);
  const toConfirm = duplicates.map((one) => theirRefund(one, step, own));
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
