import { existsSync } from 'node:fs';
import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ChainEnd } from '#app/domain/audit/chain.ts';
import type { Instant } from '#app/lib/instant.ts';
import { toIso } from '#app/lib/instant.ts';
import { keyNameOf, signAudit, trustIn } from '#app/services/audit/audit-signature.ts';
import type { AuditKeys, Trust } from '#app/services/audit/audit-signature.ts';

/** Where heads are kept, and the secrets that sign them. */
export interface HeadsKept extends AuditKeys {
  path: string;
  /** A file of before heads named their database, which several databases of a folder have shared. */
  sharedPath?: string | undefined;
}

/** Where the audit log ended at some time, as it was written down outside the database. */
export interface ExportedHead extends ChainEnd {
  /** ISO 8601. */
  at: string;
  /** The database whose log it is; null: from before heads named it. */
  database: string | null;
  /** The database was restored: the log goes on from here, and what was later before is gone with it. */
  restored: boolean;
}

/** A line of the file: a head and whether it can be believed, or null where it is none. */
export interface HeadLine {
  line: number;
  head: ExportedHead | null;
  trust: Trust;
}

/** The part of a URL that names its database, as a file may be called. */
const nameIn = (databaseUrl: string): string => {
  const { pathname } = new URL(databaseUrl);
  return decodeURIComponent(pathname.slice(1)).replace(/[^\w.-]/g, '_') || 'postgres';
};

const pathIn = (databaseUrl: string): string | null => {
  const path = /^file:(?:\/\/(?=\/))?(.+)$/.exec(databaseUrl)?.[1];
  return path === undefined ? null : decodeURIComponent(path);
};

/** A file for each database: beside a SQLite database; in `data` where it is another machine's. */
export const headsPath = (databaseUrl: string): string => {
  const path = pathIn(databaseUrl);
  const [folder, name] =
    path === null ? ['data', nameIn(databaseUrl)] : [dirname(path), basename(path)];
  return join(folder, `${name}.audit-heads.ndjson`);
};

/** Where the heads of a database are, and the keys that have signed them. */
export const headsOf = (
  databaseUrl: string,
  keys: { secret: string; formerSecrets?: readonly string[] },
  path?: string,
): HeadsKept => ({
  path: path ?? headsPath(databaseUrl),
  secret: keys.secret,
  former: keys.formerSecrets,
  ...(path === undefined
    ? { sharedPath: join(dirname(headsPath(databaseUrl)), 'audit-heads.ndjson') }
    : {}),
});

const textOf = ({ at, seq, hash, database, restored }: ExportedHead): string =>
  [at, seq, hash, ...(database === null ? [] : [database]), ...(restored ? ['restored'] : [])].join(
    ' ',
  );

const UNREADABLE = { head: null, trust: 'changed' } as const;

const readLine = (text: string, keys: AuditKeys): Omit<HeadLine, 'line'> => {
  try {
    const { at, seq, hash, database, restored, signature, key } = JSON.parse(text) as Record<
      string,
      unknown
    >;
    if (typeof at !== 'string' || typeof hash !== 'string') return UNREADABLE;
    if (typeof seq !== 'number') return UNREADABLE;
    const named = typeof database === 'string' ? database : null;
    const head = { at, seq, hash, database: named, restored: restored === true };
    return { head, trust: trustIn('head', keys, textOf(head), { signature, key }) };
  } catch (error) {
    if (error instanceof SyntaxError) return UNREADABLE;
    throw error;
  }
};

/** The heads written to `path`, oldest first; none where there is no such file. */
export const readHeads = async (path: string, keys: AuditKeys): Promise<HeadLine[]> => {
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((text, i) =>
    text.trim() === '' ? [] : [{ line: i + 1, ...readLine(text, keys) }],
  );
};

/** Many lines' worth: the last one is wanted every minute, and the file may be long. */
const TAIL_BYTES = 64 * 1024;

/** The last head of this database that can be believed; null: there is none near the end of the file. */
export const lastHead = async (
  { path, ...keys }: HeadsKept,
  database: string,
): Promise<ExportedHead | null> => {
  if (!existsSync(path)) return null;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(size - start),
      position: start,
    });
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n').toReversed();
    for (const text of lines) {
      const { head, trust } = readLine(text, keys);
      if (trust === 'signed' && head?.database === database) return head;
    }
    return null;
  } finally {
    await file.close();
  }
};

/** Signs a head and adds it to the file, which only its owner may read. */
export const writeHead = async (
  { path, secret }: HeadsKept,
  { at, ...rest }: Omit<ExportedHead, 'at' | 'restored'> & { at: Instant; restored?: boolean },
): Promise<ExportedHead> => {
  const head: ExportedHead = { ...rest, at: toIso(at), restored: rest.restored ?? false };
  const { seq, hash, database, restored } = head;
  const line = JSON.stringify({
    ...{ at: head.at, seq, hash, ...(database === null ? {} : { database }) },
    ...(restored ? { restored } : {}),
    key: keyNameOf(secret),
    signature: signAudit('head', secret, textOf(head)),
  });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, `${line}\n`, { mode: 0o600, flush: true });
  return head;
};
