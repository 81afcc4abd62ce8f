import type { ChainEnd } from '#app/domain/audit/chain.ts';
import { toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { writeHead } from '#app/services/audit/audit-heads.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import { purgeSubject, signPurge } from '#app/services/audit/retention-marks.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import type { Deps } from '#app/services/deps.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { deleteAuditThrough, lastBefore, PURGED } from '#db/queries/audit/audit-retention.ts';
import { databaseName } from '#db/queries/deployment/deployment.ts';

export type PurgeAnswer =
  | { kind: 'purged'; rows: number; through: number }
  /** Nothing is as old as that. */
  | { kind: 'nothing' }
  | { kind: 'refused'; why: string };

/**
 * Removes the rows at the beginning of the audit log that are older than `before`, and writes into the
 * log itself up to where and by whom; what is left is still a chain from there. A log that is not as it
 * was written is left alone: it is evidence.
 * @param by whoever has asked for it, as this machine knows them.
 */
export const purgeAudit = async (
  deps: Deps,
  kept: HeadsKept,
  { before, by }: { before: Instant; by: string },
): Promise<PurgeAnswer> => {
  const verdict = await verifyAudit(deps.store, kept);
  if (!verdict.ok) {
    const whole = verdict.firstBad === null && verdict.problems.length === 0;
    const why = whole ? 'The log cannot be checked.' : 'The log is not as it was written.';
    return { kind: 'refused', why };
  }
  const end = await lastBefore(deps.store.read, before);
  if (end === null) return { kind: 'nothing' };
  // Outside the database too, and first: the end of what is about to go, signed as any other.
  const database = await databaseName(deps.store.read);
  await writeHead(kept, { ...end, database, at: deps.now() });
  const rows = await deps.store.write(async (tx) => {
    await appendAudit(tx, markOf(deps, kept, end, { before, by }));
    return deleteAuditThrough(tx, end.seq);
  });
  await exportHead(deps, kept);
  return { kind: 'purged', rows, through: end.seq };
};

const markOf = (
  { newId, now }: Deps,
  { secret }: HeadsKept,
  end: ChainEnd,
  { before, by }: { before: Instant; by: string },
) => {
  const at = now();
  return {
    ...{ id: newId('aud'), at, kind: PURGED, subject: purgeSubject(end.seq) },
    detail: { hash: end.hash, before: toIso(before), by, ...signPurge(secret, at, end) },
  };
};
