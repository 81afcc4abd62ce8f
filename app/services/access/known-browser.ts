import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/*
 * A browser in which somebody has signed in keeps a mark that says so, signed by us and worth something for
 * that account only. It opens nothing: it gives the account its own tries there, whatever strangers do.
 */

/** A mark is renewed with every sign-in; one this old is a stranger's. */
export const BROWSER_KNOWN_FOR = 90 * DAY;

const VALUE = /^(?<at>\d{1,15})\.(?<nonce>[\w-]{22})\.(?<signature>[\w-]{43})$/;

const sign = (secret: string, account: string, at: string, nonce: string): Buffer =>
  createHmac('sha256', secret).update(`known browser\n${account}\n${at}\n${nonce}`).digest();

/** The mark for a browser in which this account has just signed in. */
export const markBrowser = (secret: string, account: string, now: Instant): string => {
  const at = String(Math.max(0, Math.floor(now)));
  const nonce = randomBytes(16).toString('base64url');
  return `${at}.${nonce}.${sign(secret, account, at, nonce).toString('base64url')}`;
};

/** By what tries of this account in the marked browser are counted; null: the account is no guest there. */
export const knownBrowser = (
  value: string | null,
  { secret, account, now }: { secret: string; account: string; now: Instant },
): string | null => {
  const { at, nonce, signature } = VALUE.exec(value ?? '')?.groups ?? {};
  if (at === undefined || nonce === undefined || signature === undefined) return null;
  if (now - Number(at) > BROWSER_KNOWN_FOR || Number(at) > now + DAY) return null;
  const given = Buffer.from(signature, 'base64url');
  const right = sign(secret, account, at, nonce);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return createHash('sha256').update(nonce).digest('hex');
};
