import { follows, isErased } from '#app/domain/audit/chain.ts';
import type { BadRow, ChainEnd } from '#app/domain/audit/chain.ts';
import { readHeads } from '#app/services/audit/audit-heads.ts';
import type { ExportedHead, HeadLine } from '#app/services/audit/audit-heads.ts';
import type { HeadsKept } from '#app/services/audit/export-head.ts';
import { readMarks } from '#app/services/audit/retention-marks.ts';
import type { Beginning } from '#app/services/audit/retention-marks.ts';
import { missingAuditGuards } from '#db/audit-guards.ts';
import { hashOf, sealOf } from '#db/audit-hash.ts';
import { auditRows } from '#db/queries/audit-pages.ts';
import type { SaltedEvent } from '#db/queries/audit-pages.ts';
import { firstSeq, retentionMarks } from '#db/queries/audit-retention.ts';
import type { Store } from '#db/store.ts';

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
}

/** What the heads of the file say about the log, while it is walked. */
class Heads {
  readonly #waiting: ExportedHead[];
  matched = 0;
  #last: ExportedHead | null = null;

  /** @param start heads of what was purged since have nothing to be compared with. */
  constructor(lines: readonly HeadLine[], start: number) {
    const heads = lines.flatMap(({ head }) => (head === null || head.seq < start ? [] : [head]));
    this.#waiting = heads.toSorted((a, b) => a.seq - b.seq);
  }

  /** The walk has come to `end`. */
  pass(end: ChainEnd): BadRow | null {
    for (let head = this.#waiting[0]; head?.seq === end.seq; head = this.#waiting[0]) {
      if (head.hash !== end.hash) return { seq: end.seq, why: this.#rewritten(head) };
      this.matched += 1;
      this.#last = head;
      this.#waiting.shift();
    }
    return null;
  }

  /** The log has ended at `end`. */
  close({ seq }: ChainEnd): BadRow | null {
    const beyond = this.#waiting.at(-1);
    if (beyond === undefined) return null;
    const why = `the log ends before it, but reached row ${beyond.seq} on ${beyond.at}`;
    return { seq: seq + 1, why };
  }

  #rewritten({ at }: ExportedHead): string {
    const since = this.#last === null ? '' : `; row ${this.#last.seq} still is the one of then`;
    return `it is not the row that was there on ${at}: the log was written anew${since}`;
  }
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
  heads: Heads,
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
  kept: HeadsKept,
  lines: readonly HeadLine[],
  { start, forged }: Beginning,
): Promise<string[]> => {
  const missing = await missingAuditGuards(store);
  const first = await firstSeq(store.read);
  return [
    ...missing.map((name) => `The database does not protect the log: ${name} is missing.`),
    ...lines
      .filter(({ head }) => head === null)
      .map(({ line }) => `Line ${line} of ${kept.path} was not signed with this SESSION_SECRET.`),
    ...forged.map(
      ({ seq, kind }) => `Row ${seq} (${kind}) was not written with this SESSION_SECRET.`,
    ),
    ...(start.seq > 0 && first !== null && first <= start.seq
      ? [`Row ${first} is there, although the log was purged up to row ${start.seq}.`]
      : []),
  ];
};

/**
 * Walks the audit log from its first row, or the first after a purge, in constant memory: every row must
 * give its hash, follow on the one before it, and lead through every head that was exported. Changes
 * nothing.
 */
export const verifyAudit = async (store: Store, kept: HeadsKept): Promise<AuditVerdict> => {
  const lines = await readHeads(kept.path, kept.secret);
  const beginning = readMarks(await retentionMarks(store.read), kept.secret);
  const { seq: purged } = beginning.start;
  const heads = new Heads(lines, purged);
  const [end, firstBad] = await walk(store, heads, beginning);
  const problems = await problemsOf(store, kept, lines, beginning);
  const ok = firstBad === null && problems.length === 0;
  return { ok, rows: end.seq - purged, purged, heads: heads.matched, firstBad, problems };
};
