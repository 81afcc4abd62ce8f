import { MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { groupByRequest } from '#app/lib/group-by.ts';
import { decisionEligibility } from '#app/services/requests/approvals/approval-eligibility.ts';
import { toMyQueue } from '#app/services/requests/views/load-request-queue.ts';
import {
  isAssignedTo,
  decideDisabledReason,
} from '#app/services/requests/views/request-summary.ts';
import { decisionsOfRequests } from '#db/queries/requests/decisions.ts';
import { delegationsInForce } from '#db/queries/requests/delegations.ts';
import { latestRequests } from '#db/queries/requests/request-changes.ts';
import { undecidedRequests } from '#db/queries/requests/request-queue.ts';
import { listStaff } from '#db/queries/access/staff.ts';
import type { Store } from '#db/store-types.ts';
const MOST = 1_000;

/** Rights are lent and come to their end without any request changing. */
const LASTS = MINUTE;

interface Counted {
  /** The latest changes of requests when it was counted. */
  marks: string;
  /** From then on it is counted anew. */
  until: Instant;
  /** By person and role. */
  counts: Map<string, number>;
}
const counted = new WeakMap<Store, Counted>();

/**
 * How many requests wait for this person to decide or change them. Every page shows it: counted anew after
 * a request has changed and once a minute, among those that are undecided.
 */
export async function countMyRequests(
  app: Pick<StaffDeps, 'store' | 'now' | 'actor'>,
): Promise<number> {
  const latest = await latestRequests(app.store.read);
  const marks = latest.map(({ mark }) => mark).join();
  let known = counted.get(app.store);
  if (known?.marks !== marks || app.now() >= known.until) {
    known = { marks, until: app.now() + LASTS, counts: new Map() };
    counted.set(app.store, known);
  }
  const { staffId, role } = app.actor;
  const before = known.counts.get(`${staffId} ${role}`);
  if (before !== undefined) return before;
  const count = await countAnew(app);
  known.counts.set(`${staffId} ${role}`, count);
  return count;
}

async function countAnew(app: Pick<StaffDeps, 'store' | 'now' | 'actor'>): Promise<number> {
  const { read } = app.store;
  const requests = await undecidedRequests(read, MOST);
  if (requests.length === 0) return 0;
  const ids = requests.map(({ id }) => id);
  const decisions = groupByRequest(await decisionsOfRequests(read, ids));
  const staff = new Map((await listStaff(read)).map((row) => [row.id, row]));
  const now = app.now();
  const present = { staff, delegations: await delegationsInForce(read, now), now };
  const mine = requests.filter((request) => {
    const given = decisions.get(request.id) ?? [];
    const person = { person: app.actor, actorId: app.actor.staffId };
    const right = decisionEligibility({ ...person, request, decisions: given, ...present });
    const decides =
      decideDisabledReason(request, right, now) === null && isAssignedTo(request, given, right);
    return toMyQueue(app, request, decides) !== null;
  });
  return mine.length;
}
