import type { Deps } from '#app/services/deps.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { deleteSession } from '#db/queries/access/sessions.ts';

/** Ends a session for good: its cookie is worth nothing afterwards. */
export const signOut = async (
  app: Deps & { requestId: string },
  sessionHash: string,
): Promise<void> => {
  const at = app.now();
  const id = app.newId('aud');
  await app.store.write(async (tx) => {
    const staffId = await deleteSession(tx, sessionHash);
    if (staffId === null) return;
    await appendAudit(tx, {
      id,
      at,
      kind: 'session.ended',
      actorId: staffId,
      requestId: app.requestId,
    });
  });
};
