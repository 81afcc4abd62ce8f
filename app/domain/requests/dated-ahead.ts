import { LONGEST_WAIT, SEND_AGAIN_AFTER, SEND_LEASE } from '#app/domain/requests/operation.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { SECOND } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';

/*
 * What a clock that was ahead has written, or a database whose clock was set back: instants that no rule of ours
 * could have set by the clock of now. Left alone they would keep a step waiting for as long as they lie ahead.
 */

/** By how much the clocks of two consoles may differ. */
export const CLOCKS_APART = 2 * SECOND;

type Dated = Pick<
  Operation,
  'state' | 'nextTryAt' | 'leaseUntil' | 'firstSentAt' | 'lastSentAt' | 'lastReadBackAt' | 'error'
>;
type Redated = Partial<
  Pick<Operation, 'nextTryAt' | 'leaseUntil' | 'firstSentAt' | 'lastSentAt' | 'lastReadBackAt'>
>;

const isUntouched = ({ state, firstSentAt, leaseUntil, error }: Dated): boolean =>
  state === 'ready' && firstSentAt === null && leaseUntil === null && error === null;

/** What must be dated anew, so that every wait begins now at the latest; null: nothing lies ahead. */
export function datedAhead(step: Dated, now: Instant): Redated | null {
  if (step.state !== 'ready' && step.state !== 'sending') return null;
  const latest = now + CLOCKS_APART;
  const change: Redated = {};
  if (isUntouched(step)) {
    if (step.nextTryAt > latest) change.nextTryAt = now;
  } else if (step.nextTryAt > latest + LONGEST_WAIT) change.nextTryAt = now + SEND_AGAIN_AFTER;
  // Whoever holds it may be at work: it keeps it as long as anybody may.
  if (step.leaseUntil !== null && step.leaseUntil > latest + SEND_LEASE)
    change.leaseUntil = now + SEND_LEASE;
  for (const name of ['firstSentAt', 'lastSentAt', 'lastReadBackAt'] as const)
    if ((step[name] ?? 0) > latest) change[name] = now;
  return Object.keys(change).length === 0 ? null : change;
}
