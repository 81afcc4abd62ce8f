import type { Instant } from '#app/lib/instant.ts';

/** Where a thing is still known that a restored database does not know of. */
type ForgottenFrom = 'stripe' | 'product' | 'outbox' | 'replaced_database';

/** Something that happened after the backup from which a database was restored. */
export interface MissingFromBackup {
  kind: 'refund' | 'credits' | 'request' | 'mail' | 'records';
  from: ForgottenFrom;
  /** Its id outside or in the replaced database. */
  id: string;
  customerId: string | null;
  /** The request it belongs to, where one is named. */
  requestId: string | null;
  at: Instant | null;
  /** What it is and what became of it, in a sentence. */
  words: string;
}

const keyOf = ({ kind, from, id }: MissingFromBackup): string => `${kind} ${from} ${id}`;

/** What was listed before, and what is new. */
export const withEarlier = (
  earlier: readonly MissingFromBackup[],
  found: readonly MissingFromBackup[],
): MissingFromBackup[] => {
  const known = new Set(earlier.map(keyOf));
  return [...earlier, ...found.filter((one) => !known.has(keyOf(one)))];
};

/** Stands in the list where the product was not asked, because no settings name it. */
export const PRODUCT_NOT_ASKED: MissingFromBackup = {
  ...{ kind: 'records', from: 'product', id: 'product_api' },
  ...{ customerId: null, requestId: null, at: null },
  words:
    'PRODUCT_API_URL is not set, so the product was not asked for credits booked since the backup. Steps that need it wait.',
};

export const isProductNotAsked = ({ from, id }: MissingFromBackup): boolean =>
  from === PRODUCT_NOT_ASKED.from && id === PRODUCT_NOT_ASKED.id;
