import type { Marks } from '#app/domain/book/marks.ts';
import { index, instant, json, minor, table, text } from '#db/dialect/columns.ts';

/* How the book came in. */

/** One import of one file; lets a killed import go on where it stopped. */
export const importRun = table(
  'import_run',
  {
    id: text('id').primaryKey(),
    /** Identity of the file's content, so that a renamed or changed file is never resumed by mistake. */
    fingerprint: text('fingerprint').notNull(),
    fileName: text('file_name').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    linesRead: minor('lines_read').notNull(),
    loaded: minor('loaded').notNull(),
    refused: minor('refused').notNull(),
    /** Where the next line begins, in bytes of the unpacked file. */
    bytesRead: minor('bytes_read').notNull().default(0),
    /** How long the reject file was when these lines had been read. */
    rejectBytes: minor('reject_bytes').notNull().default(0),
    /** The watermarks read so far: written with the last line. */
    marks: json<Marks>('marks'),
  },
  (t) => [index('import_run_fingerprint').on(t.fingerprint)],
);

/** SQLite: indexes dropped for a first load, which are built anew at its end or at the next start. */
export const postponedIndex = table('postponed_index', {
  name: text('name').primaryKey(),
  definition: text('definition').notNull(),
});

/**
 * The answer first given under an `Idempotency-Key` of `POST /ingest`: a replay gets it again and loads
 * nothing. A row without an answer belongs to a delivery that is still loading, or was cut off.
 */
export const ingestReceipt = table(
  'ingest_receipt',
  {
    /** SHA-256 of the key, hex. */
    id: text('id').primaryKey(),
    startedAt: instant('started_at').notNull(),
    status: minor('status'),
    answer: json<unknown>('answer'),
  },
  (t) => [index('ingest_receipt_started').on(t.startedAt)],
);
