import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import {
  afterAbsent,
  afterUnreadable,
  retryAt,
  idempotencyKeyOf,
  nextAction,
  waitUntil,
} from '#app/domain/operations/operation.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { applyOutcome } from '#app/domain/operations/outcome.ts';
import type { Outcome } from '#app/domain/operations/outcome.ts';
import { planCompensation, planOperations } from '#app/domain/operations/plan.ts';
import { progressOf } from '#app/domain/operations/request-progress.ts';
import { laterStatus } from '#app/domain/book/refund-status.ts';
import { T } from '#tests/factories/records.ts';

const plan = (takeBack = 0): Operation[] =>
  planOperations({
    request: {
      id: 'req_1',
      revision: 1,
      requestedBy: 'stf_1',
      content: {
        ...{ kind: 'refund', customerId: 'org_1', reason: 'broken', evidence: [], flagId: null },
        ...{ paymentId: 'ch_1', amount: 4_900, currency: 'usd', ground: 'duplicate_charge' },
        ...{ creditChoice: 'keep', takeBack },
      },
    },
    decidedBy: 'stf_2',
    now: T,
  });
const step = (change: Partial<Operation> = {}): Operation => ({
  // A refund has at least one step.
  ...plan()[0]!,
  ...change,
});
const sent = (change: Partial<Operation> = {}): Operation =>
  step({ state: 'sending', firstSentAt: T, lastSentAt: T, outcome: 'unknown', ...change });

describe('what to do next with a step', () => {
  it.each<[string, Operation, number, unknown]>([
    ['ready', step(), T, { kind: 'send' }],
    ['waiting', step({ state: 'waiting' }), T, { kind: 'none' }],
    ['done', step({ state: 'succeeded' }), T, { kind: 'none' }],
    ['in review', step({ state: 'needs_review' }), T, { kind: 'none' }],
    ['held by a sender', sent({ leaseUntil: T + 1 }), T, { kind: 'wait', until: T + 1 }],
    ['left by a sender', sent({ leaseUntil: T }), T, { kind: 'read_back' }],
    ['not due', sent({ nextTryAt: T + 1 }), T, { kind: 'wait', until: T + 1 }],
    ['claimed, never sent', step({ state: 'sending' }), T, { kind: 'send' }],
    ['sent, no answer', sent(), T + 1, { kind: 'read_back' }],
  ])('%s', (_name, operation, now, move) => {
    expect(nextAction(operation, now)).toEqual(move);
  });
});

describe('when it is not there', () => {
  const stored = { outcome: 'stored_error', attempt: 1 } as const;
  it.each<[string, Partial<Operation>, number, string]>([
    ['too soon after the try', {}, 39 * SECOND, 'wait'],
    ['later', {}, 40 * SECOND, 'send_again'],
    ['a moment before 23 hours', {}, 23 * HOUR - 1, 'send_again'],
    ['after 23 hours', {}, 23 * HOUR, 'review'],
    ['refused', { outcome: 'refused' }, 0, 'failed'],
    ['refused, after 23 hours', { outcome: 'refused' }, 24 * HOUR, 'failed'],
    ['refused against what was read', { outcome: 'contradicted' }, 39 * SECOND, 'wait'],
    [
      'the same, the last time but one',
      { outcome: 'contradicted', emptyReadBacks: 5 },
      HOUR,
      'send_again',
    ],
    ['the same, often enough', { outcome: 'contradicted', emptyReadBacks: 6 }, HOUR, 'review'],
    ['the same, after 23 hours', { outcome: 'contradicted' }, 23 * HOUR, 'review'],
    ['a key of another body', { outcome: 'conflict' }, 0, 'review'],
    ['an answer of something else', { outcome: 'mismatched' }, 0, 'review'],
    ['a kept error, first look', { ...stored, emptyReadBacks: 1 }, HOUR, 'wait'],
    [
      'a kept error, second look too soon',
      { ...stored, emptyReadBacks: 2, lastReadBackAt: T + HOUR },
      HOUR + 5 * MINUTE - 1,
      'wait',
    ],
    [
      'a kept error, second look',
      { ...stored, emptyReadBacks: 2, lastReadBackAt: T + HOUR },
      HOUR + 5 * MINUTE,
      'new_attempt',
    ],
    [
      'kept errors under three keys',
      { ...stored, attempt: 3, emptyReadBacks: 2, lastReadBackAt: T },
      HOUR,
      'review',
    ],
  ])('%s', (_name, change, after, kind) => {
    expect(afterAbsent(sent(change), T + after).kind).toBe(kind);
  });

  it('and cannot be looked up, it waits until 23 hours are over', () => {
    expect(afterUnreadable(sent(), T + 23 * HOUR - 1).kind).toBe('wait');
    expect(afterUnreadable(sent(), T + 23 * HOUR).kind).toBe('review');
  });

  it('is asked again six times in all where it contradicts what was read, in over half an hour', () => {
    const waits = [0, 1, 2, 3, 4, 5].map((earlier) => retryAt(earlier, 0));
    expect(
      waits.slice(0, 5).every((wait, at) => wait !== null && wait > (waits[at - 1] ?? 0)),
    ).toBe(true);
    expect(waits[5]).toBeNull();
    expect(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0)).toBeGreaterThan(30 * MINUTE);
  });

  it('waits longer and longer, from two seconds to thirty minutes', () => {
    expect(waitUntil(sent(), T)).toBe(T + 2 * SECOND);
    expect(waitUntil(sent(), T + MINUTE)).toBe(T + 90 * SECOND);
    expect(waitUntil(sent(), T + 10 * HOUR)).toBe(T + 10 * HOUR + 30 * MINUTE);
  });
});

