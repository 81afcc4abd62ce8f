import { mayDecideFor } from '#app/domain/approvals/delegation.ts';
import type { Delegation, Member } from '#app/domain/approvals/delegation.ts';
import type { Decision, VerdictKind } from '#app/domain/requests/history.ts';
import { mayDecide } from '#app/domain/approvals/segregation-of-duties.ts';
import type { MayDecide, Person } from '#app/domain/approvals/segregation-of-duties.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Actor, Permission, Role } from '#app/domain/access/roles.ts';
import type { Instant } from '#app/lib/instant.ts';
import { reloadActor } from '#app/services/access/authorize-in-tx.ts';
import { decisionsOf } from '#db/queries/requests/decisions.ts';
import { delegationsInForce } from '#db/queries/requests/delegations.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { findStaff } from '#db/queries/access/staff.ts';
import type { StaffRow } from '#db/queries/access/staff.ts';
import type { Read } from '#db/store.ts';

export type Eligibility =
  | {
      kind: 'yes';
      person: Actor;
      /** What this person's yes is worth. */
      yes: Extract<VerdictKind, 'approve' | 'vouch'>;
      /** Whoever has lent the right; null: it is the person's own. */
      onBehalfOf: string | null;
      /** Decisions that count still, by people who could still take them. */
      standing: Decision[];
    }
  /** This person has decided on what is asked now. */
  | { kind: 'decided'; own: Decision }
  | { kind: 'no'; why: string };

/** What the right to decide depends on. */
export interface EligibilityInputs {
  /** Whoever wants to decide, as the database has them; null: disabled or gone. */
  person: Actor | null;
  actorId: string;
  request: StoredRequest;
  /** Of the request, those included that count no more. */
  decisions: readonly Decision[];
  /** Everyone who has touched or decided it, and everyone who has lent or borrowed a right. */
  staff: ReadonlyMap<string, StaffRow>;
  /** Those in force now. */
  delegations: readonly Delegation[];
  now: Instant;
}

/** Whether somebody may decide a request as it is now. Pure. */
export function decisionEligibility(given: EligibilityInputs): Eligibility {
  const { person, actorId, request, decisions, staff } = given;
  if (person === null) return { kind: 'no', why: 'Your account is disabled.' };
  const present = presentOf(request, decisions);
  const own = present.find(({ deciderId }) => deciderId === actorId);
  if (own !== undefined) return { kind: 'decided', own };
  const personOf = (staffId: string): Person => ({
    staffId,
    // Whoever is gone is still nobody else than themselves.
    email: staff.get(staffId)?.email ?? staffId,
  });
  const deciders = present
    .flatMap(({ deciderId, onBehalfOf }) => [deciderId, ...(onBehalfOf ? [onBehalfOf] : [])])
    .map(personOf);
  const touched = request.touchedBy.map(personOf);
  let why: string | null = null;
  for (const right of rightsOf(person, given)) {
    const verdict = right.judge(touched, deciders);
    if (verdict.kind === 'no') why ??= verdict.why;
    else {
      const { yes, onBehalfOf } = right;
      return { kind: 'yes', person, yes, onBehalfOf, standing: validDecisions(given) };
    }
  }
  return { kind: 'no', why: why ?? 'Your role can’t approve this.' };
}

/** Decisions on what is asked now. */
const presentOf = (
  request: Pick<StoredRequest, 'revision'>,
  decisions: readonly Decision[],
): Decision[] =>
  decisions.filter(
    ({ revision, voidedAt, verdict }) =>
      revision === request.revision && voidedAt === null && verdict !== 'break_glass',
  );

type Standing = Omit<EligibilityInputs, 'person' | 'actorId'>;

/** Decisions that count still, by people who could still take them. */
export const validDecisions = (given: Standing): Decision[] =>
  presentOf(given.request, given.decisions).filter((decision) => stands(decision, given));

interface Right {
  yes: 'approve' | 'vouch';
  onBehalfOf: string | null;
  judge: (touched: readonly Person[], deciders: readonly Person[]) => MayDecide;
}

/** The person's own right first, then those lent to them. */
function* rightsOf(
  person: Actor,
  { request, delegations, staff, now }: EligibilityInputs,
): Generator<Right> {
  const own = rightOf(person.role, request);
  if (own !== null) {
    const judge: Right['judge'] = (touched, deciders) =>
      mayDecide(person, own.permission, touched, deciders);
    yield { yes: own.yes, onBehalfOf: null, judge };
  }
  for (const delegation of delegations) {
    const delegator = memberOf(staff, delegation.delegatorId);
    const lent = delegator && rightOf(delegator.role, request);
    if (delegation.delegateId !== person.staffId || !delegator || !lent) continue;
    const delegate = { ...person, disabled: false };
    const loan = { delegation, delegator, delegate };
    const judge: Right['judge'] = (touched, deciders) =>
      mayDecideFor(loan, lent.permission, touched, deciders, now);
    yield { yes: lent.yes, onBehalfOf: delegator.staffId, judge };
  }
}

const memberOf = (staff: EligibilityInputs['staff'], staffId: string): Member | null => {
  const row = staff.get(staffId);
  if (row === undefined) return null;
  return { staffId, email: row.email, role: row.role, disabled: row.disabledAt !== null };
};

/** Of a yes by somebody who has since lost the right, the loan of it or the account, nothing is left. */
function stands(
  { deciderId, onBehalfOf, verdict }: Decision,
  { request, staff, delegations }: Standing,
): boolean {
  const decider = memberOf(staff, deciderId);
  if (decider === null || decider.disabled) return false;
  if (onBehalfOf === null) return rightOf(decider.role, request)?.yes === verdict;
  const principal = memberOf(staff, onBehalfOf);
  const isLent = delegations.some(
    (delegation) => delegation.delegateId === deciderId && delegation.delegatorId === onBehalfOf,
  );
  return (
    isLent &&
    may(decider.role, 'requests.ask') &&
    principal?.disabled === false &&
    rightOf(principal.role, request)?.yes === verdict
  );
}

/** The same by what the database says at this moment. */
export async function loadEligibility(
  read: Read,
  actor: Actor,
  request: StoredRequest,
  now: Instant,
): Promise<Eligibility> {
  const decisions = await decisionsOf(read, request.id);
  const delegations = await delegationsInForce(read, now);
  const ids = new Set([
    ...request.touchedBy,
    ...decisions.flatMap(({ deciderId, onBehalfOf }) => [deciderId, onBehalfOf ?? deciderId]),
    ...delegations.flatMap(({ delegatorId, delegateId }) => [delegatorId, delegateId]),
  ]);
  const staff = new Map<string, StaffRow>();
  for (const id of ids) {
    const row = await findStaff(read, id);
    if (row !== null) staff.set(id, row);
  }
  const person = await reloadActor(read, actor);
  const actorId = actor.staffId;
  return decisionEligibility({ person, actorId, request, decisions, staff, delegations, now });
}

function rightOf(
  role: Role,
  { deciderPermission, needsWord }: StoredRequest,
): { permission: Permission; yes: 'approve' | 'vouch' } | null {
  if (deciderPermission !== null && may(role, deciderPermission)) {
    return { permission: deciderPermission, yes: 'approve' };
  }
  return needsWord && may(role, 'requests.vouch')
    ? { permission: 'requests.vouch', yes: 'vouch' }
    : null;
}
