import { addressFault, describeAddressFault } from '#app/domain/mail/address.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Role } from '#app/domain/access/roles.ts';
import type { Deps } from '#app/services/deps.ts';
import { hashPassword, passwordProblem } from '#app/services/access/passwords.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { deleteSessionsOf } from '#db/queries/access/sessions.ts';
import {
  findStaffByEmail,
  insertStaff,
  updateStaff,
  type StaffRow,
} from '#db/queries/access/staff.ts';
import type { Tx } from '#db/store.ts';

export type StaffRefusal =
  | { kind: 'refused'; why: 'known' | 'unknown'; email: string }
  | { kind: 'refused'; why: 'password' | 'name' | 'email'; problem: string };
export type StaffOutcome = { kind: 'done'; staffId: string } | StaffRefusal;

const LONGEST_NAME = 200;

/** What is wrong with the name of an account, as a phrase behind it; null: it will do. */
const nameProblem = (name: string): string | null => {
  if (name.trim() === '') return 'is empty';
  if (/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(name))
    return 'has a line break or a control character in it';
  return name.length > LONGEST_NAME ? `is longer than ${LONGEST_NAME} characters` : null;
};

/** Why nobody is added under this address and name; null: they will do. */
export const memberRefusal = (member: { email: string; name: string }): StaffRefusal | null => {
  const fault = addressFault(member.email);
  if (fault !== null)
    return { kind: 'refused', why: 'email', problem: describeAddressFault(fault) };
  const problem = nameProblem(member.name);
  return problem === null ? null : { kind: 'refused', why: 'name', problem };
};

const audit = (app: Deps, tx: Tx, kind: string, staffId: string): Promise<void> =>
  appendAudit(tx, { id: app.newId('aud'), at: app.now(), kind, subject: `staff:${staffId}` });

/** Adds a member of staff who signs in with this password. */
export const addStaff = async (
  app: Deps,
  member: { email: string; name: string; role: Role; password: string },
): Promise<StaffOutcome> => {
  const { password, ...row } = member;
  const refusal = memberRefusal(row);
  if (refusal !== null) return refusal;
  const problem = await passwordProblem(password, row.email);
  if (problem !== null) return { kind: 'refused', why: 'password', problem };
  const passwordHash = await hashPassword(password);
  const id = app.newId('stf');
  try {
    await app.store.write(async (tx) => {
      await insertStaff(tx, { ...row, id, passwordHash, createdAt: app.now() });
      await audit(app, tx, 'staff.added', id);
    });
    return { kind: 'done', staffId: id };
  } catch (error) {
    if (isUniqueViolation(error, 'staff_email'))
      return { kind: 'refused', why: 'known', email: row.email };
    throw error;
  }
};

/** One change to one account, with its audit row; ends its sessions, so that it holds at once. */
const change = async (
  app: Deps,
  email: string,
  kind: string,
  by: Partial<Pick<StaffRow, 'role' | 'disabledAt' | 'awayUntil'>> & { passwordHash?: string },
): Promise<StaffOutcome> =>
  app.store.write(async (tx) => {
    const member = await findStaffByEmail(tx, email);
    if (member === null) return { kind: 'refused', why: 'unknown', email };
    await updateStaff(tx, member.id, by);
    // Rights are as they were for whoever is only away.
    if (by.awayUntil === undefined) await deleteSessionsOf(tx, member.id);
    await audit(app, tx, kind, member.id);
    return { kind: 'done', staffId: member.id };
  });

/** Shuts an account and ends its sessions. */
export const disableStaff = (app: Deps, email: string): Promise<StaffOutcome> =>
  change(app, email, 'staff.disabled', { disabledAt: app.now() });

export const enableStaff = (app: Deps, email: string): Promise<StaffOutcome> =>
  change(app, email, 'staff.enabled', { disabledAt: null });

/**
 * Notes that somebody is on leave until then, or back (null): nobody counts on them to decide. What they
 * may stays as it is.
 */
export const noteAway = (app: Deps, email: string, until: Instant | null): Promise<StaffOutcome> =>
  change(app, email, 'staff.away', { awayUntil: until });

/** Gives another role; the person signs in again under it. */
export const changeStaffRole = (app: Deps, email: string, role: Role): Promise<StaffOutcome> =>
  change(app, email, 'staff.role_changed', { role });

export const changeStaffPassword = async (
  app: Deps,
  email: string,
  password: string,
): Promise<StaffOutcome> => {
  const problem = await passwordProblem(password, email);
  if (problem !== null) return { kind: 'refused', why: 'password', problem };
  return change(app, email, 'staff.password_changed', {
    passwordHash: await hashPassword(password),
  });
};
