import { trimmed } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { transition } from '#app/domain/requests/state-machine.ts';
import { conflict, forbidden, invalid, notFound } from '#app/domain/requests/errors.ts';
import type {
  RepeatedRequest,
  RefundContent,
  RequestContent,
} from '#app/domain/requests/request.ts';
import type { Evaluation } from '#app/domain/remedies/evaluation.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import { findRepeatedEdit } from '#app/services/requests/lifecycle/repeated-submission.ts';
import type { RequestResult } from '#app/services/requests/lifecycle/repeated-submission.ts';
import { hashRequest } from '#app/services/requests/lifecycle/content-integrity.ts';
import { authorizeInTx } from '#app/services/access/authorize-in-tx.ts';
import { OPEN_FOR } from '#app/services/requests/lifecycle/create-request.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { loadInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import type { EvaluationInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import {
  blockingError,
  evaluateRequest,
} from '#app/services/requests/evaluate/evaluate-request.ts';
import {
  approveAndPlan,
  columnsOf,
  approvalRequirements,
  recordContent,
} from '#app/services/requests/lifecycle/request-columns.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { voidDecisions } from '#db/queries/requests/decisions.ts';
import { cancelOperations } from '#db/queries/operations/operation-steps.ts';
import { changeRequest, findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Tx } from '#db/store.ts';
/** What can be changed of a request; another payment or currency is another request. */
export interface RequestEdit {
  requestId: string;
  /** As the person saw it. */
  version: number;
  change: Partial<Pick<RefundContent, 'amount' | 'ground' | 'creditChoice' | 'reason'>> & {
    credits?: number;
    evidence?: RequestContent['evidence'];
    again?: RepeatedRequest;
  };
}

/**
 * Changes what was asked for, until it is being sent: it waits for decisions again, earlier approvals
 * count no more, and whoever changed it cannot decide it.
 */
export async function editRequest(
  app: StaffRemedyDeps,
  { requestId, version, change }: RequestEdit,
): Promise<RequestResult> {
  const seen = await findRequest(app.store.read, requestId);
  if (seen === null) return notFound('Request not found.');
  const draft = changedContent(seen.content, change);
  if (draft === null) return invalid({ change: 'That can’t be edited.' });
  const inputs = await loadInputs(app, draft);
  try {
    return await app.store.write(async (tx) => {
      const person = await authorizeInTx(tx, app.actor, 'requests.ask');
      if (person === null) return forbidden('Your role can’t edit requests.');
      const before = await findRequest(tx, requestId);
      if (before === null || before.version !== version) {
        const repeated = before && (await findRepeatedEdit(tx, person, before, draft));
        return repeated ?? conflict('The request changed meanwhile. Review it again.');
      }
      return edit(app, tx, person, before, draft, inputs);
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'request_open_payment')) throw error;
    return conflict('This was already requested. See the open request.');
  }
}

/** The content with the change; null where the change is of another kind of remedy. */
export function changedContent(
  content: RequestContent,
  change: RequestEdit['change'],
): RemedyDraft | null {
  const { credits, reason, evidence, again, ...ofRefund } = change;
  const shared = {
    reason: reason ?? content.reason,
    evidence: evidence ?? content.evidence,
    ...(again === undefined ? {} : { again }),
  };
  const namesRefund = Object.values(ofRefund).some((value) => value !== undefined);
  switch (content.kind) {
    case 'refund': {
      if (credits !== undefined) return null;
      const { takeBack: _worked, ...rest } = content;
      const { amount = rest.amount, ground = rest.ground } = ofRefund;
      const { creditChoice = rest.creditChoice } = ofRefund;
      return { ...rest, ...shared, amount, ground, creditChoice };
    }
    case 'credit_adjustment':
      return namesRefund ? null : { ...content, ...shared, credits: credits ?? content.credits };
    case 'generation_hold':
      return namesRefund || credits !== undefined ? null : { ...content, ...shared };
  }
}

async function edit(
  app: StaffRemedyDeps,
  tx: Tx,
  person: Actor,
  before: StoredRequest,
  draft: RemedyDraft,
  inputs: EvaluationInputs,
): Promise<RequestResult> {
  const now = app.now();
  const next = transition(before, { kind: 'edited' }, now);
  if (next.kind === 'refused') return conflict(next.why);
  const subject = { requestedBy: before.requestedBy, askerRole: person.role };
  const answer = await evaluateRequest(tx, draft, inputs, { ...subject, exceptId: before.id });
  if (!answer.ok) return answer;
  const refusal = await blockingError(tx, answer.weighed, inputs, before.id);
  if (refusal !== null) return refusal;
  const why = 'The request was edited.';
  if (!(await cancelOperations(tx, before.id, { at: now, why }))) {
    return conflict('It is already being sent and can’t be edited.');
  }
  await voidDecisions(tx, before.id, now);
  const after = await writeEdit(app, tx, person, before, answer.weighed);
  if (after.neededApprovals > 0) return { ok: true, request: after };
  const approval = { decidedBy: null, neededApprovals: 0 };
  return { ok: true, request: await approveAndPlan(app, tx, after, approval) };
}

async function writeEdit(
  app: StaffRemedyDeps,
  tx: Tx,
  { staffId }: Actor,
  before: StoredRequest,
  evaluation: Evaluation,
): Promise<StoredRequest> {
  const now = app.now();
  const content = trimmed(evaluation.content);
  const revision = before.revision + 1;
  const after = await changeRequest(tx, before, {
    ...{ state: 'requested', stateReason: null, approvedAt: null, changedAt: now },
    ...{ content, revision, expiresAt: now + OPEN_FOR },
    contentHash: hashRequest({ id: before.id, revision, content }),
    ...columnsOf(content),
    ...approvalRequirements(evaluation),
    touchedBy: [...new Set([...before.touchedBy, staffId])],
  });
  // Read in this same serializable write, so nobody can have changed it in between.
  if (after === null) throw new Error('a request changed within a write');
  await recordContent(app, tx, after, 'edited');
  return after;
}
