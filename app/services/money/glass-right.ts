import { mayBreakGlass } from '#app/domain/requests/break-glass.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { Person } from '#app/domain/requests/separation.ts';
import type { Shortage } from '#app/domain/requests/shortage.ts';
import { may } from '#app/domain/roles.ts';
import type { Actor } from '#app/domain/roles.ts';
import { isThere, staffShortageNow } from '#app/services/money/staff-shortage.ts';
import { decisionsOf } from '#db/queries/decisions.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import { findStaff } from '#db/queries/staff.ts';
import type { Read } from '#db/store.ts';

/** The glass of a request that those who are there cannot decide, as one person sees it. */
export interface Glass {
  /** Null: this person may break it; else why not. */
  whyNot: string | null;
  /** How many have broken it already. */
  broken: number;
}

/** Null: there are enough people to decide it, or its glass is nothing to this person. */
export async function glassOf(
  read: Read,
  actor: Actor,
  request: StoredRequest,
  { shortage, now }: { shortage: Shortage | null; now: Instant },
): Promise<Glass | null> {
  if (shortage?.kind !== 'short' || !may(actor.role, 'requests.break-glass')) return null;
  const brokenBy = await peopleAtGlass(read, request);
  const whyNot = await judge(read, actor, request, { shortage, brokenBy, now });
  return { whyNot, broken: brokenBy.length };
}

/** Why this person cannot break the glass, by what the database says at this moment; null: they can. */
export const rightToBreak = async (
  read: Read,
  actor: Actor,
  request: StoredRequest,
  { brokenBy, now }: { brokenBy: readonly Person[]; now: Instant },
): Promise<string | null> => {
  const shortage = await staffShortageNow(read, request, now);
  return judge(read, actor, request, { shortage, brokenBy, now });
};

async function judge(
  read: Read,
  { staffId }: Actor,
  request: StoredRequest,
  given: { shortage: Shortage | null; brokenBy: readonly Person[]; now: Instant },
): Promise<string | null> {
  const row = await findStaff(read, staffId);
  if (row === null || row.disabledAt !== null) return 'Your account is disabled.';
  const { id, name, email, role } = row;
  const person = { staffId: id, name, email, role, away: !isThere(row, given.now) };
  const touched: Person[] = [];
  for (const touchedBy of request.touchedBy) {
    const other = await findStaff(read, touchedBy);
    touched.push({ staffId: touchedBy, email: other?.email ?? touchedBy });
  }
  const verdict = mayBreakGlass(person, given.shortage, touched, given.brokenBy);
  return verdict.kind === 'no' ? verdict.why : null;
}

/** Who has broken the glass on what is asked now, and could do so still. */
export async function peopleAtGlass(read: Read, request: StoredRequest): Promise<Person[]> {
  const people: Person[] = [];
  for (const { verdict, revision, voidedAt, deciderId } of await decisionsOf(read, request.id)) {
    if (verdict !== 'break_glass' || revision !== request.revision || voidedAt !== null) continue;
    const row = await findStaff(read, deciderId);
    const still = row !== null && row.disabledAt === null && may(row.role, 'requests.break-glass');
    if (still) people.push({ staffId: deciderId, email: row.email });
  }
  return people;
}

/** Whether this person has broken the glass on what they were shown: the same form, sent again. */
export const hasBroken = async (
  read: Read,
  { staffId }: Actor,
  { id, revision }: StoredRequest,
  hash: string,
): Promise<boolean> =>
  (await decisionsOf(read, id)).some(
    (one) =>
      one.verdict === 'break_glass' &&
      one.deciderId === staffId &&
      one.revision === revision &&
      one.contentHash === hash,
  );
