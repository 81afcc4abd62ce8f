import type { Instant } from '#app/lib/instant.ts';
import { describeDuties } from '#app/domain/approvals/approver-coverage.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Permission, Role } from '#app/domain/access/roles.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { loadDelegations } from '#app/services/requests/approvals/delegations.ts';
import type { Delegations } from '#app/services/requests/approvals/delegations.ts';
import { isAvailable } from '#app/services/requests/approvals/approver-coverage.ts';
import { listStaff } from '#db/queries/access/staff.ts';
import type { StaffRow } from '#db/queries/access/staff.ts';

/** Somebody who decides, by their own right or by one that is lent to them now. */
export interface ApproverRow {
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

export interface Approvers extends Delegations {
  people: ApproverRow[];
  /** How many who are there can decide these, by whichever right. */
  there: { refunds: number; credits: number };
  mine: {
    awayUntil: Instant | null;
    /** Null: this person may note their leave; else why not. */
    whyNotLeave: string | null;
  };
}

/** Who may decide now, who of them is away, and who has lent what to whom. Writes nothing. */
export async function loadApprovers(app: StaffDeps): Promise<Approvers> {
  const delegations = await loadDelegations(app);
  const { now } = delegations;
  const staff = (await listStaff(app.store.read)).filter(({ disabledAt }) => disabledAt === null);
  const known = { delegations, roles: new Map(staff.map(({ id, role }) => [id, role])) };
  const awayOf = (row: StaffRow) => (isAvailable(row, now) ? null : row.awayUntil);
  const people = staff.map((row): ApproverRow => ({
    ...{ id: row.id, name: row.name, role: row.role, isMe: row.id === app.actor.staffId },
    ...{
      decides: describeDuties(row.role),
      awayUntil: awayOf(row),
      borrowed: delegatedTo(row, known),
    },
  }));
  const canNow = (permission: Permission) => (row: StaffRow) =>
    isAvailable(row, now) && rolesOf(row, known).some((role) => may(role, permission));
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
      whyNotLeave: may(app.actor.role, 'requests.ask')
        ? null
        : 'Your role has no approvals to give.',
    },
  };
}

interface Known {
  delegations: Delegations;
  /** Of everybody whose account is open. */
  roles: ReadonlyMap<string, Role>;
}

const delegationsTo = ({ id }: StaffRow, { delegations: { rows } }: Known) =>
  rows.filter(({ delegateId, state }) => delegateId === id && state === 'in_force');

const delegatedTo = (row: StaffRow, known: Known): ApproverRow['borrowed'] =>
  delegationsTo(row, known).map(({ delegatorId, delegatorName, endsAt }) => {
    const role = known.roles.get(delegatorId);
    return { from: delegatorName, until: endsAt, decides: role ? describeDuties(role) : null };
  });

/** The roles by whose rights somebody decides: their own, and of those who have lent them theirs. */
const rolesOf = (row: StaffRow, known: Known): Role[] => [
  row.role,
  ...delegationsTo(row, known).flatMap(({ delegatorId }) => known.roles.get(delegatorId) ?? []),
];
