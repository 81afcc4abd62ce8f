import { HOUR, MINUTE, type Instant } from '#app/lib/instant.ts';

/** A session ends when nothing was done for this long … */
export const SESSION_IDLE = 30 * MINUTE;
/** … and in any case this long after sign-in. */
export const SESSION_LONGEST = 12 * HOUR;
/** How exactly "last seen" is kept: reading a page should not cost a write each time. */
export const SESSION_SEEN_STEP = MINUTE;

/** Whether a session that began and was last seen at these instants may still be used at `now`. */
export const isSessionAlive = (
  times: { createdAt: Instant; lastSeenAt: Instant },
  now: Instant,
): boolean => now - times.createdAt < SESSION_LONGEST && now - times.lastSeenAt < SESSION_IDLE;

/** What moves much takes a word of somebody who has signed in at most this long ago. */
const SIGN_IN_FRESH = 15 * MINUTE;

/** Whether a sign-in is recent enough for what moves much. */
export const isSignInFresh = (authenticatedAt: Instant, now: Instant): boolean =>
  now - authenticatedAt <= SIGN_IN_FRESH;
