import { toIso } from '#app/lib/instant.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { writeHead } from '#app/services/audit/audit-heads.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import type { Exported } from '#app/services/audit/export-head.ts';
import type { Deps } from '#app/services/deps.ts';
import { holdSending } from '#app/services/restore/hold-sending.ts';
import { auditHashes } from '#db/queries/audit/audit-pages.ts';
import { databaseName } from '#db/queries/deployment/deployment.ts';
import { changeRestoration, latestRestoration } from '#db/queries/deployment/restorations.ts';

interface WatchDeps extends Deps {
  log: { error(what: object, message: string): void };
}

const SAID =
  'the audit log does not continue from its last exported row: the database was restored or tampered with. Nothing is sent until that is confirmed';

/**
 * What is done where the log does not lead through the end that was written down last. A restore that a person
 * has confirmed is written down beside it, and the log goes on; else sending is held, and that is said.
 */
export const onLogBehind = async (
  deps: WatchDeps,
  kept: HeadsKept,
  { last, end }: Extract<Exported, { kind: 'behind' }>,
  { atStart = false }: { atStart?: boolean } = {},
): Promise<void> => {
  const { read } = deps.store;
  const latest = await latestRestoration(read);
  if (latest !== null && latest.confirmedAt === null) {
    // Put back once more, by a copy that was taken meanwhile: what it was compared with is of before.
    if (atStart)
      await deps.store.write((tx) => changeRestoration(tx, latest.id, { comparedAt: null }));
    return;
  }
  if (latest !== null && last.at <= toIso(latest.at)) {
    const { logSeq: seq, logHash: hash } = latest;
    const isHere = seq === 0 || (await auditHashes(read, [seq])).get(seq) === hash;
    if (isHere) {
      const database = await databaseName(read);
      await writeHead(kept, { seq, hash, database, at: deps.now(), restored: true });
      await exportHead(deps, kept);
      return;
    }
  }
  deps.log.error({ end: end.seq, before: last.seq, at: last.at }, SAID);
  await deps.store.write(async (tx) => {
    const open = await latestRestoration(tx);
    if (open === null || open.confirmedAt !== null)
      await holdSending(deps, tx, { kind: 'found', by: null });
  });
};

/** Looks before anything is sent whether the database is the one of before. */
export const checkLog = async (deps: WatchDeps, kept: HeadsKept): Promise<void> => {
  const exported = await exportHead(deps, kept);
  if (exported.kind === 'behind') await onLogBehind(deps, kept, exported, { atStart: true });
};
