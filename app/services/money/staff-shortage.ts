import type { Delegation } from '#app/domain/requests/delegation.ts';
import type { Decision } from '#app/domain/requests/history.ts';
import { isExpired } from '#app/domain/requests/life.ts';
import { mailboxOf } from '#app/domain/requests/separation.ts';
import { shortageOf } from '#app/domain/requests/shortage.ts';
import type { Candidate, Missing, Shortage } from '#app/domain/requests/shortage.ts';
import type { Instant } from '#app/domain/instant.ts';
import { judgeRight, standingOf } from '#app/services/money/decision-right.ts';
import { decisionsOf } from '#db/queries/decisions.ts';
import { delegationsInForce } from '#db/queries/delegations.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import { listStaff } from '#db/queries/staff.ts';
import type { StaffRow } from '#db/queries/staff.ts';
import type { Read } from '#db/store.ts';

interface Present {
  staff: ReadonlyMap<string, StaffRow>;
  delegations: readonly Delegation[];
  now: Instant;
}

/** Neither shut out nor on leave. */
export const isThere = (
  { disabledAt, awayUntil }: Pick<StaffRow, 'disabledAt' | 'awayUntil'>,
  now: Instant,
): boolean => disabledAt === null && (awayUntil === null || awayUntil <= now);

/**
 * Whether those who are there, neither disabled nor on leave, can still give a request the decisions it
 * waits for; null: more than enough can, or it waits for none. Pure.
 */
export function staffShortage(
  request: StoredRequest,
  decisions: readonly Decision[],
  { staff, delegations, now }: Present,
): Shortage | null {
  if (request.state !== 'requested' || isExpired(request, now)) return null;
  const given = { request, decisions, staff, delegations, now };
  const candidates: Candidate[] = [];
  for (const row of staff.values()) {
    if (!isThere(row, now)) continue;
    const person = { staffId: row.id, name: row.name, email: row.email, role: row.role };
    const right = judgeRight({ ...given, person, actorId: row.id });
    if (right.kind !== 'yes') continue;
    const principal = staff.get(right.onBehalfOf ?? row.id)?.email ?? row.email;
    const { yes } = right;
    candidates.push({ person: mailboxOf(row.email), yes, principal: mailboxOf(principal) });
  }
  return shortageOf(missing(request, standingOf(given)), candidates);
}

const missing = (
  { neededApprovals, needsWord }: StoredRequest,
  standing: readonly Decision[],
): Missing => {
  const approvals = standing.filter(({ verdict }) => verdict === 'approve').length;
  return {
    approvals: Math.max(0, neededApprovals - approvals),
    word: needsWord && !standing.some(({ verdict }) => verdict === 'vouch'),
  };
};

/** The same by what the database says at this moment. */
export async function staffShortageNow(
  read: Read,
  request: StoredRequest,
  now: Instant,
): Promise<Shortage | null> {
  const staff = new Map((await listStaff(read)).map((row) => [row.id, row]));
  const delegations = await delegationsInForce(read, now);
  return staffShortage(request, await decisionsOf(read, request.id), { staff, delegations, now });
}
