import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed: a key of its own for each, so that one can never pass for another. */
type Purpose = 'head' | 'purge' | 'erasure';

/** Signs what is said of the audit log, with a key made of `secret`; hex. */
export const signAudit = (purpose: Purpose, secret: string, text: string): string => {
  const key = createHmac('sha256', secret).update(`redress audit ${purpose}`).digest();
  return createHmac('sha256', key).update(text).digest('hex');
};

export const isSignedAudit = (
  purpose: Purpose,
  secret: string,
  text: string,
  signature: unknown,
): boolean => {
  if (typeof signature !== 'string') return false;
  const [given, own] = [Buffer.from(signature), Buffer.from(signAudit(purpose, secret, text))];
  return given.length === own.length && timingSafeEqual(given, own);
};
