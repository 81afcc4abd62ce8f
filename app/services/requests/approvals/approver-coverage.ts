import type { Delegation } from '#app/domain/approvals/delegation.ts';
import type { Decision } from '#app/domain/requests/history.ts';
import { isExpired } from '#app/domain/requests/state-machine.ts';
import { mailboxOf } from '#app/domain/approvals/segregation-of-duties.ts';
import { coverageGap } from '#app/domain/approvals/approver-coverage.ts';
import type {
  Candidate,
  MissingApprovals,
  CoverageGap,
} from '#app/domain/approvals/approver-coverage.ts';
import type { Instant } from '#app/lib/instant.ts';
import {
  decisionEligibility,
  validDecisions,
} from '#app/services/requests/approvals/approval-eligibility.ts';
import { decisionsOf } from '#db/queries/requests/decisions.ts';
import { delegationsInForce } from '#db/queries/requests/delegations.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { listStaff } from '#db/queries/access/staff.ts';
import type { StaffRow } from '#db/queries/access/staff.ts';
import type { Read } from '#db/store.ts';

interface Present {
  staff: ReadonlyMap<string, StaffRow>;
  delegations: readonly Delegation[];
  now: Instant;
}

/** Neither shut out nor on leave. */
export const isAvailable = (
  { disabledAt, awayUntil }: Pick<StaffRow, 'disabledAt' | 'awayUntil'>,
  now: Instant,
): boolean => disabledAt === null && (awayUntil === null || awayUntil <= now);

/**
 * Whether those who are there, neither disabled nor on leave, can still give a request the decisions it
 * waits for; null: more than enough can, or it waits for none. Pure.
 */
export function loadCoverageGap(
  request: StoredRequest,
  decisions: readonly Decision[],
  { staff, delegations, now }: Present,
): CoverageGap | null {
  if (request.state !== 'requested' || isExpired(request, now)) return null;
  const given = { request, decisions, staff, delegations, now };
  const candidates: Candidate[] = [];
  for (const row of staff.values()) {
    if (!isAvailable(row, now)) continue;
    const person = { staffId: row.id, name: row.name, email: row.email, role: row.role };
    const right = decisionEligibility({ ...given, person, actorId: row.id });
    if (right.kind !== 'yes') continue;
    const principal = staff.get(right.onBehalfOf ?? row.id)?.email ?? row.email;
    const { yes } = right;
    candidates.push({ person: mailboxOf(row.email), yes, principal: mailboxOf(principal) });
  }
  return coverageGap(missing(request, validDecisions(given)), candidates);
}

const missing = (
  { neededApprovals, needsWord }: StoredRequest,
  standing: readonly Decision[],
): MissingApprovals => {
  const approvals = standing.filter(({ verdict }) => verdict === 'approve').length;
  return {
    approvals: Math.max(0, neededApprovals - approvals),
    word: needsWord && !standing.some(({ verdict }) => verdict === 'vouch'),
  };
};

/** The same by what the database says at this moment. */
export async function loadCoverageGapNow(
  read: Read,
  request: StoredRequest,
  now: Instant,
): Promise<CoverageGap | null> {
  const staff = new Map((await listStaff(read)).map((row) => [row.id, row]));
  const delegations = await delegationsInForce(read, now);
  return loadCoverageGap(request, await decisionsOf(read, request.id), { staff, delegations, now });
}
