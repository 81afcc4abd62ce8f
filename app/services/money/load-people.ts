import type { Instant } from '#app/domain/instant.ts';
import { sayDuties } from '#app/domain/requests/duties.ts';
import { may } from '#app/domain/roles.ts';
import type { Role } from '#app/domain/roles.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { loadDelegations } from '#app/services/money/load-delegations.ts';
import type { Delegations } from '#app/services/money/load-delegations.ts';
import { isThere } from '#app/services/money/staff-shortage.ts';
import { listStaff } from '#db/queries/staff.ts';

/** Somebody who decides, by their own right or by one that is lent to them now. */
export interface PersonLine {
  id: string;
  name: string;
  role: Role;
  isMe: boolean;
  /** What they decide by their own right, in words; null: nothing. */
  decides: string | null;
  /** Rights that are lent to them now. */
  borrowed: { from: string; decides: string | null; until: Instant }[];
  /** Null: they are there. */
  awayUntil: Instant | null;
}

export interface People extends Delegations {
  people: PersonLine[];
  mine: {
    awayUntil: Instant | null;
    /** Null: this person may note their leave; else why not. */
    whyNotLeave: string | null;
  };
}

/** Who may decide now, who of them is away, and who has lent what to whom. Writes nothing. */
export async function loadPeople(app: StaffDeps): Promise<People> {
  const delegations = await loadDelegations(app);
  const { now, rows } = delegations;
  const staff = (await listStaff(app.store.read)).filter(({ disabledAt }) => disabledAt === null);
  const roles = new Map(staff.map(({ id, role }) => [id, role]));
  const awayOf = (row: (typeof staff)[number]) => (isThere(row, now) ? null : row.awayUntil);
  const dutiesOf = (id: string): string | null => {
    const role = roles.get(id);
    return role === undefined ? null : sayDuties(role);
  };
  const people = staff.map((row): PersonLine => ({
    ...{ id: row.id, name: row.name, role: row.role, isMe: row.id === app.actor.staffId },
    ...{ decides: sayDuties(row.role), awayUntil: awayOf(row) },
    borrowed: rows
      .filter(({ delegateId, state }) => delegateId === row.id && state === 'in_force')
      .map((loan) => ({
        ...{ from: loan.delegatorName, until: loan.endsAt },
        decides: dutiesOf(loan.delegatorId),
      })),
  }));
  const me = staff.find(({ id }) => id === app.actor.staffId);
  return {
    ...delegations,
    people: people.filter(({ decides, borrowed }) => decides !== null || borrowed.length > 0),
    mine: {
      awayUntil: me === undefined ? null : awayOf(me),
      whyNotLeave: may(app.actor.role, 'requests.ask') ? null : 'Nobody waits for your decisions.',
    },
  };
}
