import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#app/lib/instant.ts';

const TOLERANCE_SECONDS = 300;

const macOf = (secret: string, text: string): Buffer =>
  createHmac('sha256', secret).update(text).digest();

/** Whether the signature is the body's, by `secret`, and at most five minutes off. */
export const isSigned = (
  { header, body, secret }: { header: string | undefined; body: string; secret: string },
  now: Instant,
): boolean => {
  const { t, mac } = /^t=(?<t>\d{1,12}),v1=(?<mac>[0-9a-f]{64})$/.exec(header ?? '')?.groups ?? {};
  if (t === undefined || mac === undefined) return false;
  if (Math.abs(now / 1000 - Number(t)) > TOLERANCE_SECONDS) return false;
  return timingSafeEqual(Buffer.from(mac, 'hex'), macOf(secret, `${t}.${body}`));
};
