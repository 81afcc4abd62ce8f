import { DAY } from '#app/lib/instant.ts';
import { DEFAULT_LIMITS } from '#app/domain/policy/approval-limits.ts';
import { searchAudit } from '#db/queries/audit/audit-search.ts';
import { decisionsOf } from '#db/queries/requests/decisions.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Read } from '#db/store.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

const TWO_ABOVE = DEFAULT_LIMITS.refund.twoDecidersAbove['usd'] ?? 0;
const { aloneUpTo } = DEFAULT_LIMITS.credits;
/** More than a sequence approves. */
const ALL = 200;

/**
 * What one customer was granted, in the order of the audit log: each approval with those of the day before
 * it, against the people it took. It counts for itself, without the program's own sums.
 */
export async function grantedTooEasily(
  read: Read,
  customerId: string,
): Promise<{ approved: number; violations: string[] }> {
  const granted = await inOrder(read, customerId);
  const violations: string[] = [];
  for (const [index, request] of granted.entries()) {
    const since = (request.approvedAt ?? 0) - DAY;
    const within = granted
      .slice(0, index + 1)
      .filter(({ approvedAt, kind }) => (approvedAt ?? 0) > since && kind === request.kind);
    const people = await approversOf(read, request.id);
    const wrong =
      request.kind === 'refund' ? refundWrong(within, people) : creditsWrong(within, people);
    if (wrong) violations.push(wrong);
  }
  return { approved: granted.length, violations };
}

async function inOrder(read: Read, customerId: string): Promise<StoredRequest[]> {
  const asked = { customerId, kind: 'request.approved' };
  const { events } = await searchAudit(read, asked, { limit: ALL });
  const lastSeq = new Map<string, number>();
  for (const { subject, seq } of events) {
    lastSeq.set(subject ?? '', Math.max(seq, lastSeq.get(subject ?? '') ?? 0));
  }
  const orderOf = ({ id }: StoredRequest): number => lastSeq.get(`request:${id}`) ?? 0;
  const requests = await requestsOfCustomer(read, customerId);
  return requests
    .filter(({ approvedAt }) => approvedAt !== null)
    .toSorted((one, other) => orderOf(one) - orderOf(other));
}

async function approversOf(read: Read, requestId: string): Promise<number> {
  const decisions = await decisionsOf(read, requestId);
  const standing = decisions.filter(
    ({ verdict, voidedAt }) => verdict === 'approve' && voidedAt === null,
  );
  return new Set(standing.map(({ deciderId }) => deciderId)).size;
}

function refundWrong(within: readonly StoredRequest[], people: number): string | null {
  const sum = within.reduce((total, { amount }) => total + (amount ?? 0), 0);
  const needed = sum > TWO_ABOVE ? 2 : 1;
  return people >= needed ? null : `${sum} refunded within a day by ${people}, not ${needed}`;
}

/** Credits that somebody else approved use up nothing. */
function creditsWrong(within: readonly StoredRequest[], people: number): string | null {
  if (people > 0) return null;
  const alone = within.filter(({ neededApprovals }) => neededApprovals === 0);
  const sum = alone.reduce((total, { credits }) => total + Math.abs(credits ?? 0), 0);
  return sum <= aloneUpTo ? null : `${sum} credits within a day on one person’s word`;
}
