import type { RemedyRequest, RequestState } from '#app/domain/requests/request.ts';
import type { Instant } from '#app/lib/instant.ts';

/*
 * The life of a request as a pure state machine. Every change of a request goes through `step`; what it
 * refuses cannot happen, whoever asks and however often.
 */

/** What happens to a request. */
export type RequestEvent =
  /** The last approval needed has been given, or none was needed. */
  | { kind: 'approved' }
  | { kind: 'rejected'; reason: string }
  | { kind: 'sent_back'; reason: string }
  | { kind: 'edited' }
  | { kind: 'withdrawn'; reason: string }
  | { kind: 'expired' }
  /** The sender has claimed it: from here on money may be moving. */
  | { kind: 'sending' }
  | { kind: 'succeeded' }
  /** Nothing moved, or what moved came back. */
  | { kind: 'failed'; reason: string }
  /** Nobody can tell whether it moved: a person decides. */
  | { kind: 'needs_review'; reason: string };

const TARGET = {
  approved: 'approved',
  rejected: 'rejected',
  sent_back: 'sent_back',
  edited: 'requested',
  withdrawn: 'withdrawn',
  expired: 'expired',
  sending: 'sending',
  succeeded: 'succeeded',
  failed: 'failed',
  needs_review: 'needs_review',
} as const satisfies Record<RequestEvent['kind'], RequestState>;

/**
 * From where each event may come. An approved request that is not yet being sent may still be edited,
 * withdrawn or found impossible; a succeeded refund may fail days later; a person answers a review by
 * taking the outcome over (`succeeded`) or by sending the request back.
 */
const SOURCES: Record<RequestEvent['kind'], readonly RequestState[]> = {
  approved: ['requested'],
  rejected: ['requested'],
  sent_back: ['requested', 'needs_review'],
  edited: ['requested', 'sent_back', 'approved'],
  withdrawn: ['requested', 'sent_back', 'approved'],
  expired: ['requested', 'sent_back'],
  sending: ['approved'],
  succeeded: ['sending', 'needs_review'],
  failed: ['approved', 'sending', 'succeeded', 'needs_review'],
  needs_review: ['sending'],
};

/** States that nothing leaves, except a success that fails later. */
export const isClosed = (state: RequestState): boolean =>
  !['requested', 'approved', 'sending', 'needs_review', 'sent_back'].includes(state);

/** Whether an undecided request is too old to be decided. The instant of expiry itself is too late. */
export const isExpired = (
  request: Pick<RemedyRequest, 'state' | 'expiresAt'>,
  now: Instant,
): boolean =>
  (request.state === 'requested' || request.state === 'sent_back') && now >= request.expiresAt;

export type TransitionResult =
  { kind: 'moved'; state: RequestState; reason: string | null } | { kind: 'refused'; why: string };

/** The state that an event leads to, or why it cannot happen. Pure. */
export function transition(
  request: Pick<RemedyRequest, 'state' | 'expiresAt'>,
  event: RequestEvent,
  now: Instant,
): TransitionResult {
  const expired = isExpired(request, now);
  if (expired && event.kind !== 'expired' && event.kind !== 'withdrawn') {
    return {
      kind: 'refused',
      why: 'The request has expired. Request it again if it is still needed.',
    };
  }
  if (event.kind === 'expired' && !expired) {
    return { kind: 'refused', why: 'The request has not expired.' };
  }
  if (!SOURCES[event.kind].includes(request.state)) {
    return {
      kind: 'refused',
      why: `A request that is ${STATE_LABELS[request.state]} cannot be ${EVENT_LABELS[event.kind]}.`,
    };
  }
  return {
    kind: 'moved',
    state: TARGET[event.kind],
    reason: 'reason' in event ? event.reason : null,
  };
}

/** States in words, as a sentence needs them. */
export const STATE_LABELS: Record<RequestState, string> = {
  requested: 'waiting for approval',
  approved: 'approved',
  sending: 'sending',
  succeeded: 'done',
  failed: 'failed',
  needs_review: 'in review',
  rejected: 'rejected',
  sent_back: 'sent back',
  withdrawn: 'withdrawn',
  expired: 'expired',
};

const EVENT_LABELS: Record<RequestEvent['kind'], string> = {
  approved: 'approved',
  rejected: 'rejected',
  sent_back: 'sent back',
  edited: 'changed',
  withdrawn: 'withdrawn',
  expired: 'expired',
  sending: 'sent',
  succeeded: 'settled',
  failed: 'failed',
  needs_review: 'sent to review',
};
