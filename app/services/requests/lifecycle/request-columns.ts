import type { RequestEventKind } from '#app/domain/requests/history.ts';
import { asShown } from '#app/domain/remedies/late-credits.ts';
import { planOperations } from '#app/domain/operations/plan.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import type { Evaluation } from '#app/domain/remedies/evaluation.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
import type { TransitionActor, StaffDeps, StaffRemedyDeps } from '#app/services/deps.ts';
import { transitionRequest } from '#app/services/requests/lifecycle/transition-request.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { insertOperations, operationsOf } from '#db/queries/operations/operations.ts';
import { insertRequestEvent } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Tx } from '#db/store.ts';
export const toActor = ({
  actor,
  ticket,
  requestId,
}: StaffDeps & { requestId?: string }): TransitionActor => ({
  actorId: actor.staffId,
  ticket,
  ...(requestId === undefined ? {} : { requestId }),
});

/** The columns that repeat what the content says. */
export const columnsOf = (content: RequestContent) => ({
  kind: content.kind,
  customerId: content.customerId,
  flagId: content.flagId,
  paymentId: content.kind === 'generation_hold' ? null : content.paymentId,
  generationId: content.kind === 'credit_adjustment' ? content.generationId : null,
  amount: content.kind === 'refund' ? content.amount : null,
  currency: content.kind === 'refund' ? content.currency : null,
  credits: content.kind === 'credit_adjustment' ? content.credits : null,
  ground:
    content.kind === 'refund'
      ? content.ground
      : content.kind === 'credit_adjustment'
        ? content.cause
        : null,
});

/** The columns that say what the policy asks for. */
export const approvalRequirements = ({ verdict, needsWord, seen, credits }: Evaluation) => ({
  neededApprovals: verdict.kind === 'allowed' ? verdict.approvals : 0,
  deciderPermission: verdict.kind === 'allowed' ? verdict.decidedBy : null,
  verdict: verdict.words,
  needsWord,
  seen: asShown(seen, { unpaid: credits?.unpaid ?? 0 }),
});

/** History and audit log of a request whose content has just been set. */
export async function recordContent(
  app: StaffRemedyDeps,
  tx: Tx,
  request: StoredRequest,
  kind: Extract<RequestEventKind, 'asked' | 'edited'>,
): Promise<void> {
  const { content, contentHash, revision, customerId } = request;
  const at = request.changedAt;
  const who = { actorId: app.actor.staffId, ticket: app.ticket };
  await insertRequestEvent(tx, {
    ...{ id: app.newId('rev'), requestId: request.id, at, kind, ...who },
    ...{ reason: content.reason, revision, content, contentHash, detail: null },
  });
  const { paymentId, amount, currency, credits, ground } = request;
  await appendAudit(tx, {
    ...{ id: app.newId('aud'), at, kind: `request.${kind}`, ...who, customerId },
    subject: `request:${request.id}`,
    requestId: app.requestId ?? null,
    detail: {
      ...{ kind: request.kind, revision, hash: contentHash, reason: content.reason },
      ...{ paymentId, amount, currency, credits, ground },
      ...(content.again ? { again: content.again.because, after: content.again.after } : {}),
    },
  });
}

/** How a request came to be approved. */
interface Approval {
  /** Who decided last; null: nobody else was needed. */
  decidedBy: string | null;
  neededApprovals: number;
  /** What else the log and the history keep of it. */
  detail?: Facts;
  /** Why it was approved in another way than usual, in words. */
  remark?: string | null;
}

/** The last yes: the request is approved and its steps are there, the first of them ready to be sent. */
export async function approveAndPlan(
  app: StaffRemedyDeps,
  tx: Tx,
  request: StoredRequest,
  { decidedBy, neededApprovals, detail, remark = null }: Approval,
): Promise<StoredRequest> {
  const now = app.now();
  const earlier = await operationsOf(tx, [request.id]);
  const steps = planOperations({
    ...{ request, decidedBy, now },
    firstOrdinal: 1 + Math.max(0, ...earlier.map(({ ordinal }) => ordinal)),
  });
  await insertOperations(tx, steps);
  return transitionRequest(
    app,
    tx,
    request,
    { kind: 'approved' },
    {
      by: toActor(app),
      remark,
      detail: {
        ...{ hash: request.contentHash, revision: request.revision, neededApprovals },
        ...detail,
      },
      change: { approvedAt: now, neededApprovals },
    },
  );
}
