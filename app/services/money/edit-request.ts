import { trimmed } from '#app/domain/requests/asked.ts';
import type { Asked } from '#app/domain/requests/asked.ts';
import { step } from '#app/domain/requests/life.ts';
import { conflict, forbidden, invalid, notFound } from '#app/domain/requests/refusal.ts';
import type { AskedAgain, RefundContent, RequestContent } from '#app/domain/requests/request.ts';
import type { Weighed } from '#app/domain/requests/weighed.ts';
import type { Actor } from '#app/domain/roles.ts';
import { answerEdited } from '#app/services/money/answer-repeat.ts';
import { hashRequest } from '#app/services/money/hash-request.ts';
import { allowedInWrite } from '#app/services/money/person-in-write.ts';
import { OPEN_FOR } from '#app/services/money/request-remedy.ts';
import type { RequestAnswer } from '#app/services/money/request-remedy.ts';
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
import { voidDecisions } from '#db/queries/decisions.ts';
import { cancelOperations } from '#db/queries/operation-steps.ts';
import { changeRequest, findRequest } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { Tx } from '#db/store.ts';

/** What can be changed of a request; another payment or currency is another request. */
export interface RequestEdit {
  requestId: string;
  /** As the person saw it. */
  version: number;
  change: Partial<Pick<RefundContent, 'amount' | 'ground' | 'creditChoice' | 'reason'>> & {
    credits?: number;
    evidence?: RequestContent['evidence'];
    again?: AskedAgain;
  };
}

/**
 * Changes what was asked for, until it is being sent: it waits for decisions again, earlier approvals
 * count no more, and whoever changed it cannot decide it.
 */
export async function editRequest(
  app: StaffMoneyDeps,
  { requestId, version, change }: RequestEdit,
): Promise<RequestAnswer> {
  const seen = await findRequest(app.store.read, requestId);
  if (seen === null) return notFound('There is no such request.');
  const asked = changedContent(seen.content, change);
  if (asked === null) return invalid({ change: 'That cannot be changed.' });
  const surveyed = await survey(app, asked);
  try {
    return await app.store.write(async (tx) => {
      const person = await allowedInWrite(tx, app.actor, 'requests.ask');
      if (person === null) return forbidden('Your role does not change requests.');
      const before = await findRequest(tx, requestId);
      if (before === null || before.version !== version) {
        const repeated = before && (await answerEdited(tx, person, before, asked));
        return repeated ?? conflict('The request has changed meanwhile: look at it again.');
      }
      return edit(app, tx, person, before, asked, surveyed);
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'request_open_payment')) throw error;
    return conflict('This has been asked for already: see the open request.');
  }
}

/** The content with the change; null where the change is of another kind of remedy. */
export function changedContent(
  content: RequestContent,
  change: RequestEdit['change'],
): Asked | null {
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
  app: StaffMoneyDeps,
  tx: Tx,
  person: Actor,
  before: StoredRequest,
  asked: Asked,
  surveyed: Survey,
): Promise<RequestAnswer> {
  const now = app.now();
  const next = step(before, { kind: 'edited' }, now);
  if (next.kind === 'refused') return conflict(next.why);
  const weighing = { requestedBy: before.requestedBy, askerRole: person.role };
  const answer = await weighRemedy(tx, asked, surveyed, { ...weighing, exceptId: before.id });
  if (!answer.ok) return answer;
  const refusal = await refusalOf(tx, answer.weighed, surveyed, before.id);
  if (refusal !== null) return refusal;
  const why = 'The request was changed.';
  if (!(await cancelOperations(tx, before.id, { at: now, why }))) {
    return conflict('It is being sent already and cannot be changed.');
  }
  await voidDecisions(tx, before.id, now);
  const after = await writeEdit(app, tx, person, before, answer.weighed);
  if (after.neededApprovals > 0) return { ok: true, request: after };
  const approval = { decidedBy: null, neededApprovals: 0 };
  return { ok: true, request: await approveWithSteps(app, tx, after, approval) };
}

async function writeEdit(
  app: StaffMoneyDeps,
  tx: Tx,
  { staffId }: Actor,
  before: StoredRequest,
  weighed: Weighed,
): Promise<StoredRequest> {
  const now = app.now();
  const content = trimmed(weighed.content);
  const revision = before.revision + 1;
  const after = await changeRequest(tx, before, {
    ...{ state: 'requested', stateReason: null, approvedAt: null, changedAt: now },
    ...{ content, revision, expiresAt: now + OPEN_FOR },
    contentHash: hashRequest({ id: before.id, revision, content }),
    ...copiesOf(content),
    ...demandsOf(weighed),
    touchedBy: [...new Set([...before.touchedBy, staffId])],
  });
  // Read in this same serializable write, so nobody can have changed it in between.
  if (after === null) throw new Error('a request changed within a write');
  await recordContent(app, tx, after, 'edited');
  return after;
}
