import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/*
 * A step outside the console: a refund at the payment provider, credits or a hold at the product. It has
 * its own id, key and body, all stored before the first byte leaves, so that it can be taken up again
 * after a crash at any point. What to do next is decided here, by the row alone.
 */

const OPERATION_KINDS = ['stripe_refund', 'credit_adjustment', 'generation_hold'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

const OPERATION_STATES = [
  /** An earlier step must come first. */
  'waiting',
  'ready',
  /** Claimed: from here on it may have happened. */
  'sending',
  'succeeded',
  'failed',
  'needs_review',
  /** Taken back before it was sent: its request was changed, withdrawn or sent back. */
  'canceled',
] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/** What the last try came to while the outcome is open. */
const OPEN_OUTCOMES = [
  /** No answer, or one that says nothing. */
  'unknown',
  /** An answer of 500 and above: it may have been done, and the answer may be kept under the key. */
  'server_error',
  /** The same answer again under the same key: it is kept there, and nobody will act on the key again. */
  'stored_error',
  /** Too many at once, or the key is still being worked on. */
  'busy',
  /** Refused; true only once it has been looked up that no earlier try did it. */
  'refused',
  /** Refused, against what had been read before: asked again a few times, then a person decides. */
  'contradicted',
  /** The key belongs to another body. */
  'conflict',
  /** The answer is of something else than what was sent: it is never taken for ours. */
  'mismatched',
] as const satisfies readonly string[];
export type OpenOutcome = (typeof OPEN_OUTCOMES)[number];

export interface Operation {
  id: string;
  requestId: string;
  /** From 1, in the order in which the steps of a request are taken. */
  ordinal: number;
  kind: OperationKind;
  state: OperationState;
  version: number;
  customerId: string;
  paymentId: string | null;
  /** Refunds: minor units of `currency`. */
  amount: number | null;
  currency: string | null;
  /** Adjustments: signed. */
  credits: number | null;
  idempotencyKey: string;
  /** From 1; raised only where a key is spent for good and nothing was done under it. */
  attempt: number;
  /** The exact JSON text that is sent, the same at every try. */
  body: string;
  firstSentAt: Instant | null;
  lastSentAt: Instant | null;
  nextTryAt: Instant;
  leaseOwner: string | null;
  leaseUntil: Instant | null;
  /** Look-ups since the last try that found nothing. */
  emptyReadBacks: number;
  lastReadBackAt: Instant | null;
  externalId: string | null;
  externalStatus: string | null;
  /** Refunds: Stripe's word for why it is pending or has failed; null: it told none. */
  externalReason: string | null;
  bankReference: string | null;
  /** In words, for people. */
  error: string | null;
  outcome: OpenOutcome | null;
  changedAt: Instant;
}

/** Under a key nothing is sent any more from then on: providers forget keys after 24 hours. */
const KEY_LIFE = 23 * HOUR;
/** How long a process holds an operation to look at what it would meet; nothing has left yet. */
export const READ_LEASE = 15 * SECOND;
/** After this long it gives up looking by itself, so that it is not overtaken again and again. */
export const LONGEST_READ = 12 * SECOND;
/** From the record of a send: longer than it may take to begin, and then the call. */
export const SEND_LEASE = 30 * SECOND;
/** What was recorded as sent longer ago, and has not left yet, does not leave any more. */
export const LATEST_START = 5 * SECOND;
/** After a try whose outcome is open nothing is sent before: the first try may still be at work there. */
export const SEND_AGAIN_AFTER = 40 * SECOND;
/** Between the two look-ups that allow a new key. */
const READ_BACKS_APART = 5 * MINUTE;
/** After each no that contradicts what was read before; after the last one a person decides. */
const RETRIED_AFTER = [40 * SECOND, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE] as const;
const MOST_ATTEMPTS = 3;
const SHORTEST_WAIT = 2 * SECOND;
/** Between two tries of a step whose outcome is open, at most. */
export const LONGEST_WAIT = 30 * MINUTE;

/** `refund:op_…:1`. Made of the operation alone, so that equal amounts on one charge are two keys. */
export const idempotencyKeyOf = (kind: OperationKind, id: string, attempt: number): string =>
  kind === 'stripe_refund' ? `refund:${id}:${attempt}` : id;

export type NextAction =
  | { kind: 'none' }
  | { kind: 'wait'; until: Instant }
  /** Nothing has left yet. */
  | { kind: 'send' }
  /** It may have happened: look before anything else. */
  | { kind: 'read_back' }
  /** A person decides. */
  | { kind: 'review'; reason: string };

type Timed = Pick<
  Operation,
  'state' | 'leaseUntil' | 'nextTryAt' | 'firstSentAt' | 'outcome' | 'emptyReadBacks' | 'attempt'
> &
  Pick<Operation, 'lastSentAt' | 'lastReadBackAt' | 'kind'>;

/** What to do with an operation now. Pure; says nothing of other operations on the same charge. */
export function nextAction(operation: Timed, now: Instant): NextAction {
  const { state, leaseUntil, nextTryAt, firstSentAt } = operation;
  if (state !== 'ready' && state !== 'sending') return { kind: 'none' };
  const until = Math.max(leaseUntil ?? 0, nextTryAt);
  if (until > now) return { kind: 'wait', until };
  return { kind: firstSentAt === null ? 'send' : 'read_back' };
}

export type AfterAbsent =
  /** The same key and the same bytes. */
  | { kind: 'send_again' }
  /** A new key: nothing was done under the old one and nothing will be. */
  | { kind: 'new_attempt' }
  | { kind: 'wait'; until: Instant }
  | { kind: 'failed' }
  | { kind: 'review'; reason: string };

/**
 * What follows when a look-up has found that it did not happen.
 * @param operation with this look-up counted in `emptyReadBacks`, its predecessor in `lastReadBackAt`.
 */
export function afterAbsent(operation: Timed, now: Instant): AfterAbsent {
  const { outcome, lastSentAt, firstSentAt } = operation;
  if (outcome === 'refused') return { kind: 'failed' };
  if (outcome === 'conflict') {
    return {
      kind: 'review',
      reason: 'Its key was used for something else, and nothing was found.',
    };
  }
  if (outcome === 'mismatched') {
    return { kind: 'review', reason: 'Nothing tagged with this request was found.' };
  }
  if (now >= (firstSentAt ?? now) + KEY_LIFE) {
    return {
      kind: 'review',
      reason: 'Outcome unknown for 23 hours and nothing found. It is not sent again.',
    };
  }
  if (outcome === 'stored_error') return afterStoredError(operation, now);
  if (outcome === 'contradicted' && operation.emptyReadBacks > RETRIED_AFTER.length)
    return { kind: 'review', reason: `It was refused ${operation.emptyReadBacks} times.` };
  const until = (lastSentAt ?? 0) + SEND_AGAIN_AFTER;
  return until > now ? { kind: 'wait', until } : { kind: 'send_again' };
}

/**
 * When to ask again after a no that contradicts what was read before; null: it has been asked often enough.
 * @param earlier how many such answers there were before this one.
 */
export const retryAt = (earlier: number, now: Instant): Instant | null => {
  const wait = RETRIED_AFTER[earlier];
  return wait === undefined ? null : now + wait;
};

function afterStoredError(operation: Timed, now: Instant): AfterAbsent {
  const { emptyReadBacks, lastReadBackAt, attempt } = operation;
  if (emptyReadBacks < 2) return { kind: 'wait', until: now + READ_BACKS_APART };
  const earliest = (lastReadBackAt ?? now) + READ_BACKS_APART;
  if (now < earliest) return { kind: 'wait', until: earliest };
  if (attempt < MOST_ATTEMPTS) return { kind: 'new_attempt' };
  return { kind: 'review', reason: `It was answered with an error under ${attempt} keys.` };
}

/** What follows when a look-up could not be made. */
export const afterUnreadable = (operation: Timed, now: Instant): AfterAbsent =>
  now >= (operation.firstSentAt ?? now) + KEY_LIFE
    ? {
        kind: 'review',
        reason: 'Outcome unknown for 23 hours, and it cannot be checked.',
      }
    : { kind: 'wait', until: waitUntil(operation, now) };

/** When to look again: after half the time that has gone by since the first try, 2 seconds to 30 minutes. */
export const waitUntil = ({ firstSentAt }: Pick<Operation, 'firstSentAt'>, now: Instant): Instant =>
  now +
  Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, Math.floor((now - (firstSentAt ?? now)) / 2)));
