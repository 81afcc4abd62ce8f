import type { Instant } from '#app/domain/instant.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type { Shortage } from '#app/domain/requests/shortage.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { byRequest } from '#app/services/money/by-request.ts';
import { judgeRight } from '#app/services/money/decision-right.ts';
import { toRequestLine, whyNotDecide } from '#app/services/money/request-line.ts';
import type { RequestLine } from '#app/services/money/request-line.ts';
import { staffShortage } from '#app/services/money/staff-shortage.ts';
import { decisionsOfRequests } from '#db/queries/decisions.ts';
import { delegationsInForce } from '#db/queries/delegations.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { openRequests, settledRequests } from '#db/queries/request-queue.ts';
import type { QueuedRequest, SettledCursor } from '#db/queries/request-queue.ts';
import { listStaff } from '#db/queries/staff.ts';

export type { SettledCursor } from '#db/queries/request-queue.ts';

/** More than this nobody works through in a day. */
const MOST_OPEN = 1_000;
const PAGE = 60;

export interface QueueRequest extends RequestLine {
  /** null: only other records mention this customer. */
  customerName: string | null;
  /** Null: it is mine to decide; else why not. */
  whyNot: string | null;
  /** It needs a person to look into it, or has come to a halt. */
  stuck: boolean;
  /** Whether those who are there can decide it; null: more than enough can, or it waits for nobody. */
  shortage: Shortage | null;
}
export interface RequestQueue {
  now: Instant;
  /** What is mine to decide first, then what is stuck, then the others; each oldest first. */
  open: QueueRequest[];
  mine: number;
  stuck: number;
  /** How many cannot be decided by those who are there: to be seen to before they expire. */
  short: number;
}
export interface SettledPage {
  rows: QueueRequest[];
  /** Where the next page begins; null on the last one. */
  next: SettledCursor | null;
}

const inReview = ({ state }: Operation): boolean => state === 'needs_review';

/** Every request that is not settled, or of which only half is done. Writes nothing. */
export async function loadRequests(app: StaffDeps): Promise<RequestQueue> {
  const open = await queueLines(app, await openRequests(app.store.read, MOST_OPEN));
  const rank = ({ whyNot, stuck }: QueueRequest): number => (whyNot === null ? 0 : stuck ? 1 : 2);
  return {
    now: app.now(),
    open: open.toSorted((a, b) => rank(a) - rank(b)),
    mine: open.filter(({ whyNot }) => whyNot === null).length,
    stuck: open.filter(({ stuck }) => stuck).length,
    short: open.filter(({ shortage }) => shortage?.kind === 'short').length,
  };
}

/** Requests that are settled, the latest change first. */
export async function loadSettledRequests(
  app: StaffDeps,
  after: SettledCursor | null,
): Promise<SettledPage> {
  const found = await settledRequests(app.store.read, { after, most: PAGE + 1 });
  const rows = await queueLines(app, found.slice(0, PAGE));
  const last = found.length > PAGE ? rows.at(-1) : undefined;
  return { rows, next: last ? { changedAt: last.changedAt, id: last.id } : null };
}

async function queueLines(app: StaffDeps, found: QueuedRequest[]): Promise<QueueRequest[]> {
  const { read } = app.store;
  const ids = found.map(({ request }) => request.id);
  const [decisions, steps, people] = [
    byRequest(await decisionsOfRequests(read, ids)),
    byRequest(await operationsOf(read, ids)),
    await listStaff(read),
  ];
  const staff = new Map(people.map((row) => [row.id, row]));
  const nameOf = (id: string): string | null => staff.get(id)?.name ?? null;
  const now = app.now();
  const present = { staff, delegations: await delegationsInForce(read, now), now };
  return found.map(({ request, customerName }) => {
    const ofRequest = decisions.get(request.id) ?? [];
    const ofSteps = steps.get(request.id) ?? [];
    const right = judgeRight({
      ...{ person: app.actor, actorId: app.actor.staffId },
      ...{ request, decisions: ofRequest, ...present },
    });
    return {
      ...toRequestLine(request, ofRequest, ofSteps, nameOf, now),
      customerName,
      whyNot: whyNotDecide(request, right, now),
      shortage: staffShortage(request, ofRequest, present),
      stuck: request.state === 'needs_review' || ofSteps.some(inReview),
    };
  });
}
