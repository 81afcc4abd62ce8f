import type { VerdictKind } from '#app/domain/requests/history.ts';
import { transition } from '#app/domain/requests/state-machine.ts';
import {
  conflict,
  forbidden,
  invalid,
  notFound,
  signInAgain,
  unavailable,
} from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import { loadEligibility } from '#app/services/requests/approvals/approval-eligibility.ts';
import type { Eligibility } from '#app/services/requests/approvals/approval-eligibility.ts';
import { transitionRequest } from '#app/services/requests/lifecycle/transition-request.ts';
import {
  changesSinceShown,
  matchesHash,
} from '#app/services/requests/lifecycle/content-integrity.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { loadInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import type { EvaluationInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import {
  recordApproval,
  requiresReauth,
  revalidate,
} from '#app/services/requests/approvals/record-approval.ts';
import { toActor } from '#app/services/requests/lifecycle/request-columns.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { decisionsOf, insertDecision, voidDecisions } from '#db/queries/requests/decisions.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Tx } from '#db/store.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

export interface Deciding {
  requestId: string;
  /** Of what the person saw: `contentHash`. */
  hash: string;
  verdict: 'approve' | 'reject' | 'send_back';
  /** Needed for a no. */
  reason: string;
  /** Refunds: the charge as the person saw it; null: as it was when it was asked. */
  seen: ChargeFacts | null;
}
export type DecisionAnswer =
  /** `repeated`: the same decision had been taken before; nothing was done now. */
  { ok: true; request: StoredRequest; repeated: boolean } | Refused;

type Right = Extract<Eligibility, { kind: 'yes' }>;

/**
 * Takes a person's decision on a request as it was shown to them. For a yes Stripe is asked first, before
 * the write begins; the last yes needed makes the request's steps ready in the same write.
 */
export async function decideRequest(
  app: StaffRemedyDeps,
  deciding: Deciding,
): Promise<DecisionAnswer> {
  const found = await findRequest(app.store.read, deciding.requestId);
  if (found === null) return notFound('Request not found.');
  const looks = deciding.verdict === 'approve' && found.state === 'requested';
  const inputs = looks ? await loadInputs(app, found.content) : null;
  return app.store.write((tx) => decide(app, tx, deciding, inputs));
}

async function decide(
  app: StaffRemedyDeps,
  tx: Tx,
  deciding: Deciding,
  inputs: EvaluationInputs | null,
): Promise<DecisionAnswer> {
  const request = await findRequest(tx, deciding.requestId);
  if (request === null) return notFound('Request not found.');
  const right = await loadEligibility(tx, app.actor, request, app.now());
  if (right.kind === 'no') {
    await recordRefused(app, tx, request, deciding, right.why);
    return forbidden(right.why);
  }
  if (right.kind === 'decided') return repeatedOr(request, deciding, right.own);
  if (!matchesHash(request) || deciding.hash !== request.contentHash) {
    const differences = await changesSinceShown(tx, request, deciding.hash);
    return conflict('This changed since you opened it. Review it again.', { differences });
  }
  const event = eventOf(deciding);
  const next = transition(request, event, app.now());
  if (next.kind === 'refused') {
    return (await answerDecided(tx, app.actor, request, deciding)) ?? conflict(next.why);
  }
  if (event.kind === 'approved') return approve(app, tx, request, right, deciding, inputs);
  if (event.reason === '' || event.reason.length > LONGEST_REASON) {
    return invalid({ reason: 'Add a reason the requester can act on.' });
  }
  await writeDecision(app, tx, request, right, deciding.verdict, event.reason);
  if (event.kind === 'sent_back') await voidDecisions(tx, request.id, app.now());
  const { onBehalfOf } = right;
  const more = { by: toActor(app), ...(onBehalfOf === null ? {} : { detail: { onBehalfOf } }) };
  const moved = await transitionRequest(app, tx, request, event, more);
  return { ok: true, request: moved, repeated: false };
}

const eventOf = ({ verdict, reason }: Deciding) => {
  if (verdict === 'approve') return { kind: 'approved' } as const;
  const kind = verdict === 'reject' ? 'rejected' : 'sent_back';
  return { kind, reason: reason.trim() } as const;
};

/** A second click, the back button, a form sent again: the first time counts. */
function repeatedOr(
  request: StoredRequest,
  { verdict, hash }: Deciding,
  own: { verdict: VerdictKind; contentHash: string },
): DecisionAnswer {
  const same = own.verdict === 'vouch' ? 'approve' : own.verdict;
  return same === verdict && own.contentHash === hash
    ? { ok: true, request, repeated: true }
    : conflict('You already decided this.');
}

/** The same after the request has moved on, where decisions may count no more. */
async function answerDecided(
  tx: Tx,
  { staffId }: Actor,
  request: StoredRequest,
  deciding: Deciding,
): Promise<DecisionAnswer | null> {
  const own = (await decisionsOf(tx, request.id)).find(
    ({ deciderId, revision, verdict }) =>
      deciderId === staffId && revision === request.revision && verdict !== 'break_glass',
  );
  return own === undefined ? null : repeatedOr(request, deciding, own);
}

async function approve(
  app: StaffRemedyDeps,
  tx: Tx,
  request: StoredRequest,
  right: Right,
  { seen }: Deciding,
  inputs: EvaluationInputs | null,
): Promise<DecisionAnswer> {
  // It was not waiting for a decision a moment ago, and is now: what Stripe says of it was not read.
  if (inputs === null) return conflict('The request changed meanwhile. Review it again.');
  if (inputs.charge?.kind === 'unreadable') {
    return unavailable(`Stripe can’t be reached: ${inputs.charge.words}`);
  }
  const evaluation = await revalidate(tx, request, inputs, seen ?? request.seen);
  if (!evaluation.ok) return evaluation;
  // A yes that waits for a lead's word may come to be one of two.
  const movesMuch = evaluation.needed > 1 || (request.needsWord && right.yes === 'approve');
  if (movesMuch && requiresReauth(app)) return signInAgain();
  await writeDecision(app, tx, request, right, right.yes, null);
  const after = await recordApproval(app, tx, request, right, evaluation.needed);
  return { ok: true, request: after, repeated: false };
}

const writeDecision = async (
  app: StaffRemedyDeps,
  tx: Tx,
  { id, revision, contentHash, requestedBy }: StoredRequest,
  { onBehalfOf }: Right,
  verdict: VerdictKind,
  reason: string | null,
): Promise<void> =>
  insertDecision(tx, {
    ...{ id: app.newId('dec'), requestId: id, revision, contentHash, requestedBy, verdict, reason },
    ...{ deciderId: app.actor.staffId, onBehalfOf, at: app.now(), voidedAt: null },
  });

/** Somebody without the right has tried: that stays in the audit log. */
const recordRefused = async (
  app: StaffRemedyDeps,
  tx: Tx,
  { id, customerId, kind, revision }: StoredRequest,
  { verdict }: Deciding,
  why: string,
): Promise<void> =>
  appendAudit(tx, {
    ...{ id: app.newId('aud'), at: app.now(), kind: 'request.decision_refused', customerId },
    ...{ actorId: app.actor.staffId, ticket: app.ticket, subject: `request:${id}` },
    requestId: app.requestId ?? null,
    detail: { kind, revision, verdict, why },
  });
