import { foldName } from '#app/domain/search/fold-name.ts';
import type { BookRecord, RecordType } from '#app/domain/book/records.ts';
import { appendRow } from '#db/upsert/record-tables.ts';
import { encodeText } from '#db/dialect/text-encoding.ts';

/**
 * Records as they are written: the values of all rows of a type one after another, in the order of
 * their lines. Plain values only, so that another thread can make them.
 */
export interface RecordRows {
  byType: Partial<Record<RecordType, unknown[]>>;
  /** Rows of `name_key`: type, record id, customer id, folded text. */
  nameKeys: string[];
}

export const noRows = (): RecordRows => ({ byType: {}, nameKeys: [] });

export const addRecord = (rows: RecordRows, record: BookRecord): void => {
  appendRow((rows.byType[record.type] ??= []), record);
  if (record.type === 'customer') {
    const { id, name, email } = record.record;
    rows.nameKeys.push('customer', encodeText(id), encodeText(id), folded(name, email));
  } else if (record.type === 'member') {
    const { id, customerId, name, email } = record.record;
    rows.nameKeys.push('member', encodeText(id), encodeText(customerId), folded(name, email));
  }
};

/** Of a longer name only its start is searched for: one letter may unfold into eighteen. */
const LONGEST_NAME = 1_000;

const foldStart = (text: string): string =>
  foldName(text.slice(0, LONGEST_NAME)).slice(0, LONGEST_NAME);

const folded = (name: string, email: string): string =>
  encodeText(`${foldStart(name)}\n${foldStart(email)}`);
