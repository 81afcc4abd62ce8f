import type { BookRecord } from '#app/domain/book/records.ts';
import { markChanged } from '#db/queries/book/mark-changed.ts';
import { upsertRecords } from '#db/queries/book/upsert-records.ts';
import { addRecord, noRows } from '#db/upsert/record-rows.ts';
import type { Tx } from '#db/store.ts';

/**
 * Takes what happened outside into the book, as an import would: at once, so that what is refunded or
 * granted counts before anybody asks again. Marks the customer for the sweep.
 */
export const saveRecords = async (tx: Tx, records: readonly BookRecord[]): Promise<void> => {
  const rows = noRows();
  for (const record of records) addRecord(rows, record);
  await markChanged(tx, await upsertRecords(tx, rows));
};
