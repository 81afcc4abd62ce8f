import type { ChainEnd } from '#app/domain/audit/chain.ts';
import { lastHead, readHeads, writeHead } from '#app/services/audit/audit-heads.ts';
import type { ExportedHead, HeadsKept } from '#app/services/audit/audit-heads.ts';
import type { Deps } from '#app/services/deps.ts';
import { auditEnd } from '#db/queries/audit/audit-events.ts';
import { auditHashes } from '#db/queries/audit/audit-pages.ts';
import { firstSeq } from '#db/queries/audit/audit-retention.ts';
import { databaseName } from '#db/queries/deployment/deployment.ts';
import type { Read } from '#db/store.ts';

export type Exported =
  | { kind: 'written'; head: ExportedHead }
  /** Nothing was appended since the last time. */
  | { kind: 'nothing' }
  /** The log does not lead through the head that was written last: nothing is added to the file. */
  | { kind: 'behind'; last: ExportedHead; end: ChainEnd };

/** Writes down, outside the database, where the audit log ends now. */
export const exportHead = async (
  { store: { read }, now }: Pick<Deps, 'store' | 'now'>,
  kept: HeadsKept,
): Promise<Exported> => {
  const database = await databaseName(read);
  const end = await auditEnd(read);
  const last = (await lastHead(kept, database)) ?? (await readShared(read, kept, database));
  if (last !== null && !(await leadsThrough(read, last, end))) return { kind: 'behind', last, end };
  if (end.seq === 0 || last?.seq === end.seq) return { kind: 'nothing' };
  return { kind: 'written', head: await writeHead(kept, { ...end, database, at: now() }) };
};

/** Whether the log still has the row that a head was written for, or has been purged past it. */
async function leadsThrough(read: Read, head: ChainEnd, end: ChainEnd): Promise<boolean> {
  if (head.seq > end.seq) return false;
  const hash = (await auditHashes(read, [head.seq])).get(head.seq);
  return hash === undefined ? head.seq < ((await firstSeq(read)) ?? 0) : hash === head.hash;
}

/**
 * Takes the heads that are this database's out of the file that all databases of a folder have shared
 * before heads named their database: those whose rows are in this log. Answers the last of them.
 */
async function readShared(
  read: Read,
  kept: HeadsKept,
  database: string,
): Promise<ExportedHead | null> {
  if (kept.sharedPath === undefined) return null;
  const lines = await readHeads(kept.sharedPath, kept);
  const heads = lines.flatMap(({ head, trust }) =>
    head !== null && trust === 'signed' && head.database === null ? [head] : [],
  );
  const hashes = await auditHashes(
    read,
    heads.map(({ seq }) => seq),
  );
  let last: ExportedHead | null = null;
  for (const head of heads.filter(({ seq, hash }) => hashes.get(seq) === hash))
    last = await writeHead(kept, { ...head, database, at: Date.parse(head.at) });
  return last;
}
