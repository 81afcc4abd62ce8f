import type { StreamsKnown } from '#app/domain/book/book.ts';
import type { Stream } from '#app/domain/book/records.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import type { NoValues } from '#db/prepared-query.ts';
import { generation, invoice, ledgerEntry, payment, watermark } from '#db/schema/book.ts';
import type { Read } from '#db/store.ts';

const RECORDS = {
  payments: payment,
  invoices: invoice,
  ledger: ledgerEntry,
  generations: generation,
};

const oneOf = (stream: Stream) =>
  preparedQuery<NoValues, { id: string }>((read) => {
    const records = RECORDS[stream];
    return read.select({ id: records.id }).from(records).limit(1);
  });
const ONE = {
  payments: oneOf('payments'),
  invoices: oneOf('invoices'),
  ledger: oneOf('ledger'),
  generations: oneOf('generations'),
} satisfies Record<Stream, unknown>;

const holdsAny = async (read: Read, stream: Stream): Promise<boolean> =>
  (await ONE[stream](read, {})).length > 0;

const marksOf = preparedQuery<NoValues, typeof watermark.$inferSelect>((read) =>
  read.select().from(watermark),
);

/** How far the book knows each stream: its watermark, else throughout if it holds any record of it. */
export const readStreams = async (read: Read): Promise<StreamsKnown> => {
  const marks = await marksOf(read, {});
  const known = async (stream: Stream): Promise<number | null> => {
    const mark = marks.find(({ id }) => id === stream);
    if (mark) return mark.through;
    return (await holdsAny(read, stream)) ? Number.POSITIVE_INFINITY : null;
  };
  return {
    payments: await known('payments'),
    invoices: await known('invoices'),
    ledger: await known('ledger'),
    generations: await known('generations'),
  };
};
