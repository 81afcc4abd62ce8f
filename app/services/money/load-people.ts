import type { Instant } from '#app/domain/instant.ts';
import { sayDuties } from '#app/domain/requests/duties.ts';
import { may } from '#app/domain/roles.ts';
import type { Permission, Role } from '#app/domain/roles.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { loadDelegations } from '#app/services/money/load-delegations.ts';
import type { Delegations } from '#app/services/money/load-delegations.ts';
import { isThere } from '#app/services/money/staff-shortage.ts';
import { listStaff } from '#db/queries/staff.ts';
import type { StaffRow } from '#db/queries/staff.ts';

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
  /** How many who are there can decide these, by whichever right. */
  there: { refunds: number; credits: number };
  mine: {
    awayUntil: Instant | null;
    /** Null: this person may note their leave; else why not. */
    whyNotLeave: string | null;
  };
}

/** Who may decide now, who of them is away, and who has lent what to whom. Writes nothing. */
export async function loadPeople(app: StaffDeps): Promise<People> {
  const delegations = await loadDelegations(app);
  const { now } = delegations;
  const staff = (await listStaff(app.store.read)).filter(({ disabledAt }) => disabledAt === null);
  const known = { delegations, roles: new Map(staff.map(({ id, role }) => [id, role])) };
  const awayOf = (row: StaffRow) => (isThere(row, now) ? null : row.awayUntil);
  const people = staff.map((row): PersonLine => ({
    ...{ id: row.id, name: row.name, role: row.role, isMe: row.id === app.actor.staffId },
    ...{ decides: sayDuties(row.role), awayUntil: awayOf(row), borrowed: lentTo(row, known) },
  }));
  const canNow = (permission: Permission) => (row: StaffRow) =>
    isThere(row, now) && rolesOf(row, known).some((role) => may(role, permission));
  const me = staff.find(({ id }) => id === app.actor.staffId);
  return {
    ...delegations,
    people: people.filter(({ decides, borrowed }) => decides !== null || borrowed.length > 0),
    there: {
      refunds: staff.filter(canNow('requests.decide-refund')).length,
      credits: staff.filter(canNow('requests.decide-credits')).length,
    },
    mine: {
      awayUntil: me === undefined ? null : awayOf(me),
      whyNotLeave: may(app.actor.role, 'requests.ask') ? null : 'Nobody waits for your decisions.',
    },
  };
}

interface Known {
  delegations: Delegations;
  /** Of everybody whose account is open. */
  roles: ReadonlyMap<string, Role>;
}

const loansTo = ({ id }: StaffRow, { delegations: { rows } }: Known) =>
  rows.filter(({ delegateId, state }) => delegateId === id && state === 'in_force');

const lentTo = (row: StaffRow, known: Known): PersonLine['borrowed'] =>
  loansTo(row, known).map(({ delegatorId, delegatorName, endsAt }) => {
    const role = known.roles.get(delegatorId);
    return { from: delegatorName, until: endsAt, decides: role ? sayDuties(role) : null };
  });

/** The roles by whose rights somebody decides: their own, and of those who have lent them theirs. */
const rolesOf = (row: StaffRow, known: Known): Role[] => [
  row.role,
  ...loansTo(row, known).flatMap(({ delegatorId }) => known.roles.get(delegatorId) ?? []),
];
