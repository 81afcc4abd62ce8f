import type { Decision } from '#app/domain/requests/history.ts';
import { lateCreditsError } from '#app/domain/remedies/late-credits.ts';
import { conflict } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import { chargeDifferences } from '#app/domain/remedies/refund-guards.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';
import { isSignInFresh } from '#app/domain/access/sessions.ts';
import type { Evaluation } from '#app/domain/remedies/evaluation.ts';
import { formatCreditCount } from '#app/domain/money/credits.ts';
import type { Eligibility } from '#app/services/requests/approvals/approval-eligibility.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import type { EvaluationInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import { evaluateRequest } from '#app/services/requests/evaluate/evaluate-request.ts';
import { approveAndPlan } from '#app/services/requests/lifecycle/request-columns.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { changeRequest, insertRequestEvent } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Tx } from '#db/store.ts';

/**
 * Whether the world is still as the deciders were shown it, and everything that must hold does; else
 * why not, with the difference. Answers how many approvals the policy asks for now.
 */
export async function revalidate(
  tx: Tx,
  request: StoredRequest,
  inputs: EvaluationInputs,
  seen: ChargeFacts | null,
): Promise<{ ok: true; needed: number } | Refused> {
  const answer = await evaluateRequest(tx, request.content, inputs, {
    requestedBy: request.requestedBy,
    // Whether a lead must vouch was settled when it was asked.
    askerRole: 'agent',
    exceptId: request.id,
  });
  if (!answer.ok) return conflict(answer.refusal.says);
  const { weighed } = answer;
  const differences = [
    ...(seen && weighed.seen ? chargeDifferences(seen, weighed.seen) : []),
    ...creditChanges(request, weighed),
  ];
  const obstacle = weighed.guards.find(({ holds }) => !holds);
  if (obstacle) return conflict(obstacle.words, { differences, otherId: obstacle.otherId ?? null });
  if (differences.length > 0) {
    return conflict('Something changed. Review it again.', { differences });
  }
  const { verdict } = weighed;
  if (verdict.kind === 'refused') return conflict(verdict.words);
  return { ok: true, needed: Math.max(request.neededApprovals, verdict.approvals) };
}

/**
 * Unspent credits may have been spent meanwhile; then taking as many would take what nobody meant. Others
 * may have come, of which nobody meant that they stay.
 */
export function creditChanges(
  { content: draft, seen }: Pick<StoredRequest, 'content' | 'seen'>,
  { content, credits }: Evaluation,
): string[] {
  if (draft.kind !== 'refund' || content.kind !== 'refund') return [];
  const late = credits === null ? null : lateCreditsError(draft.takeBack, seen, credits);
  return [
    ...(content.takeBack < draft.takeBack
      ? [
          `Of ${formatCreditCount(draft.takeBack)} to take back ${formatCreditCount(content.takeBack)} are left.`,
        ]
      : []),
    ...(late === null ? [] : [late]),
  ];
}

/** Whether the person has to say once more who they are, before their word counts for what moves much. */
export const requiresReauth = ({
  session,
  now,
}: Pick<StaffRemedyDeps, 'session' | 'now'>): boolean =>
  session !== undefined && session !== null && !isSignInFresh(session.authenticatedAt, now());

/** A yes that has been written down: the last one needed approves the request. */
export async function recordApproval(
  app: StaffRemedyDeps,
  tx: Tx,
  request: StoredRequest,
  { standing, yes, person, onBehalfOf }: Extract<Eligibility, { kind: 'yes' }>,
  needed: number,
): Promise<StoredRequest> {
  const all: Pick<Decision, 'verdict'>[] = [...standing, { verdict: yes }];
  const approvals = all.filter(({ verdict }) => verdict === 'approve').length;
  const vouched = !request.needsWord || all.some(({ verdict }) => verdict === 'vouch');
  if (approvals >= needed && vouched) {
    const last = yes === 'approve' ? person.staffId : deciderAmong(standing, person.staffId);
    return approveAndPlan(app, tx, request, {
      ...{ decidedBy: last, neededApprovals: needed },
      ...(onBehalfOf === null ? {} : { detail: { onBehalfOf } }),
    });
  }
  const at = app.now();
  const counted = await changeRequest(tx, request, { neededApprovals: needed, changedAt: at });
  // Read in this same serializable write, so nobody can have changed it in between.
  if (counted === null) throw new Error('a request changed within a write');
  await recordYes(app, tx, counted, yes, { approvals, needed, onBehalfOf });
  return counted;
}

const deciderAmong = (standing: readonly Decision[], fallback: string): string =>
  standing.findLast(({ verdict }) => verdict === 'approve')?.deciderId ?? fallback;

async function recordYes(
  app: StaffRemedyDeps,
  tx: Tx,
  { id, customerId, revision, contentHash, kind }: StoredRequest,
  yes: 'approve' | 'vouch',
  counts: { approvals: number; needed: number; onBehalfOf: string | null },
): Promise<void> {
  const event = yes === 'vouch' ? 'vouched' : 'approval_given';
  const at = app.now();
  const who = { actorId: app.actor.staffId, ticket: app.ticket };
  await insertRequestEvent(tx, {
    ...{ id: app.newId('rev'), requestId: id, at, kind: event, ...who, reason: null },
    ...{ revision, content: null, contentHash: null, detail: counts },
  });
  await appendAudit(tx, {
    ...{ id: app.newId('aud'), at, kind: `request.${event}`, ...who, customerId },
    subject: `request:${id}`,
    requestId: app.requestId ?? null,
    detail: { ...counts, kind, revision, hash: contentHash },
  });
}
