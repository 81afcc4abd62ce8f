import type { RecordType } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';

export type FoundType = Exclude<RecordType, 'watermark'>;

/** A record as a list of search results shows it, whatever its type. */
export interface FoundRecord {
  type: FoundType;
  id: string;
  customerId: string;
  /** When it was made, took place or began. */
  at: Instant | null;
  /** Minor units where there is a `currency`; credits of a ledger entry. */
  figure: number | null;
  currency: string | null;
  /** A name, number, kind, plan or status. */
  label: string | null;
  /** An e-mail address, a card's last four digits, a bank reference, a status. */
  detail: string | null;
}

/** A record that names another one, which perhaps nobody has sent us. */
export interface Mention {
  /** What is named. */
  type: FoundType;
  id: string;
  /** Where it is named. */
  byType: FoundType;
  byId: string;
  customerId: string;
}
