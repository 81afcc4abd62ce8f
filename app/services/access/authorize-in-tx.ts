import { may } from '#app/domain/access/roles.ts';
import type { Actor, Permission } from '#app/domain/access/roles.ts';
import { findStaff } from '#db/queries/access/staff.ts';
import type { Read } from '#db/store.ts';

/**
 * Whoever acts, with the role that the database has for them at this moment, or null: the account is
 * disabled or gone. A role that was taken away a request ago counts no more.
 */
export async function reloadActor(read: Read, { staffId }: Actor): Promise<Actor | null> {
  const person = await findStaff(read, staffId);
  if (person === null || person.disabledAt !== null) return null;
  const { id, name, email, role } = person;
  return { staffId: id, name, email, role };
}

/** The same, null also for whoever lacks the permission. */
export async function authorizeInTx(
  read: Read,
  actor: Actor,
  permission: Permission,
): Promise<Actor | null> {
  const person = await reloadActor(read, actor);
  return person !== null && may(person.role, permission) ? person : null;
}
