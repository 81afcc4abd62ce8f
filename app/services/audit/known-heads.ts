import { existsSync } from 'node:fs';
import type { BadRow, ChainEnd } from '#app/domain/audit/chain.ts';
import { readHeads } from '#app/services/audit/audit-heads.ts';
import type { ExportedHead, HeadLine, HeadsKept } from '#app/services/audit/audit-heads.ts';
import { auditHashes } from '#db/queries/audit/audit-pages.ts';
import { databaseName } from '#db/queries/deployment/deployment.ts';
import type { Read } from '#db/store.ts';

/** What the file of exported heads says, as far as it can be believed. */
export interface KnownHeads {
  /** Of this database's log, in the order in which they were written. */
  own: ExportedHead[];
  /** Of others, whose rows this log must not have. */
  others: ExportedHead[];
  problems: string[];
  unproven: string[];
  notes: string[];
}

const MOST_NAMED = 3;

const namesLines = (lines: readonly HeadLine[]): string => {
  const named = lines.slice(0, MOST_NAMED).map(({ line }) => line);
  const more = lines.length - named.length;
  const list = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return lines.length === 1 ? `Line ${list}` : `Lines ${list}`;
};

const problemIf = (lines: readonly HeadLine[], rest: (plural: boolean) => string): string[] =>
  lines.length === 0 ? [] : [`${namesLines(lines)} ${rest(lines.length > 1)}`];

/** Reads the file of this database; where there is none yet, the one that a folder has shared before. */
export const readKnownHeads = async (read: Read, kept: HeadsKept): Promise<KnownHeads> => {
  const { path, sharedPath } = kept;
  const shared = !existsSync(path) && sharedPath !== undefined && existsSync(sharedPath);
  const from = shared ? sharedPath : path;
  const database = await databaseName(read);
  const lines = await readHeads(from, kept);
  const headsOf = (wanted: readonly HeadLine[]) => wanted.flatMap(({ head }) => head ?? []);
  const signed = lines.filter(({ trust }) => trust === 'signed');
  const isOwn = ({ head }: HeadLine) => head?.database === database || head?.database === null;
  const others = signed.filter((line) => !isOwn(line));
  const unknown = lines.filter((line) => line.trust === 'unknown' && isOwn(line));
  const own = headsOf(signed.filter(isOwn));
  const fitting = shared ? await ofThisLog(read, own) : own;
  const misfits = own.length - fitting.length;
  return {
    own: fitting,
    others: headsOf(others),
    problems: [
      ...problemIf(
        lines.filter(({ head }) => head === null),
        (many) => `of ${from} ${many ? 'are no heads' : 'is no head'}.`,
      ),
      ...problemIf(
        lines.filter(({ head, trust }) => head !== null && trust === 'changed'),
        (many) => `of ${from} ${many ? 'were' : 'was'} changed after being written.`,
      ),
    ],
    unproven: problemIf(
      unknown,
      (many) => `of ${from} ${many ? 'are' : 'is'} signed with a key that is not known.`,
    ),
    notes: [
      ...(others.length > 0 ? [`${others.length} heads of other databases are in ${from}.`] : []),
      ...(misfits > 0
        ? [`${misfits} heads in ${from} name no database and are not of this log.`]
        : []),
    ],
  };
};

/** Of heads that name no database, in a file that several have shared: those whose rows are here. */
async function ofThisLog(read: Read, heads: readonly ExportedHead[]): Promise<ExportedHead[]> {
  const hashes = await auditHashes(
    read,
    heads.map(({ seq }) => seq),
  );
  return heads.filter(({ seq, hash }) => hashes.get(seq) === hash);
}

/** What the heads say about the log, while it is walked. */
export class HeadsPassed {
  readonly #waiting: ExportedHead[];
  readonly #others: ReadonlyMap<number, string>;
  readonly problems: string[] = [];
  matched = 0;
  #last: ExportedHead | null = null;

  /** @param start heads of what was purged since have nothing to be compared with. */
  constructor(
    { own, others }: KnownHeads,
    start: number,
    readonly mayEndEarly: boolean,
  ) {
    let heads: ExportedHead[] = [];
    for (const head of own) {
      // What came after the end of a restored backup went with the database that it has replaced.
      if (head.restored) heads = heads.filter(({ seq }) => seq <= head.seq);
      if (head.seq > 0 && head.seq >= start) heads.push(head);
    }
    this.#waiting = heads.toSorted((a, b) => a.seq - b.seq);
    this.#others = new Map(others.map(({ seq, hash }) => [seq, hash]));
  }

  /** The walk has come to `end`. */
  pass(end: ChainEnd): BadRow | null {
    if (this.#others.get(end.seq) === end.hash && this.problems.length === 0)
      this.problems.push(
        `Row ${end.seq} was written down as another database’s: the name of this one was changed.`,
      );
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
    if (beyond === undefined || this.mayEndEarly) return null;
    const why = `the log ends before it, but reached row ${beyond.seq} on ${beyond.at}`;
    return { seq: seq + 1, why };
  }

  #rewritten({ at }: ExportedHead): string {
    const since = this.#last === null ? '' : `; row ${this.#last.seq} still is the one of then`;
    return `it is not the row that was there on ${at}: the log was written anew${since}`;
  }
}
