import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/*
 * Being on leave takes no right away: nobody counts on whoever is away to decide, so that too few deciders
 * are seen before a request waits for somebody on a beach.
 */

export const LONGEST_ABSENCE = 366 * DAY;

/** What is wrong with the instant at which somebody says that they are back; null: nothing. */
export function outOfOfficeError(until: Instant, now: Instant): string | null {
  if (!Number.isSafeInteger(until) || until <= now) return 'It must be later than now.';
  return until - now > LONGEST_ABSENCE ? 'It must end within a year.' : null;
}
