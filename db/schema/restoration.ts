import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import type { RestorationKind } from '#app/domain/restore/restoration.ts';
import { index, instant, json, minor, table, text } from '#db/dialect/columns.ts';

/**
 * Times at which the database was put back to an earlier state. Nothing is sent while one of them is not
 * confirmed by a person.
 */
export const restoration = table(
  'restoration',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<RestorationKind>().notNull(),
    /** When it was restored, or found to have been. */
    at: instant('at').notNull(),
    /** The last thing that the restored audit log tells of; null: it is empty. */
    backupAt: instant('backup_at'),
    /** Where the restored audit log ended. */
    logSeq: minor('log_seq').notNull(),
    logHash: text('log_hash').notNull(),
    /** What happened after the backup, as far as anything else still knows of it. */
    forgotten: json<MissingFromBackup[]>('forgotten').notNull(),
    /** When Stripe and the product were asked last; null: not yet. */
    comparedAt: instant('compared_at'),
    confirmedAt: instant('confirmed_at'),
    /** Who: a member of staff, or a user of the machine. */
    confirmedBy: text('confirmed_by'),
    note: text('note'),
  },
  (t) => [index('restoration_at').on(t.at)],
);

/** Consoles at work on the database, and by how much the clocks of their machines differ from its own. */
export const consoleClock = table('console_clock', {
  /** The console's name in leases. */
  id: text('id').primaryKey(),
  /** By the database's clock, like `measuredAt`. */
  startedAt: instant('started_at').notNull(),
  measuredAt: instant('measured_at').notNull(),
  /** Milliseconds by which the machine is ahead of the database; below 0: behind. */
  ahead: minor('ahead').notNull(),
});
