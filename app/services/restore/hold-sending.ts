import { toIso } from '#app/lib/instant.ts';
import { withEarlier } from '#app/domain/restore/missing-from-backup.ts';
import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import { MAIL_SET_ASIDE } from '#app/domain/restore/labels.ts';
import type { Restoration, RestorationKind } from '#app/domain/restore/restoration.ts';
import type { Deps } from '#app/services/deps.ts';
import { appendAudit, auditEnd } from '#db/queries/audit/audit-events.ts';
import {
  endAllSessions,
  insertRestoration,
  latestRestoration,
  lastAuditAt,
  setMailAside,
} from '#db/queries/deployment/restorations.ts';
import type { Tx } from '#db/store.ts';

const AUDIT_KINDS: Record<RestorationKind, string> = {
  restored: 'database.restored',
  found: 'database.found_restored',
};

/**
 * Holds everything that would be sent, because the database was put back to an earlier state: until a person
 * has confirmed it. Mail that waits is put aside, and everybody signs in anew.
 * @param by whoever has restored it; null: it was found out.
 */
export async function holdSending(
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  {
    kind,
    by,
    forgotten = [],
  }: Pick<Restoration, 'kind'> & { by: string | null } & {
    forgotten?: MissingFromBackup[];
  },
): Promise<Restoration> {
  const at = now();
  const end = await auditEnd(tx);
  // A copy taken during a hold brings it along: what that one had to look for is looked for still.
  const latest = await latestRestoration(tx);
  const open = latest?.confirmedAt === null ? latest : null;
  const lastBefore = await lastAuditAt(tx);
  const backupAt = open === null ? lastBefore : (open.backupAt ?? open.at);
  const mails = await setMailAside(tx, { at, why: MAIL_SET_ASIDE });
  await endAllSessions(tx);
  const row: Restoration = {
    ...{ id: newId('rst'), kind, at, backupAt, logSeq: end.seq, logHash: end.hash },
    forgotten: withEarlier(open?.forgotten ?? [], [
      ...forgotten,
      ...mails.map(({ id, requestId, customerId, createdAt }) => ({
        ...({ kind: 'mail', from: 'outbox' } as const),
        ...{ id, requestId, customerId, at: createdAt },
        words: `A mail of request ${requestId} was waiting to be sent. It may have been sent since; a person decides.`,
      })),
    ]),
    ...{ comparedAt: null, confirmedAt: null, confirmedBy: null, note: null },
  };
  await insertRestoration(tx, row);
  await appendAudit(tx, {
    ...{ id: newId('aud'), at, kind: AUDIT_KINDS[kind], subject: `row:${end.seq}` },
    detail: { by, lastBefore: lastBefore === null ? null : toIso(lastBefore), mails: mails.length },
  });
  return row;
}
