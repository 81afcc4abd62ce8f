import { canonicalJson } from '#app/domain/requests/canonical.ts';
import { idempotencyKeyOf } from '#app/domain/requests/operation.ts';
import type { Operation, OperationKind, OperationState } from '#app/domain/requests/operation.ts';
import type { RefundContent, RefundGround, RemedyRequest } from '#app/domain/requests/request.ts';
import type { Instant } from '#app/domain/instant.ts';

/** Stripe's reasons. `fraudulent` is none of ours: it puts the customer on block lists. */
const STRIPE_REASON: Record<RefundGround, 'duplicate' | 'requested_by_customer'> = {
  technical_issue: 'requested_by_customer',
  duplicate_charge: 'duplicate',
  charge_after_cancellation: 'requested_by_customer',
  other: 'requested_by_customer',
};

interface PlanFor {
  request: Pick<RemedyRequest, 'id' | 'content' | 'requestedBy'>;
  /** Who decided last; null where nobody else was needed. */
  decidedBy: string | null;
  newId: (prefix: string) => string;
  now: Instant;
}

/**
 * The steps of an approved request, in their order; only the first is ready. Their bodies are final: a
 * retry sends the same bytes.
 */
export function planOperations({ request, decidedBy, newId, now }: PlanFor): Operation[] {
  const { content } = request;
  const step = (ordinal: number, kind: OperationKind, bodyOf: (id: string) => string): Operation =>
    newOperation({ id: newId('op'), request, ordinal, kind, bodyOf, now });
  const people = { requestedBy: request.requestedBy, decidedBy: decidedBy ?? request.requestedBy };
  switch (content.kind) {
    case 'refund': {
      const refund = step(1, 'stripe_refund', (id) => refundBody(id, request.id, content));
      if (content.takeBack === 0) return [refund];
      const takeBack = step(2, 'credit_adjustment', (id) =>
        adjustmentBody({
          id,
          ...people,
          customerId: content.customerId,
          credits: -content.takeBack,
          reason: 'refund_take_back',
          paymentId: content.paymentId,
        }),
      );
      return [refund, takeBack];
    }
    case 'credit_adjustment':
      return [
        step(1, 'credit_adjustment', (id) =>
          adjustmentBody({
            id,
            ...people,
            customerId: content.customerId,
            credits: content.credits,
            reason: content.cause,
            paymentId: content.paymentId,
            generationId: content.generationId,
          }),
        ),
      ];
    case 'generation_hold':
      return [
        step(1, 'generation_hold', () =>
          canonicalJson({ hold: content.hold, reason: content.reason }),
        ),
      ];
  }
}

const refundBody = (id: string, requestId: string, content: RefundContent): string =>
  canonicalJson({
    charge: content.paymentId,
    amount: content.amount,
    reason: STRIPE_REASON[content.ground],
    metadata: { op: id, request: requestId },
  });

interface Adjustment {
  id: string;
  customerId: string;
  credits: number;
  reason: string;
  paymentId?: string | null;
  generationId?: string | null;
  requestedBy: string;
  decidedBy: string;
}

/** As the product takes it; what is not named is left out. */
const adjustmentBody = ({ paymentId, generationId, ...rest }: Adjustment): string =>
  canonicalJson({
    ...rest,
    ...(paymentId ? { paymentId } : {}),
    ...(generationId ? { generationId } : {}),
  });

/** Where an unfinished take-back is undone: the step that returns the credits, once. */
export const COMPENSATION_ORDINAL = 3;

/** The step that returns credits taken for a refund that came back. `takeBack` has succeeded. */
export function planCompensation(
  takeBack: Operation,
  { newId, now }: Pick<PlanFor, 'newId' | 'now'>,
): Operation {
  // Written by adjustmentBody.
  const taken = JSON.parse(takeBack.body) as Adjustment;
  return newOperation({
    id: newId('op'),
    request: { id: takeBack.requestId, content: { customerId: takeBack.customerId } },
    ordinal: COMPENSATION_ORDINAL,
    kind: 'credit_adjustment',
    bodyOf: (id) =>
      adjustmentBody({ ...taken, id, credits: -taken.credits, reason: 'refund_failed' }),
    now,
    paymentId: takeBack.paymentId,
    state: 'ready',
  });
}

interface Blank {
  id: string;
  request: { id: string; content: { customerId: string; paymentId?: string | null } };
  ordinal: number;
  kind: OperationKind;
  bodyOf: (id: string) => string;
  now: Instant;
  paymentId?: string | null;
  state?: OperationState;
}

function newOperation({ id, request, ordinal, kind, bodyOf, now, ...given }: Blank): Operation {
  return {
    id,
    requestId: request.id,
    ordinal,
    kind,
    state: given.state ?? (ordinal === 1 ? 'ready' : 'waiting'),
    version: 1,
    customerId: request.content.customerId,
    paymentId: given.paymentId ?? request.content.paymentId ?? null,
    idempotencyKey: idempotencyKeyOf(kind, id, 1),
    attempt: 1,
    body: bodyOf(id),
    firstSentAt: null,
    lastSentAt: null,
    nextTryAt: null,
    leaseOwner: null,
    leaseUntil: null,
    emptyReadBacks: 0,
    lastReadBackAt: null,
    externalId: null,
    externalStatus: null,
    bankReference: null,
    error: null,
    outcome: null,
    changedAt: now,
  };
}
