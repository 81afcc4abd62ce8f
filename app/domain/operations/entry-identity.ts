import type { LedgerEntry } from '#app/domain/book/records.ts';
import { HOUR, MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/*
 * Whether a ledger entry that the product answers with can be the adjustment that was sent. An amount that
 * fits is not enough: an older entry of the same size is somebody else's.
 */

/** What was sent. */
export interface SentAdjustment {
  customerId: string;
  credits: number;
  paymentId: string | null;
  generationId: string | null;
  /** Null: it was never sent. */
  firstSentAt: Instant | null;
}

/** By how much the product's clock may lag behind ours; of entries that the book has, by less. */
const CLOCKS_APART = HOUR;
const IN_BOOK_APART = 2 * MINUTE;

/** What an adjustment may be booked as. */
const fitsKind = ({ kind }: LedgerEntry, { credits, generationId }: SentAdjustment): boolean =>
  kind === 'adjustment' ||
  (kind === 'return' && credits > 0 && generationId !== null) ||
  (kind === 'revocation' && credits < 0);

/** What makes two records of one id different entries. */
const IDENTITY = [
  ...(['customerId', 'kind', 'credits', 'occurredAt', 'paymentId', 'generationId'] as const),
];

export const isSameEntry = (a: LedgerEntry, b: LedgerEntry): boolean =>
  a.id === b.id && IDENTITY.every((field) => a[field] === b[field]);

const named = (id: string | null, what: string): string =>
  id === null ? `no ${what}` : `${what} ${id}`;

/**
 * Why an entry is not the one that was sent, in words; null: it can be.
 * @param inBook the book's entry of this id; null: it has none.
 */
export function entryMismatch(
  entry: LedgerEntry,
  sent: SentAdjustment,
  inBook: LedgerEntry | null,
): string | null {
  const answered = `The product answered with ${entry.id}`;
  if (entry.customerId !== sent.customerId) return `${answered}, which is another customer’s.`;
  if (entry.credits !== sent.credits) return `${answered}, with another amount.`;
  if (!fitsKind(entry, sent)) return `${answered}, which is not an adjustment but a ${entry.kind}.`;
  if (entry.paymentId !== sent.paymentId)
    return `${answered}, which is for ${named(entry.paymentId, 'payment')}, not ${named(sent.paymentId, 'payment')}.`;
  if (entry.generationId !== sent.generationId)
    return `${answered}, which is for ${named(entry.generationId, 'generation')}, not ${named(sent.generationId, 'generation')}.`;
  if (inBook !== null && !isSameEntry(entry, inBook))
    return `${answered}, which our data has as another entry.`;
  const apart = inBook === null ? CLOCKS_APART : IN_BOOK_APART;
  if (sent.firstSentAt !== null && entry.occurredAt < sent.firstSentAt - apart)
    return `${answered}, which is older than what was sent.`;
  return null;
}
