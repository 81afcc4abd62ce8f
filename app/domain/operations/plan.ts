import { canonicalJson } from '#app/domain/requests/canonical-content.ts';
import { idempotencyKeyOf } from '#app/domain/operations/operation.ts';
import { operationIdOf, returningIdOf } from '#app/domain/operations/operation-id.ts';
import { writeAdjustmentBody, writeRefundBody } from '#app/domain/operations/bodies.ts';
import type { AdjustmentBody } from '#app/domain/operations/bodies.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { RefundGround, RemedyRequest } from '#app/domain/requests/request.ts';
import type { Instant } from '#app/lib/instant.ts';

/** Stripe's reasons. `fraudulent` is none of ours: it puts the customer on block lists. */
const STRIPE_REASON: Record<RefundGround, 'duplicate' | 'requested_by_customer'> = {
  technical_issue: 'requested_by_customer',
  duplicate_charge: 'duplicate',
  charge_after_cancellation: 'requested_by_customer',
  other: 'requested_by_customer',
};

interface PlanFor {
  request: Pick<RemedyRequest, 'id' | 'revision' | 'content' | 'requestedBy'>;
  /** Who decided last; null where nobody else was needed. */
  decidedBy: string | null;
  now: Instant;
  /** Of the first step; above 1 where earlier steps of this request came to nothing. */
  firstOrdinal?: number;
}

/**
 * The steps of an approved request, in their order; only the first is ready. Their bodies are final: a
 * retry sends the same bytes.
 */
export function planOperations(plan: PlanFor): Operation[] {
  const { request, now, firstOrdinal = 1 } = plan;
  const { content } = request;
  const base = { requestId: request.id, customerId: content.customerId, now };
  const idAt = (ordinal: number): string =>
    operationIdOf({ requestId: request.id, revision: request.revision, ordinal });
  const id = idAt(firstOrdinal);
  const first = { ...base, id, ordinal: firstOrdinal, state: 'ready' } as const;
  switch (content.kind) {
    case 'refund': {
      const refund = newOperation({
        ...{ ...first, kind: 'stripe_refund', paymentId: content.paymentId },
        ...{ amount: content.amount, currency: content.currency },
        body: writeRefundBody({
          paymentId: content.paymentId,
          amount: content.amount,
          reason: STRIPE_REASON[content.ground],
          metadata: { op: id, request: request.id },
        }),
      });
      if (content.takeBack === 0) return [refund];
      const taken = {
        credits: -content.takeBack,
        cause: 'refund_take_back',
        paymentId: content.paymentId,
        generationId: null,
      };
      const ordinal = firstOrdinal + 1;
      const waiting = { ...base, id: idAt(ordinal), ordinal, state: 'waiting' } as const;
      return [refund, adjustmentStep(waiting, plan, taken)];
    }
    case 'credit_adjustment':
      return [adjustmentStep(first, plan, content)];
    case 'generation_hold': {
      const body = canonicalJson({ hold: content.hold, reason: content.reason });
      return [newOperation({ ...first, kind: 'generation_hold', body })];
    }
  }
}

type Position = Pick<Operation, 'id' | 'requestId' | 'customerId' | 'ordinal' | 'state'> & {
  now: Instant;
};

function adjustmentStep(
  place: Position,
  { request, decidedBy }: PlanFor,
  what: {
    credits: number;
    cause: string;
    paymentId: string | null;
    generationId: string | null;
  },
): Operation {
  const { id } = place;
  const { credits, cause, paymentId, generationId } = what;
  const body = writeAdjustmentBody({
    ...{ id, customerId: place.customerId, credits, reason: cause, paymentId, generationId },
    requestedBy: request.requestedBy,
    decidedBy: decidedBy ?? request.requestedBy,
  });
  return newOperation({ ...place, kind: 'credit_adjustment', paymentId, credits, body });
}

/**
 * The step that returns credits taken for a refund that came back. `takeBack` has succeeded. Its place
 * is fixed, so that there can be one only, unless a person has found that an earlier one never happened.
 */
export function planCompensation(
  takeBack: Operation,
  { now, ordinal = takeBack.ordinal + 1 }: Pick<PlanFor, 'now'> & { ordinal?: number },
): Operation {
  // Written by writeAdjustmentBody.
  const taken = JSON.parse(takeBack.body) as AdjustmentBody;
  const { requestId, customerId, paymentId } = takeBack;
  const id = returningIdOf({ requestId, ordinal });
  const credits = -taken.credits;
  return newOperation({
    ...{ id, requestId, customerId, paymentId, now, credits, ordinal },
    kind: 'credit_adjustment',
    state: 'ready',
    body: writeAdjustmentBody({ ...taken, id, credits, reason: 'refund_failed' }),
  });
}

type Given = Pick<
  Operation,
  'id' | 'requestId' | 'ordinal' | 'kind' | 'state' | 'customerId' | 'body'
> &
  Partial<Pick<Operation, 'paymentId' | 'amount' | 'currency' | 'credits'>> & { now: Instant };

const newOperation = ({ now, ...given }: Given): Operation => ({
  paymentId: null,
  amount: null,
  currency: null,
  credits: null,
  ...given,
  version: 1,
  idempotencyKey: idempotencyKeyOf(given.kind, given.id, 1),
  attempt: 1,
  firstSentAt: null,
  lastSentAt: null,
  nextTryAt: now,
  leaseOwner: null,
  leaseUntil: null,
  emptyReadBacks: 0,
  lastReadBackAt: null,
  externalId: null,
  externalStatus: null,
  externalReason: null,
  bankReference: null,
  error: null,
  outcome: null,
  changedAt: now,
});
