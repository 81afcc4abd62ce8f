import { clipOrNull } from '#app/lib/clip-text.ts';
import type { Instant } from '#app/lib/instant.ts';
import { isExpired } from '#app/domain/requests/state-machine.ts';
import type { RequestKind, RequestState } from '#app/domain/requests/request.ts';
import { stuckReason } from '#app/domain/operations/stuck.ts';
import type { CoverageGap } from '#app/domain/approvals/approver-coverage.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { groupByRequest } from '#app/lib/group-by.ts';
import { decisionEligibility } from '#app/services/requests/approvals/approval-eligibility.ts';
import {
  isAssignedTo,
  toRequestSummary,
  decideDisabledReason,
} from '#app/services/requests/views/request-summary.ts';
import type { RequestSummary } from '#app/services/requests/views/request-summary.ts';
import { loadCoverageGap } from '#app/services/requests/approvals/approver-coverage.ts';
import { decisionsOfRequests } from '#db/queries/requests/decisions.ts';
import { delegationsInForce } from '#db/queries/requests/delegations.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { heldReasons } from '#db/queries/operations/mail.ts';
import { openRequests, closedRequests } from '#db/queries/requests/request-queue.ts';
import type { QueuedRequest, SettledCursor } from '#db/queries/requests/request-queue.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { listStaff } from '#db/queries/access/staff.ts';

export type { SettledCursor } from '#db/queries/requests/request-queue.ts';

/** More than this nobody works through in a day. */
const MOST_OPEN = 1_000;
const PAGE = 60;

export interface QueueRequest extends RequestSummary {
  /** null: only other records mention this customer. */
  customerName: string | null;
  /** Null: I may decide it; else why not. */
  whyNot: string | null;
  /** What it waits for me to do: a decision, or a change of what I have asked for. */
  mine: MyQueue;
  /** Why it does not go on as it should; null: it does. */
  stuck: string | null;
  /** Whether those who are there can decide it; null: more than enough can, or it waits for nobody. */
  shortage: CoverageGap | null;
}
export type MyQueue = 'decide' | 'change' | null;
export interface RequestFilters {
  kind?: RequestKind | undefined;
  state?: RequestState | undefined;
  /** Only what waits for me. */
  mine?: boolean | undefined;
}
export interface RequestQueue {
  now: Instant;
  /**
   * Those that pass the filters: what is mine to decide or change first, then what is stuck, then the
   * others; each oldest first.
   */
  open: QueueRequest[];
  /** Of all, whatever the filters. */
  mine: number;
  stuck: number;
  all: number;
  /** How many cannot be decided by those who are there: to be seen to before they expire. */
  short: number;
}
export interface ClosedRequests {
  rows: QueueRequest[];
  /** Where the next page begins; null on the last one. */
  next: SettledCursor | null;
}

const rankOf = ({ mine, stuck }: QueueRequest): number =>
  mine === 'decide' ? 0 : mine === 'change' ? 1 : stuck === null ? 3 : 2;

/** Every request that is not settled, only half done, or with a letter for a person. Writes nothing. */
export async function loadRequestQueue(
  app: StaffDeps,
  filters: RequestFilters = {},
): Promise<RequestQueue> {
  const open = await queueLines(app, await openRequests(app.store.read, MOST_OPEN));
  const passes = ({ kind, state, mine }: QueueRequest): boolean =>
    (filters.kind === undefined || kind === filters.kind) &&
    (filters.state === undefined || state === filters.state) &&
    (filters.mine !== true || mine !== null);
  return {
    now: app.now(),
    open: open.filter(passes).toSorted((a, b) => rankOf(a) - rankOf(b)),
    mine: open.filter(({ mine }) => mine !== null).length,
    stuck: open.filter(({ stuck }) => stuck !== null).length,
    all: open.length,
    short: open.filter(({ shortage }) => shortage?.kind === 'short').length,
  };
}

/** Requests that are settled, the latest change first. */
export async function loadClosedRequests(
  app: StaffDeps,
  after: SettledCursor | null,
): Promise<ClosedRequests> {
  const found = await closedRequests(app.store.read, { after, most: PAGE + 1 });
  const rows = await queueLines(app, found.slice(0, PAGE));
  const last = found.length > PAGE ? rows.at(-1) : undefined;
  return { rows, next: last ? { changedAt: last.changedAt, id: last.id } : null };
}

async function queueLines(app: StaffDeps, found: QueuedRequest[]): Promise<QueueRequest[]> {
  const { read } = app.store;
  const ids = found.map(({ request }) => request.id);
  const [decisions, steps, people] = [
    groupByRequest(await decisionsOfRequests(read, ids)),
    groupByRequest(await operationsOf(read, ids)),
    await listStaff(read),
  ];
  const staff = new Map(people.map((row) => [row.id, row]));
  const nameOf = (id: string): string | null => staff.get(id)?.name ?? null;
  const held = await heldReasons(read, ids);
  const now = app.now();
  const present = { staff, delegations: await delegationsInForce(read, now), now };
  return found.map(({ request, customerName }) => {
    const ofRequest = decisions.get(request.id) ?? [];
    const ofSteps = steps.get(request.id) ?? [];
    const right = decisionEligibility({
      ...{ person: app.actor, actorId: app.actor.staffId },
      ...{ request, decisions: ofRequest, ...present },
    });
    const disabledReason = decideDisabledReason(request, right, now);
    return {
      ...toRequestSummary(request, ofRequest, ofSteps, nameOf, now),
      ...{ customerName: clipOrNull(customerName), whyNot: disabledReason },
      mine: toMyQueue(
        app,
        request,
        disabledReason === null && isAssignedTo(request, ofRequest, right),
      ),
      stuck: stuckReason(request, ofSteps, now) ?? mailLabel(held.get(request.id)),
      shortage: loadCoverageGap(request, ofRequest, present),
    };
  });
}

/** A letter on it that does not leave by itself. */
const mailLabel = (why: string | undefined): string | null =>
  why === undefined ? null : `E-mail needs a person: ${why}`;

/** @param toDecide whether the person's decision is one that it waits for. */
export function toMyQueue(
  { actor, now }: Pick<StaffDeps, 'actor' | 'now'>,
  request: StoredRequest,
  toDecide: boolean,
): MyQueue {
  if (toDecide) return 'decide';
  if (request.requestedBy !== actor.staffId || request.state !== 'sent_back') return null;
  return isExpired(request, now()) ? null : 'change';
}
