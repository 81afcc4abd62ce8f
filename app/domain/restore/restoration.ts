import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import type { Instant } from '#app/lib/instant.ts';

/**
 * `restored`: by `npm run restore`. `found`: by hand; the audit log ends before an end that was written
 * down outside the database, or does not lead through it.
 */
export type RestorationKind = 'restored' | 'found';

/** A time at which the database was put back to an earlier state. */
export interface Restoration {
  id: string;
  kind: RestorationKind;
  at: Instant;
  backupAt: Instant | null;
  logSeq: number;
  logHash: string;
  forgotten: MissingFromBackup[];
  comparedAt: Instant | null;
  confirmedAt: Instant | null;
  confirmedBy: string | null;
  note: string | null;
}
