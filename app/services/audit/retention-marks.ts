import type { ChainedEvent, ChainEnd } from '#app/domain/audit/chain.ts';
import { EMPTY_CHAIN } from '#app/domain/audit/chain.ts';
import { toIso } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import { isSignedAudit, signAudit } from '#app/services/audit/audit-signature.ts';
import { hashOf } from '#db/audit-hash.ts';
import { ERASED, PURGED } from '#db/queries/audit-retention.ts';
import type { Marks } from '#db/queries/audit-retention.ts';

/*
 * Rows of the log that say what is no longer in it: up to where it was purged, and who was erased. They
 * are signed, since whoever has the database alone could write such a row to cover a theft of rows.
 */

export const purgeSubject = (through: number): string => `row:${through}`;
export const erasureSubject = (token: string): string => `token:${token}`;

const purgeText = (at: Instant, { seq, hash }: ChainEnd): string => `${toIso(at)} ${seq} ${hash}`;
const erasureText = (at: Instant, token: string): string => `${toIso(at)} ${token}`;

export const signPurge = (secret: string, at: Instant, end: ChainEnd): string =>
  signAudit('purge', secret, purgeText(at, end));
export const signErasure = (secret: string, at: Instant, token: string): string =>
  signAudit('erasure', secret, erasureText(at, token));

/** Where the log begins, and whose facts may be missing, by what it says itself and was signed. */
export interface Beginning {
  /** The last row that was purged, with its hash; row 0: none was. */
  start: ChainEnd;
  erased: ReadonlySet<string>;
  /** Marks that say something else than what was signed. */
  forged: ChainedEvent[];
}

const isWhole = (row: ChainedEvent): boolean => hashOf(row.prevHash, row) === row.hash;

const purgedTo = ({ subject, detail }: ChainedEvent): ChainEnd => ({
  seq: Number(/^row:(\d{1,15})$/.exec(subject ?? '')?.[1] ?? 0),
  hash: String(detail?.['hash']),
});

export const readMarks = ({ purge, erasures }: Marks, secret: string): Beginning => {
  const forged: ChainedEvent[] = [];
  const erased = new Set<string>();
  for (const row of erasures) {
    const token = (row.subject ?? '').slice(erasureSubject('').length);
    const text = erasureText(row.at, token);
    const signed = isSignedAudit('erasure', secret, text, row.detail?.['signature']);
    if (row.kind === ERASED && isWhole(row) && signed) erased.add(token);
    else forged.push(row);
  }
  if (purge === null) return { start: EMPTY_CHAIN, erased, forged };
  const start = purgedTo(purge);
  const text = purgeText(purge.at, start);
  const signed = isSignedAudit('purge', secret, text, purge.detail?.['signature']);
  const sound = purge.kind === PURGED && isWhole(purge) && signed && start.seq < purge.seq;
  return sound ? { start, erased, forged } : { start, erased, forged: [...forged, purge] };
};
