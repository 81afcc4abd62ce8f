import { trimmed } from '#app/domain/requests/asked.ts';
import type { Asked } from '#app/domain/requests/asked.ts';
import { conflict, forbidden } from '#app/domain/requests/refusal.ts';
import type { Refused } from '#app/domain/requests/refusal.ts';
import type { Weighed } from '#app/domain/requests/weighed.ts';
import { HOUR } from '#app/domain/instant.ts';
import type { Actor } from '#app/domain/roles.ts';
import { answerByForm } from '#app/services/money/answer-repeat.ts';
import { hashRequest } from '#app/services/money/hash-request.ts';
import { allowedInWrite } from '#app/services/money/person-in-write.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { survey } from '#app/services/money/survey.ts';
import type { Survey } from '#app/services/money/survey.ts';
import { refusalOf, weighRemedy } from '#app/services/money/weigh-remedy.ts';
import {
  approveWithSteps,
  copiesOf,
  demandsOf,
  recordContent,
} from '#app/services/money/write-content.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { findTwin, insertRequest } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { Tx } from '#db/store.ts';

/** After this long without a decision a request is no longer one. */
export const OPEN_FOR = 72 * HOUR;

export type RequestAnswer =
  /** `repeated`: it had been done before by the same form; nothing was done now. */
  { ok: true; request: StoredRequest; repeated?: true } | Refused;

const TWIN_INDEXES = [
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
export async function requestRemedy(
  app: StaffMoneyDeps,
  asked: Asked,
  formKey: string | null = null,
): Promise<RequestAnswer> {
  const form = { requestedBy: app.actor.staffId, formKey };
  const before = await answerByForm(app.store.read, form, asked);
  if (before !== null) return before;
  const surveyed = await survey(app, asked);
  try {
    return await app.store.write((tx) => ask(app, tx, asked, surveyed, formKey));
  } catch (error) {
    const answer = isUniqueViolation(error, 'request_form_key')
      ? await answerByForm(app.store.read, form, asked)
      : null;
    if (answer !== null) return answer;
    if (!TWIN_INDEXES.some((name) => isUniqueViolation(error, name))) throw error;
    return refuseTwin(app, asked);
  }
}

async function ask(
  app: StaffMoneyDeps,
  tx: Tx,
  asked: Asked,
  surveyed: Survey,
  formKey: string | null,
): Promise<RequestAnswer> {
  const person = await allowedInWrite(tx, app.actor, 'requests.ask');
  if (person === null) return forbidden('Your role does not ask for remedies.');
  const before = await answerByForm(tx, { requestedBy: person.staffId, formKey }, asked);
  if (before !== null) return before;
  const answer = await weighRemedy(tx, asked, surveyed, {
    requestedBy: person.staffId,
    askerRole: person.role,
    exceptId: null,
  });
  if (!answer.ok) return answer;
  const refusal = await refusalOf(tx, answer.weighed, surveyed, null);
  if (refusal !== null) return refusal;
  const request = newRequest(app, person, answer.weighed, formKey);
  await insertRequest(tx, request);
  await recordContent(app, tx, request, 'asked');
  if (request.neededApprovals > 0) return { ok: true, request };
  const approved = await approveWithSteps(app, tx, request, {
    decidedBy: null,
    neededApprovals: 0,
  });
  return { ok: true, request: approved };
}

function newRequest(
  app: StaffMoneyDeps,
  { staffId }: Actor,
  weighed: Weighed,
  formKey: string | null,
): StoredRequest {
  const now = app.now();
  const content = trimmed(weighed.content);
  const named = { id: app.newId('req'), revision: 1, content };
  return {
    ...named,
    contentHash: hashRequest(named),
    ...copiesOf(content),
    ...demandsOf(weighed),
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
async function refuseTwin(app: StaffMoneyDeps, asked: Asked): Promise<Refused> {
  const content = asked.kind === 'refund' ? { ...asked, takeBack: 0 } : asked;
  const twin = await findTwin(app.store.read, content, null);
  return conflict('This has been asked for already: see the open request.', {
    otherId: twin?.id ?? null,
  });
}
