import { DAY } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import { isInForce, LONGEST_LOAN } from '#app/domain/requests/delegation.ts';
import type { Delegation } from '#app/domain/requests/delegation.ts';
import { may } from '#app/domain/roles.ts';
import type { Actor } from '#app/domain/roles.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { delegationsSince } from '#db/queries/delegations.ts';
import { listStaff } from '#db/queries/staff.ts';

export interface DelegationLine extends Delegation {
  delegatorName: string;
  delegateName: string;
  state: 'to_come' | 'in_force' | 'ended';
  /** Null: this person may end it now; else why not. */
  whyNotEnd: string | null;
}
export interface Delegations {
  now: Instant;
  /** To come, in force, or ended within the last 30 days; the latest end first. */
  rows: DelegationLine[];
  /** Null: this person may lend; else why not. */
  whyNotLend: string | null;
  /** To whom they may lend. */
  borrowers: { id: string; name: string }[];
  /** Milliseconds that a loan may last. */
  longest: number;
}

const SHOWN = 30 * DAY;
const MOST = 200;

/** Who has lent the right to decide to whom. Writes nothing. */
export const loadDelegations = async (app: StaffDeps): Promise<Delegations> => {
  const { read } = app.store;
  const { actor } = app;
  const now = app.now();
  const staff = await listStaff(read);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const rows = (await delegationsSince(read, now - SHOWN, MOST)).map((one) => ({
    ...one,
    ...{ delegatorName: nameOf(one.delegatorId), delegateName: nameOf(one.delegateId) },
    state: stateOf(one, now),
    whyNotEnd: whyNotEnd(one, actor, now),
  }));
  const lends = may(actor.role, 'requests.lend');
  const borrowers = staff.filter(
    ({ id, role, disabledAt }) =>
      disabledAt === null && id !== actor.staffId && may(role, 'requests.ask'),
  );
  return {
    ...{ now, rows, longest: LONGEST_LOAN },
    whyNotLend: lends ? null : 'Your role decides nothing that could be lent.',
    borrowers: lends ? borrowers.map(({ id, name }) => ({ id, name })) : [],
  };
};

const stateOf = (one: Delegation, now: Instant): DelegationLine['state'] => {
  if (isInForce(one, now)) return 'in_force';
  return one.endedAt === null && one.startsAt > now ? 'to_come' : 'ended';
};

function whyNotEnd(one: Delegation, { staffId, role }: Actor, now: Instant): string | null {
  if (stateOf(one, now) === 'ended') return 'It has ended.';
  const isOne = staffId === one.delegatorId || staffId === one.delegateId;
  return isOne || may(role, 'requests.end-loans') ? null : 'It is not yours to end.';
}
