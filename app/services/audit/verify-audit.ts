import { EMPTY_CHAIN, follows } from '#app/domain/audit/chain.ts';
import type { BadRow, ChainEnd } from '#app/domain/audit/chain.ts';
import { readHeads } from '#app/services/audit/audit-heads.ts';
import type { ExportedHead, HeadLine } from '#app/services/audit/audit-heads.ts';
import type { HeadsKept } from '#app/services/audit/export-head.ts';
import { missingAuditGuards } from '#db/audit-guards.ts';
import { hashOf } from '#db/audit-hash.ts';
import { auditRows } from '#db/queries/audit-pages.ts';
import type { Store } from '#db/store.ts';

export interface AuditVerdict {
  ok: boolean;
  /** Rows looked at; all of them where no bad one ended the walk. */
  rows: number;
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

  constructor(lines: readonly HeadLine[]) {
    const heads = lines.flatMap(({ head }) => (head === null ? [] : [head]));
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

const walk = async (store: Store, heads: Heads): Promise<[ChainEnd, BadRow | null]> => {
  let end = EMPTY_CHAIN;
  for await (const row of auditRows(store.read)) {
    if (typeof row === 'number') return [end, { seq: row, why: 'it cannot be read' }];
    const bad = follows(end, row, hashOf(end.hash, row));
    if (bad !== null) return [end, bad];
    end = { seq: row.seq, hash: row.hash };
    const rewritten = heads.pass(end);
    if (rewritten !== null) return [end, rewritten];
  }
  return [end, heads.close(end)];
};

/**
 * Walks the audit log from its first row, in constant memory: every row must give its hash, follow on the
 * one before it, and lead through every head that was exported. Changes nothing.
 */
export const verifyAudit = async (store: Store, kept: HeadsKept): Promise<AuditVerdict> => {
  const lines = await readHeads(kept.path, kept.secret);
  const heads = new Heads(lines);
  const [end, firstBad] = await walk(store, heads);
  const missing = await missingAuditGuards(store);
  const problems = [
    ...missing.map((name) => `The database does not protect the log: ${name} is missing.`),
    ...lines
      .filter(({ head }) => head === null)
      .map(({ line }) => `Line ${line} of ${kept.path} was not signed with this SESSION_SECRET.`),
  ];
  const ok = firstBad === null && problems.length === 0;
  return { ok, rows: end.seq, heads: heads.matched, firstBad, problems };
};
