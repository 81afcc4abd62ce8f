import { follows, isErased } from '#app/domain/audit/chain.ts';
import type { BadRow, ChainEnd } from '#app/domain/audit/chain.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { HeadsPassed, readKnownHeads } from '#app/services/audit/known-heads.ts';
import type { KnownHeads } from '#app/services/audit/known-heads.ts';
import { readMarks } from '#app/services/audit/retention-marks.ts';
import type { Beginning } from '#app/services/audit/retention-marks.ts';
import { missingAuditGuards } from '#db/audit-guards.ts';
import { hashOf, sealOf } from '#db/audit-hash.ts';
import { auditRows } from '#db/queries/audit/audit-pages.ts';
import type { SaltedEvent } from '#db/queries/audit/audit-pages.ts';
import { firstSeq, retentionMarks } from '#db/queries/audit/audit-retention.ts';
import type { Store } from '#db/store-types.ts';
export interface AuditVerdict {
  ok: boolean;
  /** Rows looked at; all of them where no bad one ended the walk. */
  rows: number;
  /** The last row that a recorded purge has removed; 0: none was. */
  purged: number;
  /** Heads exported earlier that the log still leads through. */
  heads: number;
  firstBad: BadRow | null;
  /** What else is not as it should be, a sentence each. */
  problems: string[];
  /** What could not be checked, because it is signed with a key that is not known. */
  unproven: string[];
  /** What is good to know and nothing wrong. */
  notes: string[];
}

/** Whether what a row says of its customer is what was sealed, or gone as the log itself says. */
const factsHold = (row: SaltedEvent, erased: ReadonlySet<string>): string | null => {
  if (row.token === null) return null;
  if (row.salt !== null)
    return sealOf(row.salt, row) === row.sealed ? null : 'its content does not give its hash';
  if (!erased.has(row.token))
    return 'what it says of its customer is gone, and the log tells of no erasure';
  return isErased(row) ? null : 'it tells of a customer who was erased';
};

const walk = async (
  store: Store,
  heads: HeadsPassed,
  { start, erased }: Beginning,
): Promise<[ChainEnd, BadRow | null]> => {
  let end = start;
  const atStart = start.seq > 0 ? heads.pass(start) : null;
  if (atStart !== null) return [end, atStart];
  for await (const row of auditRows(store.read, start.seq)) {
    if (typeof row === 'number') return [end, { seq: row, why: 'it cannot be read' }];
    const bad = follows(end, row, hashOf(end.hash, row));
    if (bad !== null) return [end, bad];
    const wrong = factsHold(row, erased);
    if (wrong !== null) return [end, { seq: row.seq, why: wrong }];
    end = { seq: row.seq, hash: row.hash };
    const rewritten = heads.pass(end);
    if (rewritten !== null) return [end, rewritten];
  }
  return [end, heads.close(end)];
};

const problemsOf = async (
  store: Store,
  { problems }: KnownHeads,
  { start, forged }: Beginning,
): Promise<string[]> => {
  const missing = await missingAuditGuards(store);
  const first = await firstSeq(store.read);
  return [
    ...missing.map((name) => `The database does not protect the log: ${name} is missing.`),
    ...problems,
    ...forged.map(({ seq, kind }) => `Row ${seq} (${kind}) is not what was signed.`),
    ...(start.seq > 0 && first !== null && first <= start.seq
      ? [`Row ${first} is there, although the log was purged up to row ${start.seq}.`]
      : []),
  ];
};

/**
 * Walks the audit log from its first row, or the first after a purge, in constant memory: every row must
 * give its hash, follow on the one before it, and lead through every head of this database that was
 * exported. Changes nothing.
 * @param mayEndEarly a backup ends before heads that were exported later.
 */
export const verifyAudit = async (
  store: Store,
  kept: HeadsKept,
  { mayEndEarly = false }: { mayEndEarly?: boolean } = {},
): Promise<AuditVerdict> => {
  const known = await readKnownHeads(store.read, kept);
  const beginning = readMarks(await retentionMarks(store.read), kept);
  const { seq: purged } = beginning.start;
  const heads = new HeadsPassed(known, purged, mayEndEarly);
  const [end, firstBad] = await walk(store, heads, beginning);
  const problems = [...(await problemsOf(store, known, beginning)), ...heads.problems];
  const unproven = [
    ...known.unproven,
    ...beginning.unknown.map(
      ({ seq, kind }) => `Row ${seq} (${kind}) is signed with a key that is not known.`,
    ),
  ];
  const ok = firstBad === null && problems.length === 0 && unproven.length === 0;
  const facts = { ok, rows: end.seq - purged, purged, heads: heads.matched, firstBad };
  return { ...facts, problems, unproven, notes: known.notes };
};
