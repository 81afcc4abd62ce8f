import { createHmac } from 'node:crypto';
import type { Instant } from '#app/lib/instant.ts';

/** The `X-Redress-Signature` of a body: HMAC-SHA256 of `t.body`, `t` in seconds. */
export const signProductCall = (body: string, secret: string, now: Instant): string => {
  const seconds = Math.floor(now / 1000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
};
