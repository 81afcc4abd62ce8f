import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A session's cookie value: 256 random bits. */
export const newSessionValue = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of it. */
export const sessionHash = (value: string): string =>
  createHash('sha256').update(value).digest('hex');

/** Tells accounts apart in the throttle without keeping what was typed; `secret` keeps it from guessing. */
export const accountHash = (email: string, secret: string): string =>
  createHmac('sha256', secret).update(email).digest('hex');