describe('what an outcome makes of a step', () => {
  const accepted = (status: string): Outcome => ({
    ...{ kind: 'accepted', externalId: 're_1', status, bankReference: null },
  });
  const unknown = (serverError: boolean, replayed = false): Outcome => ({
    ...{ kind: 'unknown', words: 'no answer', serverError, replayed },
  });
  it.each<[string, Partial<Operation>, Outcome, Partial<Operation>]>([
    ['accepted', {}, accepted('succeeded'), { state: 'succeeded', externalId: 're_1' }],
    ['pending', {}, accepted('pending'), { state: 'succeeded', externalStatus: 'pending' }],
    ['failed at once', {}, accepted('failed'), { state: 'failed', externalStatus: 'failed' }],
    ['held', {}, { kind: 'held', words: 'by a rule' }, { state: 'needs_review' }],
    ['no answer', {}, unknown(false), { outcome: 'unknown' }],
    ['a first 500', {}, unknown(true), { outcome: 'server_error' }],
    ['a 500 again', { outcome: 'server_error' }, unknown(true), { outcome: 'stored_error' }],
    ['a 500 from under the key', {}, unknown(true, true), { outcome: 'stored_error' }],
    ['busy', {}, { kind: 'busy', words: 'wait' }, { outcome: 'busy' }],
    ['refused', {}, { kind: 'refused', words: 'no' }, { outcome: 'refused', nextTryAt: T }],
    [
      'an answer of something else',
      {},
      { kind: 'mismatched', words: 'another refund' },
      { outcome: 'mismatched', nextTryAt: T },
    ],
    [
      'refused against what was read',
      {},
      { kind: 'contradicted', words: 'no such charge' },
      { outcome: 'contradicted', nextTryAt: T + 40 * SECOND },
    ],
    [
      'the same for the sixth time',
      { outcome: 'contradicted', emptyReadBacks: 5 },
      { kind: 'contradicted', words: 'no such charge' },
      { outcome: 'contradicted', nextTryAt: T },
    ],
    [
      'no answer after it',
      { outcome: 'contradicted', emptyReadBacks: 3 },
      unknown(false),
      { outcome: 'unknown', emptyReadBacks: 0 },
    ],
  ])('%s', (_name, change, outcome, made) => {
    const result = applyOutcome(sent({ outcome: null, ...change }), outcome, T);
    expect(result).toMatchObject({ ...made, leaseOwner: null, leaseUntil: null });
    // What nobody knows is never called failed, nor done.
    if (!('state' in made)) expect(result).not.toHaveProperty('state');
  });

  it('never moves a refund back', () => {
    const words = ['pending', 'requires_action', 'succeeded', 'canceled', 'failed', 'new_word'];
    for (const known of words)
      for (const heard of words)
        expect(laterStatus(laterStatus(known, heard), known)).toBe(laterStatus(known, heard));
    expect(laterStatus('succeeded', 'pending')).toBe('succeeded');
    expect(laterStatus('succeeded', 'failed')).toBe('failed');
    expect(laterStatus('failed', 'succeeded')).toBe('failed');
  });
});

describe('the steps of a refund', () => {
  const [refund, takeBack] = plan(500);
  const states = (main: Operation['state'], second: Operation['state']): Operation[] => [
    { ...refund!, state: main, error: 'it came back' },
    { ...takeBack!, state: second },
  ];
  it('are sent under keys of their own, with bodies that name them', () => {
    expect([refund?.idempotencyKey, takeBack?.idempotencyKey]).toEqual([
      'refund:op_1_1_1:1',
      'op_1_1_2',
    ]);
    expect(idempotencyKeyOf('stripe_refund', 'op_1', 2)).toBe('refund:op_1:2');
    expect(refund?.body).toBe(
      '{"amount":4900,"charge":"ch_1","metadata":{"op":"op_1_1_1","request":"req_1"},"reason":"duplicate"}',
    );
    expect(takeBack).toMatchObject({ state: 'waiting', credits: -500 });
  });

  it.each<[Operation['state'], Operation['state'], object]>([
    ['sending', 'waiting', { event: null, makeReady: null }],
    ['succeeded', 'waiting', { event: null, makeReady: { id: 'op_1_1_2' } }],
    ['succeeded', 'sending', { event: null }],
    ['succeeded', 'succeeded', { event: { kind: 'succeeded' } }],
    ['succeeded', 'needs_review', { event: { kind: 'needs_review' } }],
    ['succeeded', 'failed', { event: { kind: 'succeeded' }, remark: expect.any(String) }],
    ['failed', 'waiting', { event: { kind: 'failed' }, cancel: { id: 'op_1_1_2' } }],
    ['failed', 'sending', { event: { kind: 'failed' }, compensate: null }],
    ['failed', 'succeeded', { event: { kind: 'failed' }, compensate: { id: 'op_1_1_2' } }],
  ])('%s, then %s', (main, second, expected) => {
    expect(progressOf('sending', states(main, second))).toMatchObject(expected);
  });

  it('return credits once', () => {
    const [failed, taken] = states('failed', 'succeeded');
    const back = planCompensation(taken!, { now: T });
    expect(back).toMatchObject({ id: 'op_1_back_3', ordinal: 3, credits: 500, state: 'ready' });
    expect(progressOf('succeeded', [failed!, taken!, back]).compensate).toBeNull();
  });
});
