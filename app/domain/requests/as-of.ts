import type { Instant } from '#app/lib/instant.ts';
import type { RequestStep } from '#app/domain/requests/history.ts';
import type { RequestContent, RequestState } from '#app/domain/requests/request.ts';

/** Where a request stood at an instant of the past. */
export interface StoodAt {
  state: RequestState;
  /** Since when, and why. */
  changedAt: Instant;
  stateReason: string | null;
  /** What was asked then; null: it is not kept. */
  content: RequestContent | null;
}

type Event = Pick<RequestStep, 'at' | 'kind' | 'reason' | 'content'>;

/** The state that each event leads to; the others leave it as it was. */
const LEADS_TO: Partial<Record<Event['kind'], RequestState>> = {
  asked: 'requested',
  edited: 'requested',
  approved: 'approved',
  rejected: 'rejected',
  sent_back: 'sent_back',
  withdrawn: 'withdrawn',
  expired: 'expired',
  sending: 'sending',
  succeeded: 'succeeded',
  failed: 'failed',
  needs_review: 'needs_review',
};

/** By its history alone, oldest first: nothing of later counts. Null: it had not been asked for. Pure. */
export const stoodAt = (events: readonly Event[], asOf: Instant): StoodAt | null =>
  events
    .filter(({ at }) => at <= asOf)
    .reduce<StoodAt | null>((stood, event) => afterEvent(stood, event), null);

function afterEvent(stood: StoodAt | null, { at, kind, reason, content }: Event): StoodAt {
  const state = LEADS_TO[kind];
  // What was written when it was asked stands in the request itself.
  const why = kind === 'asked' || kind === 'edited' ? null : reason;
  const moved = { state: state ?? 'requested', changedAt: at, stateReason: why };
  const then = state === undefined && stood !== null ? stood : moved;
  return { ...then, content: content ?? stood?.content ?? null };
}
