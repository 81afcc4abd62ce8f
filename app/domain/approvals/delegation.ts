import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { isSamePerson } from '#app/domain/approvals/segregation-of-duties.ts';
import type { MayDecide, Person } from '#app/domain/approvals/segregation-of-duties.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Permission, Role } from '#app/domain/access/roles.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/*
 * Somebody who will be away lends their right to decide: to one other person, until a day, never more than
 * they have themselves at that moment. What was lent is not lent on, decides nothing that either of the two
 * has touched, and together they are one person: of two approvals they give one.
 */

export interface Delegation {
  id: string;
  delegatorId: string;
  delegateId: string;
  startsAt: Instant;
  /** The instant itself is too late. */
  endsAt: Instant;
  reason: string;
  createdAt: Instant;
  /** When it was ended before its time, and by whom. */
  endedAt: Instant | null;
  endedBy: string | null;
}

export const LONGEST_DELEGATION = 30 * DAY;

/** A member of staff as far as lending is concerned. */
export interface Member extends Person {
  role: Role;
  disabled: boolean;
}

export const isInForce = ({ startsAt, endsAt, endedAt }: Delegation, now: Instant): boolean =>
  endedAt === null && now >= startsAt && now < endsAt;

const MAY_NOT_BORROW = 'This role can’t approve.';

/** Why the right cannot be lent like this, by field; empty: it can. */
export function validateDelegation(
  delegator: Member,
  delegate: Member | null,
  { startsAt, endsAt, reason }: Pick<Delegation, 'startsAt' | 'endsAt' | 'reason'>,
  now: Instant,
): Record<string, string> {
  const faults: Record<string, string> = {};
  if (delegate === null || delegate.disabled) faults['delegateId'] = 'No such staff member.';
  else if (isSamePerson(delegator, delegate))
    faults['delegateId'] = 'You can’t delegate to yourself.';
  else if (!may(delegate.role, 'requests.ask')) faults['delegateId'] = MAY_NOT_BORROW;
  if (!Number.isSafeInteger(endsAt) || endsAt <= Math.max(now, startsAt)) {
    faults['endsAt'] = 'The end must be after the start.';
  } else if (endsAt - startsAt > LONGEST_DELEGATION) {
    faults['endsAt'] = `It must end within ${LONGEST_DELEGATION / DAY} days.`;
  }
  if (!Number.isSafeInteger(startsAt)) faults['startsAt'] = 'Enter a start.';
  const said = reason.trim();
  if (said === '' || said.length > LONGEST_REASON) faults['reason'] = 'Add a short reason.';
  return faults;
}

/** A loan with the two people whom it binds, as the database has them now. */
export interface DelegationDraft {
  delegation: Delegation;
  delegator: Member;
  delegate: Member;
}

const no = (why: string): MayDecide => ({ kind: 'no', why });

/**
 * Whether a loan lets its delegate decide something. The delegator's own role counts, at this moment:
 * what they have only borrowed themselves, or have no longer, they cannot lend.
 * @param touchedBy everyone who asked for the request or changed it.
 * @param approvedBy who has decided on its present revision, and on whose behalf.
 */
export function mayDecideFor(
  { delegation, delegator, delegate }: DelegationDraft,
  needs: Permission,
  touchedBy: readonly Person[],
  approvedBy: readonly Person[],
  now: Instant,
): MayDecide {
  if (!isInForce(delegation, now)) return no('This delegation covers another time.');
  if (delegate.disabled || !may(delegate.role, 'requests.ask')) return no(MAY_NOT_BORROW);
  if (delegator.disabled || !may(delegator.role, needs)) {
    return no('The person who delegated to you can’t approve this.');
  }
  if (isSamePerson(delegator, delegate)) return no('You can’t delegate to yourself.');
  const either = (people: readonly Person[]): boolean =>
    people.some((person) => isSamePerson(person, delegator) || isSamePerson(person, delegate));
  if (either(touchedBy)) {
    return no(
      'You or the person who delegated to you requested or edited this, so neither can approve it.',
    );
  }
  if (either(approvedBy)) {
    return no(
      'You or the person who delegated to you already approved this. Another person must approve.',
    );
  }
  return { kind: 'yes' };
}
