import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { MAX_CLOCK_SKEW } from '#app/domain/time/clock-skew.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
/* How long a letter waits for its next turn, and what a clock that was ahead may not add to it. */

/** Longer than Stripe and the server may take to answer. */
export const LETTER_LEASE = 5 * MINUTE;
/** A letter that waits for a person is looked at so often: it may have become untrue. */
export const LOOK_AGAIN = HOUR;
/** From this try on the pause grows no more. */
export const LONGEST_PAUSE_AT = 10;

/** One minute, doubled with each try, six hours at most. */
export const pauseAfter = (tries: number): number =>
  Math.min(6 * 60, 2 ** Math.min(tries - 1, LONGEST_PAUSE_AT - 1)) * MINUTE;

/** What is under way ends within seconds as a rule: two, doubled with each look, an hour at most. */
export const soonAfter = (tries: number): number =>
  Math.min(HOUR, 2 ** Math.min(tries, 12) * SECOND);

type Dated = Pick<
  CustomerMail,
  'createdAt' | 'releasedAt' | 'nextTryAt' | 'leaseUntil' | 'heldAt' | 'error' | 'attempts'
>;
export type Redated = Partial<
  Pick<CustomerMail, 'createdAt' | 'releasedAt' | 'nextTryAt' | 'leaseUntil'>
>;

/** As long as any rule may have put it off. New, or released by a person: not at all. */
const longestWait = ({
  heldAt,
  error,
  attempts,
}: Pick<Dated, 'heldAt' | 'error' | 'attempts'>): number => {
  if (heldAt !== null) return LOOK_AGAIN;
  return error === null || attempts === 0 ? 0 : pauseAfter(attempts);
};

/**
 * What must be dated anew of a letter that is still to leave, so that it leaves as soon as if its clock had
 * been right; null: nothing lies further ahead than a rule of ours puts it.
 */
export function letterAhead(mail: Dated, now: Instant): Redated | null {
  const latest = now + MAX_CLOCK_SKEW;
  const change: Redated = {};
  const wait = longestWait(mail);
  if (mail.nextTryAt > latest + wait) change.nextTryAt = now + wait;
  if (mail.leaseUntil !== null && mail.leaseUntil > latest + LETTER_LEASE)
    change.leaseUntil = now + LETTER_LEASE;
  // By these it would be taken for younger than it is, and be given to a person too late.
  for (const name of ['createdAt', 'releasedAt'] as const)
    if ((mail[name] ?? 0) > latest) change[name] = now;
  return Object.keys(change).length === 0 ? null : change;
}
