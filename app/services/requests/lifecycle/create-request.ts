import { trimmed } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { conflict, forbidden } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import type { Evaluation } from '#app/domain/remedies/evaluation.ts';
import { HOUR } from '#app/lib/instant.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import { findRepeatedSubmission } from '#app/services/requests/lifecycle/repeated-submission.ts';
import type { RequestResult } from '#app/services/requests/lifecycle/repeated-submission.ts';
import { hashRequest } from '#app/services/requests/lifecycle/content-integrity.ts';
import { authorizeInTx } from '#app/services/access/authorize-in-tx.ts';
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
import { findOpenDuplicate, insertRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Tx } from '#db/store.ts';
/** After this long without a decision a request is no longer one. */
export const OPEN_FOR = 72 * HOUR;

const DUPLICATE_INDEXES = [
  'request_open_payment',
  'request_open_generation',
  'request_open_flag',
  'request_open_hold',
];

/**
 * Asks for a remedy. The amount is reserved in the write that makes the request; where the policy lets
 * the asker act alone, it is approved and its first step ready in the same write.
 * @param formKey of the opened form: sent again, it is answered with the request that it has made.
 */
export async function createRequest(
  app: StaffRemedyDeps,
  draft: RemedyDraft,
  formKey: string | null = null,
): Promise<RequestResult> {
  const form = { requestedBy: app.actor.staffId, formKey };
  const before = await findRepeatedSubmission(app.store.read, form, draft);
  if (before !== null) return before;
  const inputs = await loadInputs(app, draft);
  try {
    return await app.store.write((tx) => ask(app, tx, draft, inputs, formKey));
  } catch (error) {
    const answer = isUniqueViolation(error, 'request_form_key')
      ? await findRepeatedSubmission(app.store.read, form, draft)
      : null;
    if (answer !== null) return answer;
    if (!DUPLICATE_INDEXES.some((name) => isUniqueViolation(error, name))) throw error;
    return duplicateError(app, draft);
  }
}

async function ask(
  app: StaffRemedyDeps,
  tx: Tx,
  draft: RemedyDraft,
  inputs: EvaluationInputs,
  formKey: string | null,
): Promise<RequestResult> {
  const person = await authorizeInTx(tx, app.actor, 'requests.ask');
  if (person === null) return forbidden('Your role can’t request remedies.');
  const before = await findRepeatedSubmission(tx, { requestedBy: person.staffId, formKey }, draft);
  if (before !== null) return before;
  const answer = await evaluateRequest(tx, draft, inputs, {
    requestedBy: person.staffId,
    askerRole: person.role,
    exceptId: null,
  });
  if (!answer.ok) return answer;
  const refusal = await blockingError(tx, answer.weighed, inputs, null);
  if (refusal !== null) return refusal;
  const request = newRequest(app, person, answer.weighed, formKey);
  await insertRequest(tx, request);
  await recordContent(app, tx, request, 'asked');
  if (request.neededApprovals > 0) return { ok: true, request };
  const approved = await approveAndPlan(app, tx, request, {
    decidedBy: null,
    neededApprovals: 0,
  });
  return { ok: true, request: approved };
}

function newRequest(
  app: StaffRemedyDeps,
  { staffId }: Actor,
  evaluation: Evaluation,
  formKey: string | null,
): StoredRequest {
  const now = app.now();
  const content = trimmed(evaluation.content);
  const named = { id: app.newId('req'), revision: 1, content };
  return {
    ...named,
    contentHash: hashRequest(named),
    ...columnsOf(content),
    ...approvalRequirements(evaluation),
    state: 'requested',
    version: 1,
    requestedBy: staffId,
    touchedBy: [staffId],
    requestedAt: now,
    expiresAt: now + OPEN_FOR,
    approvedAt: null,
    stateReason: null,
    ticket: app.ticket,
    changedAt: now,
    formKey,
  };
}

/** Two people asked in the same moment: the database let one of them through. */
async function duplicateError(app: StaffRemedyDeps, draft: RemedyDraft): Promise<Refused> {
  const content = draft.kind === 'refund' ? { ...draft, takeBack: 0 } : draft;
  const duplicate = await findOpenDuplicate(app.store.read, content, null);
  return conflict('This was already requested. See the open request.', {
    otherId: duplicate?.id ?? null,
  });
}
