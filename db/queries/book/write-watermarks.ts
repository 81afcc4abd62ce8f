import type { Marks } from '#app/domain/book/marks.ts';
import type { Stream } from '#app/domain/book/records.ts';
import { upsertRecords } from '#db/queries/book/upsert-records.ts';
import { addRecord, noRows } from '#db/upsert/record-rows.ts';
import type { Tx } from '#db/select-types.ts';

/** Writes watermarks over those of the same streams. */
export const writeMarks = async (tx: Tx, marks: Marks): Promise<void> => {
  const rows = noRows();
  // The keys of Marks are streams.
  for (const [id, through] of Object.entries(marks) as [Stream, number][])
    addRecord(rows, { type: 'watermark', record: { id, through } });
  await upsertRecords(tx, rows);
};
