import { createHash } from 'node:crypto';
import { refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';
import type { KeyRecord, World } from '#scripts/sandbox/stripe/world.ts';

const KEPT_MS = 24 * 60 * 60 * 1000;

/** Forgets the keys that are older than 24 hours by the account's clock. */
const pruneKeys = (world: World): void => {
  for (const [key, record] of world.keys)
    if (record.reply && world.now() - record.at > KEPT_MS) world.keys.delete(key);
};

const fingerprintOf = (path: string, body: string): string =>
  createHash('sha256').update(`${path}\n${body}`).digest('hex');

/**
 * What is known under the key of a POST: a reply to replay, or null where the request is new. Throws
 * where the key belongs to another request, or to one that is still running.
 */
export const knownReply = (
  world: World,
  request: { key: string; path: string; body: string },
): KeyRecord['reply'] => {
  const { key, path, body } = request;
  if (key.length > 255)
    throw refuse({
      type: 'idempotency_error',
      message: 'Idempotency keys can be at most 255 characters long.',
    });
  pruneKeys(world);
  const record = world.lax ? undefined : world.keys.get(key);
  if (!record) return null;
  if (record.path !== path)
    throw refuse({
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}' vs '${record.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  if (record.fingerprint !== fingerprintOf(path, body))
    throw refuse({
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  if (!record.reply) throw keyInUse(key);
  return record.reply;
};

export const keyInUse = (key: string) =>
  refuse({
    status: 409,
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });

/** The request holds its key from now on, until it is kept with a reply or let go. */
export const holdKey = (world: World, request: { key: string; path: string; body: string }): void =>
  world.rememberKey({
    key: request.key,
    at: world.now(),
    path: request.path,
    fingerprint: fingerprintOf(request.path, request.body),
    reply: null,
  });

/** Keeps the reply under the key, for replays; null: nothing has happened, the key is free again. */
export const settleKey = (world: World, key: string, reply: KeyRecord['reply']): void => {
  const record = world.keys.get(key);
  if (!record) return;
  if (reply === null) world.keys.delete(key);
  else world.rememberKey({ ...record, reply });
};
