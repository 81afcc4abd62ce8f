import { clipOrNull } from '#app/domain/clip-text.ts';
import type { Instant } from '#app/domain/instant.ts';
import { isExpired } from '#app/domain/requests/life.ts';
import type { RequestKind, RequestState } from '#app/domain/requests/request.ts';
import { whyStuck } from '#app/domain/requests/stalled.ts';
import type { Shortage } from '#app/domain/requests/shortage.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { byRequest } from '#app/services/money/by-request.ts';
import { judgeRight } from '#app/services/money/decision-right.ts';
import { isWaitedFor, toRequestLine, whyNotDecide } from '#app/services/money/request-line.ts';
import type { RequestLine } from '#app/services/money/request-line.ts';
import { staffShortage } from '#app/services/money/staff-shortage.ts';
import { decisionsOfRequests } from '#db/queries/decisions.ts';
import { delegationsInForce } from '#db/queries/delegations.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { heldReasons } from '#db/queries/mail.ts';
import { openRequests, settledRequests } from '#db/queries/request-queue.ts';
import type { QueuedRequest, SettledCursor } from '#db/queries/request-queue.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import { listStaff } from '#db/queries/staff.ts';

export type { SettledCursor } from '#db/queries/request-queue.ts';

/** More than this nobody works through in a day. */
const MOST_OPEN = 1_000;
const PAGE = 60;

export interface QueueRequest extends RequestLine {
  /** null: only other records mention this customer. */
  customerName: string | null;
  /** Null: I may decide it; else why not. */
  whyNot: string | null;
  /** What it waits for me to do: a decision, or a change of what I have asked for. */
  mine: Mine;
  /** Why it does not go on as it should; null: it does. */
  stuck: string | null;
  /** Whether those who are there can decide it; null: more than enough can, or it waits for nobody. */
  shortage: Shortage | null;
}
export type Mine = 'decide' | 'change' | null;
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
export interface SettledPage {
  rows: QueueRequest[];
  /** Where the next page begins; null on the last one. */
  next: SettledCursor | null;
}

const rankOf = ({ mine, stuck }: QueueRequest): number =>
  mine === 'decide' ? 0 : mine === 'change' ? 1 : stuck === null ? 3 : 2;

/** Every request that is not settled, only half done, or with a letter for a person. Writes nothing. */
export async function loadRequests(
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
  const held = await heldReasons(read, ids);
  const now = app.now();
  const present = { staff, delegations: await delegationsInForce(read, now), now };
  return found.map(({ request, customerName }) => {
    const ofRequest = decisions.get(request.id) ?? [];
    const ofSteps = steps.get(request.id) ?? [];
    const right = judgeRight({
      ...{ person: app.actor, actorId: app.actor.staffId },
      ...{ request, decisions: ofRequest, ...present },
    });
    const whyNot = whyNotDecide(request, right, now);
    return {
      ...toRequestLine(request, ofRequest, ofSteps, nameOf, now),
      ...{ customerName: clipOrNull(customerName), whyNot },
      mine: mineOf(app, request, whyNot === null && isWaitedFor(request, ofRequest, right)),
      stuck: whyStuck(request, ofSteps, now) ?? letterWords(held.get(request.id)),
      shortage: staffShortage(request, ofRequest, present),
    };
  });
}

/** A letter on it that does not leave by itself. */
const letterWords = (why: string | undefined): string | null =>
  why === undefined ? null : `Letter needs a person: ${why}`;

/** @param toDecide whether the person's decision is one that it waits for. */
export function mineOf(
  { actor, now }: Pick<StaffDeps, 'actor' | 'now'>,
  request: StoredRequest,
  toDecide: boolean,
): Mine {
  if (toDecide) return 'decide';
  if (request.requestedBy !== actor.staffId || request.state !== 'sent_back') return null;
  return isExpired(request, now()) ? null : 'change';
}
