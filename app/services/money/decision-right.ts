import type { Decision, VerdictKind } from '#app/domain/requests/history.ts';
import { mayDecide } from '#app/domain/requests/separation.ts';
import type { Person } from '#app/domain/requests/separation.ts';
import { may } from '#app/domain/roles.ts';
import type { Actor, Permission } from '#app/domain/roles.ts';
import { personInWrite } from '#app/services/money/person-in-write.ts';
import { decisionsOf } from '#db/queries/decisions.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import { findStaff } from '#db/queries/staff.ts';
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

/** Whether somebody may decide a request as it is now, by what the database says of them now. */
export async function rightToDecide(
  read: Read,
  actor: Actor,
  request: StoredRequest,
): Promise<DecisionRight> {
  const present = (await decisionsOf(read, request.id)).filter(
    ({ revision, voidedAt }) => revision === request.revision && voidedAt === null,
  );
  const own = present.find(({ deciderId }) => deciderId === actor.staffId) ?? null;
  const no = (why: string): DecisionRight => ({ kind: 'no', why });
  const person = await personInWrite(read, actor);
  if (person === null) return no('Your account is disabled.');
  const right = rightOf(person, request);
  if (right === null) return no('Your role does not decide this.');
  if (own !== null) return { kind: 'decided', own };
  const touched = await peopleOf(read, request.touchedBy);
  const deciders = await peopleOf(
    read,
    present.map(({ deciderId }) => deciderId),
  );
  const verdict = mayDecide(person, right.permission, touched, deciders);
  if (verdict.kind === 'no') return no(verdict.why);
  const standing: Decision[] = [];
  for (const decision of present) {
    if (await stillCounts(read, decision, request)) standing.push(decision);
  }
  return { kind: 'yes', person, yes: right.yes, standing };
}

function rightOf(
  { role }: Actor,
  { deciderPermission, needsWord }: StoredRequest,
): { permission: Permission; yes: 'approve' | 'vouch' } | null {
  if (deciderPermission !== null && may(role, deciderPermission)) {
    return { permission: deciderPermission, yes: 'approve' };
  }
  return needsWord && may(role, 'requests.vouch')
    ? { permission: 'requests.vouch', yes: 'vouch' }
    : null;
}

/** Of a yes by somebody who has since lost the right, or the account, nothing is left. */
async function stillCounts(
  read: Read,
  { deciderId, verdict }: Decision,
  request: StoredRequest,
): Promise<boolean> {
  const person = await findStaff(read, deciderId);
  if (person === null || person.disabledAt !== null) return false;
  const { id: staffId, name, email, role } = person;
  return rightOf({ staffId, name, email, role }, request)?.yes === verdict;
}

const peopleOf = async (read: Read, ids: readonly string[]): Promise<Person[]> => {
  const people: Person[] = [];
  for (const staffId of ids) {
    const row = await findStaff(read, staffId);
    // Whoever is gone is still nobody else than themselves.
    people.push({ staffId, email: row?.email ?? staffId });
  }
  return people;
};
