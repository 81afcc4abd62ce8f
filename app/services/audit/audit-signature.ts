import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed: a key of its own for each, so that one can never pass for another. */
type Purpose = 'head' | 'purge' | 'erasure';

/** The secret that signs now, and those that have signed before it was changed. */
export interface AuditKeys {
  secret: string;
  former?: readonly string[] | undefined;
}

/**
 * `changed`: the key is known, and this is not what it has signed. `unknown`: signed with a key that is
 * none of ours, or, from before keys had names, perhaps changed.
 */
export type Trust = 'signed' | 'changed' | 'unknown';

const keyOf = (purpose: Purpose, secret: string): Buffer =>
  createHmac('sha256', secret).update(`redress audit ${purpose}`).digest();

/** Names a key without giving it away. */
export const keyNameOf = (secret: string): string =>
  createHmac('sha256', secret).update('redress audit key name').digest('hex').slice(0, 12);

/** Signs what is said of the audit log, with a key made of `secret`; hex. */
export const signAudit = (purpose: Purpose, secret: string, text: string): string =>
  createHmac('sha256', keyOf(purpose, secret)).update(text).digest('hex');

const matches = (purpose: Purpose, secret: string, text: string, signature: string): boolean => {
  const [given, own] = [Buffer.from(signature), Buffer.from(signAudit(purpose, secret, text))];
  return given.length === own.length && timingSafeEqual(given, own);
};

/** Whether `text` is what one of the keys has signed. `key`: the name that stands beside the signature. */
export const trustIn = (
  purpose: Purpose,
  { secret, former = [] }: AuditKeys,
  text: string,
  { signature, key }: { signature: unknown; key: unknown },
): Trust => {
  const secrets = [secret, ...former];
  if (typeof signature === 'string')
    for (const one of secrets) if (matches(purpose, one, text, signature)) return 'signed';
  return secrets.some((one) => keyNameOf(one) === key) ? 'changed' : 'unknown';
};
