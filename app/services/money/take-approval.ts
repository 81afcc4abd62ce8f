import type { Decision } from '#app/domain/requests/history.ts';
import { sayLateCredits } from '#app/domain/requests/late-credits.ts';
import { conflict } from '#app/domain/requests/refusal.ts';
import type { Refused } from '#app/domain/requests/refusal.ts';
import { chargeDifferences } from '#app/domain/requests/refund-guards.ts';
import type { ChargeFacts } from '#app/domain/requests/refund-guards.ts';
import { isSignInFresh } from '#app/domain/sessions.ts';
import type { Weighed } from '#app/domain/requests/weighed.ts';
import { creditsInWords } from '#app/domain/credits.ts';
import type { DecisionRight } from '#app/services/money/decision-right.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import type { Survey } from '#app/services/money/survey.ts';
import { weighRemedy } from '#app/services/money/weigh-remedy.ts';
import { approveWithSteps } from '#app/services/money/write-content.ts';
import { appendAudit } from '#db/queries/audit-events.ts';
import { changeRequest, insertRequestEvent } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { Tx } from '#db/store.ts';

/**
 * Whether the world is still as the deciders were shown it, and everything that must hold does; else
 * why not, with the difference. Answers how many approvals the policy asks for now.
 */
export async function weighAgain(
  tx: Tx,
  request: StoredRequest,
  surveyed: Survey,
  seen: ChargeFacts | null,
): Promise<{ ok: true; needed: number } | Refused> {
  const answer = await weighRemedy(tx, request.content, surveyed, {
    requestedBy: request.requestedBy,
    // Whether a lead must vouch was settled when it was asked.
    askerRole: 'agent',
    exceptId: request.id,
  });
  if (!answer.ok) return conflict(answer.refusal.says);
  const { weighed } = answer;
  const differences = [
    ...(seen && weighed.seen ? chargeDifferences(seen, weighed.seen) : []),
    ...creditDifferences(request, weighed),
  ];
  const obstacle = weighed.guards.find(({ holds }) => !holds);
  if (obstacle) return conflict(obstacle.words, { differences, otherId: obstacle.otherId ?? null });
  if (differences.length > 0) {
    return conflict('Something has changed since: look at it again.', { differences });
  }
  const { verdict } = weighed;
  if (verdict.kind === 'refused') return conflict(verdict.words);
  return { ok: true, needed: Math.max(request.neededApprovals, verdict.approvals) };
}

/**
 * Unspent credits may have been spent meanwhile; then taking as many would take what nobody meant. Others
 * may have come, of which nobody meant that they stay.
 */
export function creditDifferences(
  { content: asked, seen }: Pick<StoredRequest, 'content' | 'seen'>,
  { content, credits }: Weighed,
): string[] {
  if (asked.kind !== 'refund' || content.kind !== 'refund') return [];
  const late = credits === null ? null : sayLateCredits(asked.takeBack, seen, credits);
  return [
    ...(content.takeBack < asked.takeBack
      ? [
          `Of ${creditsInWords(asked.takeBack)} to take back ${creditsInWords(content.takeBack)} are left.`,
        ]
      : []),
    ...(late === null ? [] : [late]),
  ];
}

/** Whether the person has to say once more who they are, before their word counts for what moves much. */
export const mustSignInAgain = ({
  session,
  now,
}: Pick<StaffMoneyDeps, 'session' | 'now'>): boolean =>
  session !== undefined && session !== null && !isSignInFresh(session.authenticatedAt, now());

/** A yes that has been written down: the last one needed approves the request. */
export async function countApproval(
  app: StaffMoneyDeps,
  tx: Tx,
  request: StoredRequest,
  { standing, yes, person, onBehalfOf }: Extract<DecisionRight, { kind: 'yes' }>,
  needed: number,
): Promise<StoredRequest> {
  const all: Pick<Decision, 'verdict'>[] = [...standing, { verdict: yes }];
  const approvals = all.filter(({ verdict }) => verdict === 'approve').length;
  const vouched = !request.needsWord || all.some(({ verdict }) => verdict === 'vouch');
  if (approvals >= needed && vouched) {
    const last = yes === 'approve' ? person.staffId : deciderAmong(standing, person.staffId);
    return approveWithSteps(app, tx, request, {
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
  app: StaffMoneyDeps,
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
