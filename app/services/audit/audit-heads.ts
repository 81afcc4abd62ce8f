import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ChainEnd } from '#app/domain/audit/chain.ts';
import type { Instant } from '#app/domain/instant.ts';
import { toIso } from '#app/domain/instant.ts';
import { isSignedAudit, signAudit } from '#app/services/audit/audit-signature.ts';

/** Where the audit log ended at some time, as it was written down outside the database. */
export interface ExportedHead extends ChainEnd {
  /** ISO 8601. */
  at: string;
}

/** A line of the file: a head, or null where it is none or was not signed with this key. */
export interface HeadLine {
  line: number;
  head: ExportedHead | null;
}

/** Beside a SQLite database; in `data` where the database is another machine's. */
export const headsPath = (databaseUrl: string): string => {
  const path = /^file:(?:\/\/(?=\/))?(.+)$/.exec(databaseUrl)?.[1];
  const folder = path === undefined ? 'data' : dirname(decodeURIComponent(path));
  return join(folder, 'audit-heads.ndjson');
};

const textOf = ({ at, seq, hash }: ExportedHead): string => `${at} ${seq} ${hash}`;

const readLine = (text: string, secret: string): ExportedHead | null => {
  try {
    const { at, seq, hash, signature } = JSON.parse(text) as Record<string, unknown>;
    if (typeof at !== 'string' || typeof hash !== 'string') return null;
    if (typeof seq !== 'number') return null;
    const head = { at, seq, hash };
    return isSignedAudit('head', secret, textOf(head), signature) ? head : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** The heads written to `path`, oldest first; none where there is no such file. */
export const readHeads = async (path: string, secret: string): Promise<HeadLine[]> => {
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((text, i) =>
    text.trim() === '' ? [] : [{ line: i + 1, head: readLine(text, secret) }],
  );
};

/** Signs a head with a key made of `secret` and adds it to the file, which only its owner may read. */
export const writeHead = async (
  path: string,
  secret: string,
  end: ChainEnd,
  now: Instant,
): Promise<ExportedHead> => {
  const head = { at: toIso(now), seq: end.seq, hash: end.hash };
  const line = JSON.stringify({ ...head, signature: signAudit('head', secret, textOf(head)) });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, `${line}\n`, { mode: 0o600, flush: true });
  return head;
};
