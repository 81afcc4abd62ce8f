import type { Instant } from '#app/lib/instant.ts';
import { SIGN_IN_TRIES_ACCOUNT } from '#app/domain/access/sign-in-throttle.ts';
import { rateHeaders } from '#app/web/http.ts';

/** How long a throttled person waits, in s, and the headers that say so to programs. */
export function waitUntil(
  retryAt: Instant,
  now: Instant,
): { seconds: number; headers: Record<string, string> } {
  const seconds = Math.max(1, Math.ceil((retryAt - now) / 1000));
  return { seconds, headers: rateHeaders(seconds, SIGN_IN_TRIES_ACCOUNT) };
}

/** Tells a person how long they have to wait. */
export function tooManyTries(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return `Too many attempts. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`;
}
