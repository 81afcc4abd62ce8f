import { faultOfGlassReason, GLASS_PEOPLE } from '#app/domain/requests/break-glass.ts';
import { step } from '#app/domain/requests/life.ts';
import {
  conflict,
  forbidden,
  invalid,
  notFound,
  signInAgain,
  unavailable,
} from '#app/domain/requests/refusal.ts';
import type { Refused } from '#app/domain/requests/refusal.ts';
import type { ChargeFacts } from '#app/domain/requests/refund-guards.ts';
import type { Person } from '#app/domain/requests/separation.ts';
import type { DecisionAnswer } from '#app/services/money/decide-request.ts';
import { hasBroken, peopleAtGlass, rightToBreak } from '#app/services/money/glass-right.ts';
import { recordGlass } from '#app/services/money/record-glass.ts';
import { differencesFrom, isIntact } from '#app/services/money/seen-content.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { survey } from '#app/services/money/survey.ts';
import type { Survey } from '#app/services/money/survey.ts';
import { mustSignInAgain, weighAgain } from '#app/services/money/take-approval.ts';
import { approveWithSteps } from '#app/services/money/write-content.ts';
import { findRequest } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { Tx } from '#db/store.ts';

export interface Breaking {
  requestId: string;
  /** Of what the person saw: `contentHash`. */
  hash: string;
  /** Why it cannot wait for those who may decide. */
  reason: string;
  /** Refunds: the charge as the person saw it; null: as it was when it was asked. */
  seen: ChargeFacts | null;
}

/**
 * Breaks the glass on a request that nobody who is there can decide. The second person's word approves it;
 * all that must hold of the remedy itself must hold as ever. Both words, and that the request was approved
 * in this way, stay flagged in its history and in the audit log.
 */
export async function breakGlass(app: StaffMoneyDeps, breaking: Breaking): Promise<DecisionAnswer> {
  const fault = faultOfGlassReason(breaking.reason);
  if (fault !== null) return invalid({ reason: fault });
  const found = await findRequest(app.store.read, breaking.requestId);
  if (found === null) return notFound('There is no such request.');
  const surveyed = found.state === 'requested' ? await survey(app, found.content) : null;
  return app.store.write((tx) => breakOpen(app, tx, breaking, surveyed));
}

async function breakOpen(
  app: StaffMoneyDeps,
  tx: Tx,
  breaking: Breaking,
  surveyed: Survey | null,
): Promise<DecisionAnswer> {
  const request = await findRequest(tx, breaking.requestId);
  if (request === null) return notFound('There is no such request.');
  if (await hasBroken(tx, app.actor, request, breaking.hash)) {
    return { ok: true, request, repeated: true };
  }
  const next = step(request, { kind: 'approved' }, app.now());
  if (next.kind === 'refused') return conflict(next.why);
  const brokenBy = await peopleAtGlass(tx, request);
  const right = await rightToBreak(tx, app.actor, request, { brokenBy, now: app.now() });
  if (right !== null) {
    await recordGlass(app, tx, request, { kind: 'refused', why: right });
    return forbidden(right);
  }
  const refusal = await stillAsShown(tx, request, breaking, surveyed);
  if (!refusal.ok) return refusal;
  if (mustSignInAgain(app)) return signInAgain();
  const people = brokenBy.length + 1;
  const reason = breaking.reason.trim();
  const counted = await recordGlass(app, tx, request, { kind: 'broken', reason, people });
  if (people < GLASS_PEOPLE) return { ok: true, request: counted, repeated: false };
  const approved = await approveWithSteps(app, tx, counted, {
    ...{ decidedBy: app.actor.staffId, neededApprovals: request.neededApprovals },
    detail: { glassBroken: true, people: [...brokenBy.map(idOf), app.actor.staffId].join(' ') },
    remark: `The glass was broken: ${reason}`,
  });
  return { ok: true, request: approved, repeated: false };
}

const idOf = ({ staffId }: Person): string => staffId;

/** Whether it is what the person was shown, in the world that they were shown. */
async function stillAsShown(
  tx: Tx,
  request: StoredRequest,
  { hash, seen }: Breaking,
  surveyed: Survey | null,
): Promise<{ ok: true } | Refused> {
  if (!isIntact(request) || hash !== request.contentHash) {
    const differences = await differencesFrom(tx, request, hash);
    return conflict('This is not what you were shown: look at it again.', { differences });
  }
  if (surveyed === null) return conflict('The request has changed meanwhile: look at it again.');
  if (surveyed.charge?.kind === 'unreadable') {
    return unavailable(`Stripe cannot be asked now: ${surveyed.charge.words}`);
  }
  return weighAgain(tx, request, surveyed, seen ?? request.seen);
}
