import { describe, expect, it } from 'vitest';
import { isExpired, isClosed, transition } from '#app/domain/requests/state-machine.ts';
import type { RequestEvent } from '#app/domain/requests/state-machine.ts';
import { REQUEST_STATES } from '#app/domain/requests/request.ts';
import type { RequestState } from '#app/domain/requests/request.ts';

const EXPIRES = 1_000;
const BEFORE = 999;

const EVENTS: RequestEvent[] = [
  { kind: 'approved' },
  { kind: 'rejected', reason: 'not owed' },
  { kind: 'sent_back', reason: 'which charge?' },
  { kind: 'edited' },
  { kind: 'withdrawn', reason: 'solved otherwise' },
  { kind: 'sending' },
  { kind: 'succeeded' },
  { kind: 'failed', reason: 'card closed' },
  { kind: 'needs_review', reason: 'no answer' },
];

/** Everything that may happen; what is not listed must be refused. */
const ALLOWED: Record<string, RequestState> = {
  'requested approved': 'approved',
  'requested rejected': 'rejected',
  'requested sent_back': 'sent_back',
  'requested edited': 'requested',
  'requested withdrawn': 'withdrawn',
  'sent_back edited': 'requested',
  'sent_back withdrawn': 'withdrawn',
  'approved edited': 'requested',
  'approved withdrawn': 'withdrawn',
  'approved sending': 'sending',
  'approved failed': 'failed',
  'sending succeeded': 'succeeded',
  'sending failed': 'failed',
  'needs_review failed': 'failed',
  'sending needs_review': 'needs_review',
  'needs_review succeeded': 'succeeded',
  'needs_review sent_back': 'sent_back',
  'succeeded failed': 'failed',
};

const pairs = REQUEST_STATES.flatMap((state) => EVENTS.map((event) => ({ state, event })));

describe('the life of a request', () => {
  it.each(pairs)('$state, $event.kind', ({ state, event }) => {
    const outcome = transition({ state, expiresAt: EXPIRES }, event, BEFORE);
    const target = ALLOWED[`${state} ${event.kind}`];
    if (target === undefined) {
      expect(outcome.kind).toBe('refused');
    } else {
      const reason = 'reason' in event ? event.reason : null;
      expect(outcome).toEqual({ kind: 'moved', state: target, reason });
    }
  });

  it('expires at its instant, not a millisecond earlier', () => {
    const request = { state: 'requested', expiresAt: EXPIRES } as const;
    expect(isExpired(request, EXPIRES - 1)).toBe(false);
    expect(isExpired(request, EXPIRES)).toBe(true);
    expect(transition(request, { kind: 'approved' }, EXPIRES - 1).kind).toBe('moved');
    expect(transition(request, { kind: 'approved' }, EXPIRES).kind).toBe('refused');
    expect(transition(request, { kind: 'expired' }, EXPIRES - 1).kind).toBe('refused');
    expect(transition(request, { kind: 'expired' }, EXPIRES)).toMatchObject({ state: 'expired' });
  });

  it('never expires once it was approved', () => {
    for (const state of ['approved', 'sending', 'needs_review', 'succeeded'] as const) {
      expect(isExpired({ state, expiresAt: EXPIRES }, EXPIRES + 1)).toBe(false);
    }
  });

  it('may be withdrawn even when too old to be decided', () => {
    const request = { state: 'requested', expiresAt: EXPIRES } as const;
    const withdrawn = transition(request, { kind: 'withdrawn', reason: 'late' }, EXPIRES + 1);
    expect(withdrawn).toMatchObject({ kind: 'moved', state: 'withdrawn' });
  });

  it('knows which states are final but for a late failure', () => {
    const settled = REQUEST_STATES.filter(isClosed);
    expect(settled).toEqual(['succeeded', 'failed', 'rejected', 'withdrawn', 'expired']);
  });
});
