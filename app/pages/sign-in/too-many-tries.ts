import type { Instant } from '#app/domain/instant.ts';
import { SIGN_IN_TRIES_ACCOUNT } from '#app/domain/sign-in-throttle.ts';
import { rateHeaders } from '#app/platform/http.ts';

/** How long a throttled person waits, in s, and the headers that say so to programs. */
export function waitUntil(
  retryAt: Instant,
  now: Instant,
): { seconds: number; headers: Record<string, string> } {
  const seconds = Math.max(1, Math.ceil((retryAt - now) / 1000));
  return { seconds, headers: rateHeaders(seconds, SIGN_IN_TRIES_ACCOUNT) };
}
