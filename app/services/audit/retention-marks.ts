import type { ChainedEvent, ChainEnd } from '#app/domain/audit/chain.ts';
import { EMPTY_CHAIN } from '#app/domain/audit/chain.ts';
import { toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { keyNameOf, signAudit, trustIn } from '#app/services/audit/audit-signature.ts';
import type { AuditKeys, Trust } from '#app/services/audit/audit-signature.ts';
import { hashOf } from '#db/audit-hash.ts';
import { ERASED, PURGED } from '#db/queries/audit/audit-retention.ts';
import type { Marks } from '#db/queries/audit/audit-retention.ts';

/*
 * Rows of the log that say what is no longer in it: up to where it was purged, and who was erased. They
 * are signed, since whoever has the database alone could write such a row to cover a theft of rows.
 */

export const purgeSubject = (through: number): string => `row:${through}`;
export const erasureSubject = (token: string): string => `token:${token}`;

const purgeText = (at: Instant, { seq, hash }: ChainEnd): string => `${toIso(at)} ${seq} ${hash}`;
const erasureText = (at: Instant, token: string): string => `${toIso(at)} ${token}`;

/** What a mark bears beside what it says. */
interface Signature {
  key: string;
  signature: string;
}
export const signPurge = (secret: string, at: Instant, end: ChainEnd): Signature => ({
  key: keyNameOf(secret),
  signature: signAudit('purge', secret, purgeText(at, end)),
});
export const signErasure = (secret: string, at: Instant, token: string): Signature => ({
  key: keyNameOf(secret),
  signature: signAudit('erasure', secret, erasureText(at, token)),
});

/** Where the log begins, and whose facts may be missing, by what it says itself and was signed. */
export interface Beginning {
  /** The last row that was purged, with its hash; row 0: none was. */
  start: ChainEnd;
  erased: ReadonlySet<string>;
  /** Marks that say something else than what was signed. */
  forged: ChainedEvent[];
  /** Marks whose key is not known. They are followed, so that the rest can be checked, but not believed. */
  unknown: ChainedEvent[];
}

const isWhole = (row: ChainedEvent): boolean => hashOf(row.prevHash, row) === row.hash;

const purgedTo = ({ subject, detail }: ChainedEvent): ChainEnd => ({
  seq: Number(/^row:(\d{1,15})$/.exec(subject ?? '')?.[1] ?? 0),
  hash: String(detail?.['hash']),
});

const trustInMark = (
  purpose: 'purge' | 'erasure',
  keys: AuditKeys,
  text: string,
  { detail }: ChainedEvent,
): Trust =>
  trustIn(purpose, keys, text, { signature: detail?.['signature'], key: detail?.['key'] });

export const readMarks = ({ purge, erasures }: Marks, keys: AuditKeys): Beginning => {
  const forged: ChainedEvent[] = [];
  const unknown: ChainedEvent[] = [];
  const erased = new Set<string>();
  for (const row of erasures) {
    const token = (row.subject ?? '').slice(erasureSubject('').length);
    const trust = trustInMark('erasure', keys, erasureText(row.at, token), row);
    if (row.kind !== ERASED || !isWhole(row) || trust === 'changed') forged.push(row);
    else erased.add(token);
    if (trust === 'unknown') unknown.push(row);
  }
  if (purge === null) return { start: EMPTY_CHAIN, erased, forged, unknown };
  const start = purgedTo(purge);
  const trust = trustInMark('purge', keys, purgeText(purge.at, start), purge);
  const sound = purge.kind === PURGED && isWhole(purge) && start.seq < purge.seq;
  if (!sound || trust === 'changed') forged.push(purge);
  else if (trust === 'unknown') unknown.push(purge);
  return { start, erased, forged, unknown };
};
