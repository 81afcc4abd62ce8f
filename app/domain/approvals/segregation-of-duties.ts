import { may } from '#app/domain/access/roles.ts';
import type { Actor, Permission } from '#app/domain/access/roles.ts';

/*
 * One person asks, another decides. Two sign-ins of one person are one person.
 */

/** A person as far as separation is concerned. */
export interface Person {
  staffId: string;
  email: string;
  /** Issuer and subject at the identity provider; null for local accounts. */
  subject?: string | null;
}

/** An address without what does not make another mailbox: case, and anything from `+` to `@`. */
export function mailboxOf(email: string): string {
  const [local = '', domain = ''] = email.trim().toLowerCase().split('@');
  return `${local.split('+', 1)[0] ?? ''}@${domain}`;
}

export const isSamePerson = (a: Person, b: Person): boolean =>
  a.staffId === b.staffId ||
  mailboxOf(a.email) === mailboxOf(b.email) ||
  (a.subject !== null && a.subject !== undefined && a.subject === b.subject);

export type MayDecide = { kind: 'yes' } | { kind: 'no'; why: string };

/**
 * Whether a person may decide a request: has the right, neither asked for it nor changed it, and has not
 * approved this revision already.
 * @param touchedBy everyone who asked for the request or changed it.
 * @param approvedBy who has approved its present revision.
 */
export function mayDecide(
  actor: Actor & { subject?: string | null },
  needs: Permission,
  touchedBy: readonly Person[],
  approvedBy: readonly Person[],
): MayDecide {
  if (!may(actor.role, needs)) return { kind: 'no', why: 'Your role can’t approve this.' };
  if (touchedBy.some((person) => isSamePerson(person, actor))) {
    return { kind: 'no', why: 'You requested or edited this, so you can’t approve it.' };
  }
  if (approvedBy.some((person) => isSamePerson(person, actor))) {
    return { kind: 'no', why: 'You already approved this. Another person must approve.' };
  }
  return { kind: 'yes' };
}
