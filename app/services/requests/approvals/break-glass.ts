import {
  BREAK_GLASS_APPROVERS,
  breakGlassReasonError,
  mayBreakGlass,
} from '#app/domain/approvals/break-glass.ts';
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
import type { Person } from '#app/domain/approvals/segregation-of-duties.ts';
import type { DecisionAnswer } from '#app/services/requests/approvals/decide-request.ts';
import {
  changesSinceShown,
  matchesHash,
} from '#app/services/requests/lifecycle/content-integrity.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { loadInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import type { EvaluationInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import { requiresReauth, revalidate } from '#app/services/requests/approvals/record-approval.ts';
import { approveAndPlan } from '#app/services/requests/lifecycle/request-columns.ts';
import { changeRequest, findRequest, insertRequestEvent } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Read, Tx } from '#db/store.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { CoverageGap } from '#app/domain/approvals/approver-coverage.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import {
  isAvailable,
  loadCoverageGapNow,
} from '#app/services/requests/approvals/approver-coverage.ts';
import { decisionsOf, insertDecision } from '#db/queries/requests/decisions.ts';
import { findStaff } from '#db/queries/access/staff.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';

export interface BreakGlassInput {
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
export async function breakGlass(
  app: StaffRemedyDeps,
  breaking: BreakGlassInput,
): Promise<DecisionAnswer> {
  const fault = breakGlassReasonError(breaking.reason);
  if (fault !== null) return invalid({ reason: fault });
  const found = await findRequest(app.store.read, breaking.requestId);
  if (found === null) return notFound('Request not found.');
  const inputs = found.state === 'requested' ? await loadInputs(app, found.content) : null;
  return app.store.write((tx) => breakOpen(app, tx, breaking, inputs));
}

async function breakOpen(
  app: StaffRemedyDeps,
  tx: Tx,
  breaking: BreakGlassInput,
  inputs: EvaluationInputs | null,
): Promise<DecisionAnswer> {
  const request = await findRequest(tx, breaking.requestId);
  if (request === null) return notFound('Request not found.');
  if (await hasUsedBreakGlass(tx, app.actor, request, breaking.hash)) {
    return { ok: true, request, repeated: true };
  }
  const next = transition(request, { kind: 'approved' }, app.now());
  if (next.kind === 'refused') return conflict(next.why);
  const brokenBy = await breakGlassApprovers(tx, request);
  const right = await breakGlassEligibility(tx, app.actor, request, { brokenBy, now: app.now() });
  if (right !== null) {
    await recordBreakGlass(app, tx, request, { kind: 'refused', why: right });
    return forbidden(right);
  }
  const refusal = await stillAsShown(tx, request, breaking, inputs);
  if (!refusal.ok) return refusal;
  if (requiresReauth(app)) return signInAgain();
  const people = brokenBy.length + 1;
  const reason = breaking.reason.trim();
  const counted = await recordBreakGlass(app, tx, request, { kind: 'broken', reason, people });
  if (people < BREAK_GLASS_APPROVERS) return { ok: true, request: counted, repeated: false };
  const approved = await approveAndPlan(app, tx, counted, {
    ...{ decidedBy: app.actor.staffId, neededApprovals: request.neededApprovals },
    detail: { glassBroken: true, people: [...brokenBy.map(idOf), app.actor.staffId].join(' ') },
    remark: `Emergency approval: ${reason}`,
  });
  return { ok: true, request: approved, repeated: false };
}

const idOf = ({ staffId }: Person): string => staffId;

/** Whether it is what the person was shown, in the world that they were shown. */
async function stillAsShown(
  tx: Tx,
  request: StoredRequest,
  { hash, seen }: BreakGlassInput,
  inputs: EvaluationInputs | null,
): Promise<{ ok: true } | Refused> {
  if (!matchesHash(request) || hash !== request.contentHash) {
    const differences = await changesSinceShown(tx, request, hash);
    return conflict('This changed since you opened it. Review it again.', { differences });
  }
  if (inputs === null) return conflict('The request changed meanwhile. Review it again.');
  if (inputs.charge?.kind === 'unreadable') {
    return unavailable(`Stripe can’t be reached: ${inputs.charge.words}`);
  }
  return revalidate(tx, request, inputs, seen ?? request.seen);
}

/** The glass of a request that those who are there cannot decide, as one person sees it. */
export interface BreakGlassState {
  /** Null: this person may break it; else why not. */
  whyNot: string | null;
  /** How many have broken it already. */
  broken: number;
}

/** Null: there are enough people to decide it, or its glass is nothing to this person. */
export async function breakGlassState(
  read: Read,
  actor: Actor,
  request: StoredRequest,
  { shortage, now }: { shortage: CoverageGap | null; now: Instant },
): Promise<BreakGlassState | null> {
  if (shortage?.kind !== 'short' || !may(actor.role, 'requests.break-glass')) return null;
  const brokenBy = await breakGlassApprovers(read, request);
  const disabledReason = await judge(read, actor, request, { shortage, brokenBy, now });
  return { whyNot: disabledReason, broken: brokenBy.length };
}

/** Why this person cannot break the glass, by what the database says at this moment; null: they can. */
const breakGlassEligibility = async (
  read: Read,
  actor: Actor,
  request: StoredRequest,
  { brokenBy, now }: { brokenBy: readonly Person[]; now: Instant },
): Promise<string | null> => {
  const shortage = await loadCoverageGapNow(read, request, now);
  return judge(read, actor, request, { shortage, brokenBy, now });
};

async function judge(
  read: Read,
  { staffId }: Actor,
  request: StoredRequest,
  given: { shortage: CoverageGap | null; brokenBy: readonly Person[]; now: Instant },
): Promise<string | null> {
  const row = await findStaff(read, staffId);
  if (row === null || row.disabledAt !== null) return 'Your account is disabled.';
  const { id, name, email, role } = row;
  const person = { staffId: id, name, email, role, away: !isAvailable(row, given.now) };
  const touched: Person[] = [];
  for (const touchedBy of request.touchedBy) {
    const other = await findStaff(read, touchedBy);
    touched.push({ staffId: touchedBy, email: other?.email ?? touchedBy });
  }
  const verdict = mayBreakGlass(person, given.shortage, touched, given.brokenBy);
  return verdict.kind === 'no' ? verdict.why : null;
}

/** Who has broken the glass on what is asked now, and could do so still. */
async function breakGlassApprovers(read: Read, request: StoredRequest): Promise<Person[]> {
  const people: Person[] = [];
  for (const { verdict, revision, voidedAt, deciderId } of await decisionsOf(read, request.id)) {
    if (verdict !== 'break_glass' || revision !== request.revision || voidedAt !== null) continue;
    const row = await findStaff(read, deciderId);
    const still = row !== null && row.disabledAt === null && may(row.role, 'requests.break-glass');
    if (still) people.push({ staffId: deciderId, email: row.email });
  }
  return people;
}

/** Whether this person has broken the glass on what they were shown: the same form, sent again. */
const hasUsedBreakGlass = async (
  read: Read,
  { staffId }: Actor,
  { id, revision }: StoredRequest,
  hash: string,
): Promise<boolean> =>
  (await decisionsOf(read, id)).some(
    (one) =>
      one.verdict === 'break_glass' &&
      one.deciderId === staffId &&
      one.revision === revision &&
      one.contentHash === hash,
  );

type BreakGlassEvent =
  { kind: 'broken'; reason: string; people: number } | { kind: 'refused'; why: string };

/** Keeps that somebody broke the glass, or was refused to; answers the request as it is now. */
async function recordBreakGlass(
  app: StaffRemedyDeps,
  tx: Tx,
  request: StoredRequest,
  glass: BreakGlassEvent,
): Promise<StoredRequest> {
  const { id, customerId, kind, revision, contentHash, requestedBy } = request;
  const at = app.now();
  const who = { actorId: app.actor.staffId, ticket: app.ticket };
  const audit = {
    ...{ id: app.newId('aud'), at, ...who, customerId, subject: `request:${id}` },
    requestId: app.requestId ?? null,
  };
  if (glass.kind === 'refused') {
    const detail = { kind, revision, why: glass.why };
    await appendAudit(tx, { ...audit, kind: 'request.glass_refused', detail });
    return request;
  }
  const { reason, people } = glass;
  await insertDecision(tx, {
    ...{ id: app.newId('dec'), requestId: id, revision, contentHash, requestedBy, reason, at },
    ...{ verdict: 'break_glass', deciderId: app.actor.staffId, voidedAt: null },
  });
  const counted = await changeRequest(tx, request, { changedAt: at });
  // Read in this same serializable write, so nobody can have changed it in between.
  if (counted === null) throw new Error('a request changed within a write');
  await insertRequestEvent(tx, {
    ...{ id: app.newId('rev'), requestId: id, at, kind: 'glass_broken', ...who, reason },
    ...{ revision, content: null, contentHash: null, detail: { people, flagged: true } },
  });
  const detail = { flagged: true, people, reason, kind, revision, hash: contentHash };
  await appendAudit(tx, { ...audit, kind: 'request.glass_broken', detail });
  return counted;
}
