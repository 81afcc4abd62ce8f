import type { Decision, VerdictKind } from '#app/domain/requests/history.ts';
import { mayDecide } from '#app/domain/requests/separation.ts';
import type { Person } from '#app/domain/requests/separation.ts';
import { may } from '#app/domain/roles.ts';
import type { Actor, Permission, Role } from '#app/domain/roles.ts';
import { personInWrite } from '#app/services/money/person-in-write.ts';
import { decisionsOf } from '#db/queries/decisions.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import { findStaff } from '#db/queries/staff.ts';
import type { StaffRow } from '#db/queries/staff.ts';
import type { Read } from '#db/store.ts';

export type DecisionRight =
  | {
      kind: 'yes';
      person: Actor;
      /** What this person's yes is worth. */
      yes: Extract<VerdictKind, 'approve' | 'vouch'>;
      /** Decisions that count still, by people who could still take them. */
      standing: Decision[];
    }
  /** This person has decided on what is asked now. */
  | { kind: 'decided'; own: Decision }
  | { kind: 'no'; why: string };

/** What the right to decide depends on. */
export interface Deciders {
  /** Whoever wants to decide, as the database has them; null: disabled or gone. */
  person: Actor | null;
  actorId: string;
  request: StoredRequest;
  /** Of the request, those included that count no more. */
  decisions: readonly Decision[];
  /** Everyone who has touched or decided it. */
  staff: ReadonlyMap<string, StaffRow>;
}

/** Whether somebody may decide a request as it is now. Pure. */
export function judgeRight({
  person,
  actorId,
  request,
  decisions,
  staff,
}: Deciders): DecisionRight {
  if (person === null) return { kind: 'no', why: 'Your account is disabled.' };
  const right = rightOf(person.role, request);
  if (right === null) return { kind: 'no', why: 'Your role does not decide this.' };
  const present = decisions.filter(
    ({ revision, voidedAt }) => revision === request.revision && voidedAt === null,
  );
  const own = present.find(({ deciderId }) => deciderId === actorId);
  if (own !== undefined) return { kind: 'decided', own };
  const personOf = (staffId: string): Person => ({
    staffId,
    // Whoever is gone is still nobody else than themselves.
    email: staff.get(staffId)?.email ?? staffId,
  });
  const deciders = present.map(({ deciderId }) => personOf(deciderId));
  const touched = request.touchedBy.map(personOf);
  const verdict = mayDecide(person, right.permission, touched, deciders);
  if (verdict.kind === 'no') return verdict;
  // Of a yes by somebody who has since lost the right, or the account, nothing is left.
  const standing = present.filter((decision) => {
    const decider = staff.get(decision.deciderId);
    if (decider === undefined || decider.disabledAt !== null) return false;
    return rightOf(decider.role, request)?.yes === decision.verdict;
  });
  return { kind: 'yes', person, yes: right.yes, standing };
}

/** The same by what the database says at this moment. */
export async function rightToDecide(
  read: Read,
  actor: Actor,
  request: StoredRequest,
): Promise<DecisionRight> {
  const decisions = await decisionsOf(read, request.id);
  const ids = new Set([...request.touchedBy, ...decisions.map(({ deciderId }) => deciderId)]);
  const staff = new Map<string, StaffRow>();
  for (const id of ids) {
    const row = await findStaff(read, id);
    if (row !== null) staff.set(id, row);
  }
  const person = await personInWrite(read, actor);
  return judgeRight({ person, actorId: actor.staffId, request, decisions, staff });
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
