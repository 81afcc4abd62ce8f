import type { Instant } from '#app/domain/instant.ts';
import type { Actor } from '#app/domain/roles.ts';
import { isSessionAlive, SESSION_SEEN_STEP } from '#app/domain/sessions.ts';
import type { Deps } from '#app/services/deps.ts';
import { sessionHash } from '#app/services/session-secrets.ts';
import { findSession, touchSession } from '#db/queries/sessions.ts';

/** Who a request comes from. */
export interface SignedIn {
  actor: Actor;
  sessionHash: string;
  authenticatedAt: Instant;
}

/** The session of that hash as the database has it now; null: ended, too old, or its owner is shut out. */
export const readSession = async (
  app: Deps & { demo: boolean },
  idHash: string,
): Promise<(SignedIn & { lastSeenAt: Instant }) | null> => {
  const row = await findSession(app.store.read, idHash);
  if (row === null || !isSessionAlive(row, app.now())) return null;
  if (row.disabledAt !== null || (row.demo && !app.demo)) return null;
  const { staffId, name, email, role, authenticatedAt, lastSeenAt } = row;
  return {
    actor: { staffId, name, email, role },
    sessionHash: idHash,
    authenticatedAt,
    lastSeenAt,
  };
};

/** Who a cookie's value belongs to; keeps "last seen" to the minute. */
export const resolveSession = async (
  app: Deps & { demo: boolean },
  sessionValue: string,
): Promise<SignedIn | null> => {
  const idHash = sessionHash(sessionValue);
  const found = await readSession(app, idHash);
  if (found === null) return null;
  const now = app.now();
  if (now - found.lastSeenAt >= SESSION_SEEN_STEP)
    await app.store.write((tx) => touchSession(tx, idHash, now));
  return found;
};
