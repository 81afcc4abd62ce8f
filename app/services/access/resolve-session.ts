import type { Instant } from '#app/lib/instant.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import { isSessionAlive, SESSION_SEEN_STEP } from '#app/domain/access/sessions.ts';
import type { Deps } from '#app/services/deps.ts';
import { sessionHash } from '#app/services/access/session-token.ts';
import { findSession, findSessions, touchSession } from '#db/queries/access/sessions.ts';
import type { SessionRow } from '#db/queries/access/sessions.ts';

/** Who a request comes from. */
export interface SignedIn {
  actor: Actor;
  sessionHash: string;
  authenticatedAt: Instant;
}

const isUsable = (app: Deps & { demo: boolean }, row: SessionRow): boolean =>
  isSessionAlive(row, app.now()) && row.disabledAt === null && (!row.demo || app.demo);

/** Those of these sessions that may be used now. */
export const readAliveSessions = async (
  app: Deps & { demo: boolean },
  hashes: readonly string[],
): Promise<Set<string>> => {
  const rows = await findSessions(app.store.read, hashes);
  return new Set(rows.filter((row) => isUsable(app, row)).map(({ idHash }) => idHash));
};

/** The session of that hash as the database has it now; null: ended, too old, or its owner is shut out. */
const readSession = async (
  app: Deps & { demo: boolean },
  idHash: string,
): Promise<(SignedIn & { lastSeenAt: Instant }) | null> => {
  const row = await findSession(app.store.read, idHash);
  if (row === null || !isUsable(app, row)) return null;
  const { staffId, name, email, role, authenticatedAt, lastSeenAt } = row;
  return {
    actor: { staffId, name, email, role },
    sessionHash: idHash,
    authenticatedAt,
    lastSeenAt,
  };
};

/**
 * Who a cookie's value belongs to; keeps "last seen" to the minute. `byPerson`: somebody has done something,
 * and not only left a page open.
 */
export const resolveSession = async (
  app: Deps & { demo: boolean },
  sessionValue: string,
  byPerson: boolean,
): Promise<SignedIn | null> => {
  const idHash = sessionHash(sessionValue);
  const found = await readSession(app, idHash);
  if (found === null) return null;
  const now = app.now();
  if (byPerson && now - found.lastSeenAt >= SESSION_SEEN_STEP)
    await app.store.write((tx) => touchSession(tx, idHash, now));
  return found;
};
