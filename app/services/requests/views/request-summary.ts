import type { Instant } from '#app/lib/instant.ts';
import type { Decision } from '#app/domain/requests/history.ts';
import { partialProgress } from '#app/domain/operations/partial-progress.ts';
import { STATE_LABELS, isExpired, transition } from '#app/domain/requests/state-machine.ts';
import { groundOf, titleOf } from '#app/domain/requests/labels.ts';
import { describeOperation } from '#app/domain/operations/labels.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { RequestKind, RequestState } from '#app/domain/requests/request.ts';
import type { Eligibility } from '#app/services/requests/approvals/approval-eligibility.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Actor } from '#app/domain/access/roles.ts';
/** A request in one line. */
export interface RequestSummary {
  id: string;
  kind: RequestKind;
  state: RequestState;
  version: number;
  /** What a decision is bound to. */
  hash: string;
  customerId: string;
  /** `Refund $49.00` */
  title: string;
  ground: string;
  /** Minor units of `currency`. */
  amount: number | null;
  currency: string | null;
  credits: number | null;
  paymentId: string | null;
  flagId: string | null;
  requestedAt: Instant;
  expiresAt: Instant;
  changedAt: Instant;
  requestedBy: string;
  ticket: string | null;
  /** Where it stands and what it waits for, in words. */
  waitsFor: string;
  /** Some of its steps have happened and some not yet: which, in words; null: it is whole. */
  halfDone: string | null;
  /** Why it is where it is. */
  stateReason: string | null;
}

const TOO_LATE = 'Expired without a decision';

/** @param nameOf the name of a member of staff, null where nobody has that id. */
export function toRequestSummary(
  request: StoredRequest,
  decisions: readonly Decision[],
  steps: readonly Operation[],
  nameOf: (staffId: string) => string | null,
  now: Instant,
): RequestSummary {
  const { contentHash: hash, content, requestedBy } = request;
  const { id, kind, state, version, customerId, amount, currency, credits } = request;
  const { paymentId, flagId, requestedAt, expiresAt, changedAt, ticket, stateReason } = request;
  return {
    ...{ id, kind, state, version, hash, customerId, amount, currency, credits },
    ...{ paymentId, flagId, requestedAt, expiresAt, changedAt, ticket, stateReason },
    title: titleOf(content),
    ground: groundOf(content),
    requestedBy: nameOf(requestedBy) ?? requestedBy,
    halfDone: partialProgress(steps),
    waitsFor: isExpired(request, now) ? TOO_LATE : waitsFor(request, decisions, steps),
  };
}

function waitsFor(
  request: StoredRequest,
  decisions: readonly Decision[],
  steps: readonly Operation[],
): string {
  if (request.state === 'requested') return missing(request, decisions);
  if (request.state === 'sent_back') return 'Waiting for the requester’s changes';
  const half = partialProgress(steps);
  if (half !== null) return half;
  const step = steps.find(({ state }) => state !== 'succeeded' && state !== 'canceled');
  if (step !== undefined && request.state !== 'failed') return describeOperation(step);
  const words = STATE_LABELS[request.state];
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function missing(request: StoredRequest, decisions: readonly Decision[]): string {
  const { neededApprovals, needsWord, deciderPermission } = request;
  const given = standing(request, decisions);
  const left = neededApprovals - given.filter(({ verdict }) => verdict === 'approve').length;
  const word = needsWord && !given.some(({ verdict }) => verdict === 'vouch');
  const who = deciderPermission === 'requests.decide-refund' ? 'finance' : 'a lead or finance';
  const people = left > 1 ? `${left} people in ${who}` : who;
  const waits = [...(word ? ['a lead'] : []), ...(left > 0 ? [people] : [])];
  return `Waiting for ${waits.join(' and ') || 'an approver'}`;
}

/** Decisions on what is asked now that count still. */
const standing = (request: StoredRequest, decisions: readonly Decision[]): Decision[] =>
  decisions.filter((one) => one.revision === request.revision && one.voidedAt === null);

/** Whether a person's yes is one of those that a request still waits for. */
export function isAssignedTo(
  request: StoredRequest,
  decisions: readonly Decision[],
  right: Eligibility,
): boolean {
  if (right.kind !== 'yes') return false;
  const given = standing(request, decisions);
  return right.yes === 'vouch'
    ? !given.some(({ verdict }) => verdict === 'vouch')
    : given.filter(({ verdict }) => verdict === 'approve').length < request.neededApprovals;
}

/** Why a person cannot decide a request now; null: they can. */
export function decideDisabledReason(
  request: StoredRequest,
  right: Eligibility,
  now: Instant,
): string | null {
  if (request.state !== 'requested') return `It is ${STATE_LABELS[request.state]}.`;
  if (isExpired(request, now)) return `${TOO_LATE}.`;
  if (right.kind === 'no') return right.why;
  return right.kind === 'decided' ? 'You already decided this.' : null;
}

/** Why a person cannot change a request now, in words; null: they can. */
export function editDisabledReason(
  request: StoredRequest,
  { role }: Actor,
  now: Instant,
): string | null {
  if (!may(role, 'requests.ask')) return 'Your role can’t edit requests.';
  const next = transition(request, { kind: 'edited' }, now);
  return next.kind === 'refused' ? next.why : null;
}

/** Why a person cannot take a request back now, in words; null: they can. */
export function withdrawDisabledReason(
  request: StoredRequest,
  { role, staffId }: Actor,
  now: Instant,
): string | null {
  if (!may(role, 'requests.ask') || request.requestedBy !== staffId) {
    return 'Only the requester can withdraw it.';
  }
  const next = transition(request, { kind: 'withdrawn', reason: '' }, now);
  return next.kind === 'refused' ? next.why : null;
}
