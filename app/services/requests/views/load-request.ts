import { clipOrNull } from '#app/lib/clip-text.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import type { Decision } from '#app/domain/requests/history.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { chargeDifferences } from '#app/domain/remedies/refund-guards.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import { describeRequestEvent } from '#app/domain/requests/labels.ts';
import { describeOperation } from '#app/domain/operations/labels.ts';
import type { CoverageGap } from '#app/domain/approvals/approver-coverage.ts';
import type { Evaluation } from '#app/domain/remedies/evaluation.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
import { loadEligibility } from '#app/services/requests/approvals/approval-eligibility.ts';
import { breakGlassState } from '#app/services/requests/approvals/break-glass.ts';
import type { BreakGlassState } from '#app/services/requests/approvals/break-glass.ts';
import {
  toRequestSummary,
  decideDisabledReason,
  editDisabledReason,
  withdrawDisabledReason,
} from '#app/services/requests/views/request-summary.ts';
import type { RequestSummary } from '#app/services/requests/views/request-summary.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { loadCoverageGapNow } from '#app/services/requests/approvals/approver-coverage.ts';
import { loadInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import { creditChanges } from '#app/services/requests/approvals/record-approval.ts';
import { evaluateRequest } from '#app/services/requests/evaluate/evaluate-request.ts';
import { findCustomerRecord } from '#db/queries/customers/customer-records.ts';
import { decisionsOf } from '#db/queries/requests/decisions.ts';
import { mailsOfRequest } from '#db/queries/operations/mail.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { eventsOfRequest, findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { listStaff } from '#db/queries/access/staff.ts';
export interface RequestWithHistory {
  now: Instant;
  line: RequestSummary;
  customerName: string | null;
  content: RequestContent;
  /** What the policy said when it was asked for. */
  verdict: string;
  /** While it waits for a decision: the guards as they are at this moment, and the balance. */
  weighed: Evaluation | null;
  /** What is different at Stripe from when it was asked for, and of the credits to take back. */
  differences: string[];
  /** What this person's yes is worth; null: nothing. */
  yes: 'approve' | 'vouch' | null;
  /** Null: this person may; else why not. */
  whyNot: { decide: string | null; edit: string | null; withdraw: string | null };
  /** How many people must approve, and whether a lead must vouch as well. */
  needs: { approvals: number; word: boolean };
  /** `forName`: whose right it was, where it was lent. */
  decisions: (Decision & { name: string | null; forName: string | null })[];
  /** Whether those who are there can decide it; null: more than enough can, or it waits for nobody. */
  shortage: CoverageGap | null;
  /** Null: it cannot be broken now, or not by this person's role. */
  glass: BreakGlassState | null;
  operations: (Operation & { says: string })[];
  mails: CustomerMail[];
  /** Oldest first. */
  history: {
    id: string;
    at: Instant;
    says: string;
    /** Null: the program did it. */
    actorName: string | null;
    ticket: string | null;
  }[];
}

/** All of one request, its guards checked anew where it waits for a decision; null: there is none. */
export async function loadRequest(
  app: StaffRemedyDeps,
  requestId: string,
): Promise<RequestWithHistory | null> {
  const { read } = app.store;
  const request = await findRequest(read, requestId);
  if (request === null) return null;
  const names = new Map((await listStaff(read)).map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null): string | null =>
    id === null ? null : (names.get(id) ?? null);
  const decisions = await decisionsOf(read, requestId);
  const steps = await operationsOf(read, [requestId]);
  const now = app.now();
  const right = await loadEligibility(read, app.actor, request, now);
  const evaluation = await evaluateNow(app, request);
  const shortage = await loadCoverageGapNow(read, request, now);
  const customer = await findCustomerRecord(read, request.customerId);
  return {
    now,
    line: toRequestSummary(request, decisions, steps, nameOf, now),
    customerName: clipOrNull(customer?.name ?? null),
    content: request.content,
    verdict: request.verdict,
    weighed: evaluation,
    differences: evaluation === null ? [] : differencesNow(request, evaluation),
    yes: right.kind === 'yes' ? right.yes : null,
    whyNot: {
      decide: decideDisabledReason(request, right, now),
      edit: editDisabledReason(request, app.actor, now),
      withdraw: withdrawDisabledReason(request, app.actor, now),
    },
    needs: { approvals: request.neededApprovals, word: request.needsWord },
    decisions: decisions.map((one) => ({
      ...one,
      name: nameOf(one.deciderId),
      forName: nameOf(one.onBehalfOf),
    })),
    ...{ shortage, glass: await breakGlassState(read, app.actor, request, { shortage, now }) },
    operations: steps.map((step) => ({ ...step, says: describeOperation(step) })),
    mails: await mailsOfRequest(read, requestId),
    history: (await eventsOfRequest(read, requestId)).map((event) => ({
      ...{ id: event.id, at: event.at, ticket: event.ticket },
      says: describeRequestEvent(event) + onBehalf(event.detail, nameOf),
      actorName: nameOf(event.actorId),
    })),
  };
}

/** What would keep a yes to what was asked from being taken as it was asked, in words. */
const differencesNow = (request: StoredRequest, evaluation: Evaluation): string[] => [
  ...(request.seen && evaluation.seen ? chargeDifferences(request.seen, evaluation.seen) : []),
  ...creditChanges(request, evaluation),
];

/** `, for Ada Finance` where the right to decide was lent. */
const onBehalf = (detail: Facts | null, nameOf: (id: string) => string | null): string => {
  const id = detail?.['onBehalfOf'];
  return typeof id === 'string' ? `, for ${nameOf(id) ?? id}` : '';
};

async function evaluateNow(
  app: StaffRemedyDeps,
  request: StoredRequest,
): Promise<Evaluation | null> {
  if (request.state !== 'requested') return null;
  const inputs = await loadInputs(app, request.content);
  const answer = await evaluateRequest(app.store.read, request.content, inputs, {
    requestedBy: request.requestedBy,
    askerRole: app.actor.role,
    exceptId: request.id,
  });
  return answer.ok ? answer.weighed : null;
}
