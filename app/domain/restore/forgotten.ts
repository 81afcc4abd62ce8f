import type { Instant } from '#app/domain/instant.ts';

/** Where a thing is still known that a restored database does not know of. */
export type ForgottenFrom = 'stripe' | 'product' | 'outbox' | 'replaced_database';

/** Something that happened after the backup from which a database was restored. */
export interface Forgotten {
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
