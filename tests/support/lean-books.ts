import type { Book, StreamsKnown } from '#app/domain/book/book.ts';
import type { BookRecord, RecordByType, RecordType, Stream } from '#app/domain/book/records.ts';

/** Of two records with one type and id only the later one is left, as an import would leave it. */
function upserted(records: BookRecord[]): BookRecord[] {
  const byKey = new Map<string, BookRecord>();
  for (const line of records) byKey.set(`${line.type} ${line.record.id}`, line);
  return [...byKey.values()];
}

type Owned = Exclude<RecordType, 'customer' | 'watermark'>;

/** The lean books of all customers of `records`, entries in their order, as the store loads them. */
export function leanBooks(records: BookRecord[]): Book[] {
  const lines = upserted(records);
  const owners = new Set<string>();
  for (const line of lines) {
    if (line.type === 'customer') owners.add(line.record.id);
    else if (line.type !== 'watermark') owners.add(line.record.customerId);
  }
  return [...owners].map((customerId) => leanBook(lines, customerId));
}

function leanBook(lines: BookRecord[], customerId: string): Book {
  const own = <T extends Owned>(type: T): RecordByType[T][] =>
    lines.flatMap((line) =>
      line.type === type && (line.record as RecordByType[T]).customerId === customerId
        ? // The type says which record it is; TypeScript does not narrow a union by a type parameter.
          [line.record as RecordByType[T]]
        : [],
    );
  const customer = lines.find((line) => line.type === 'customer' && line.record.id === customerId);
  return {
    customerId,
    customer: customer?.type === 'customer' ? customer.record : null,
    subscriptions: own('subscription'),
    payments: own('payment'),
    refunds: own('refund'),
    invoices: own('invoice'),
    entries: own('ledgerEntry').sort(
      (a, b) =>
        a.occurredAt - b.occurredAt ||
        a.sequence - b.sequence ||
        (a.id < b.id ? -1 : Number(a.id > b.id)),
    ),
    generations: own('generation'),
    setupAttempts: own('setupAttempt'),
  };
}

const TYPE_OF_STREAM = {
  payments: 'payment',
  invoices: 'invoice',
  ledger: 'ledgerEntry',
  generations: 'generation',
} as const satisfies Record<Stream, RecordType>;

/** How far the book knows each stream. */
export function streamsOf(records: BookRecord[]): StreamsKnown {
  const known = (stream: Stream): number | null => {
    const mark = upserted(records).find(
      (line) => line.type === 'watermark' && line.record.id === stream,
    );
    if (mark?.type === 'watermark') return mark.record.through;
    return records.some((line) => line.type === TYPE_OF_STREAM[stream]) ? Infinity : null;
  };
  return {
    payments: known('payments'),
    invoices: known('invoices'),
    ledger: known('ledger'),
    generations: known('generations'),
  };
}
