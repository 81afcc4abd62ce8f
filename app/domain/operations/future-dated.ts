import { LONGEST_WAIT, SEND_AGAIN_AFTER, SEND_LEASE } from '#app/domain/operations/operation.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { Instant } from '#app/lib/instant.ts';
import { MAX_CLOCK_SKEW } from '#app/domain/time/clock-skew.ts';
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
export function resetFutureDated(step: Dated, now: Instant): Redated | null {
  if (step.state !== 'ready' && step.state !== 'sending') return null;
  const latest = now + MAX_CLOCK_SKEW;
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
