import type { Instant } from '#app/domain/instant.ts';
import type { Offer } from '#app/domain/requests/proposal.ts';
import type { RecordRef } from '#app/domain/rules/rule.ts';
import type { Deps } from '#app/services/deps.ts';
import { offersBeside } from '#app/services/money/offers-beside.ts';
import { entryRecord, generationRecord } from '#app/services/usage-records.ts';
import {
  customerRecord,
  invoiceRecord,
  paymentRecord,
  refundRecord,
  setupRecord,
  subscriptionRecord,
} from '#app/services/money-records.ts';
import { clipField } from '#app/services/record-fields.ts';
import type { RecordField } from '#app/services/record-fields.ts';
import type { Read } from '#db/store.ts';

/** A record with every field it has, and the records in the other regions that belong to it. */
export interface RecordSheet {
  ref: RecordRef;
  /** `Payment`, `Ledger entry` … */
  title: string;
  fields: RecordField[];
  /** By payment or generation id, newest first. */
  partners: RecordRef[];
  /** What can be asked for because of it; absent where nothing ever can, or the past is shown. */
  offer?: Offer;
}

/** Whose record, and as of when. */
export interface RecordAsk {
  read: Read;
  customerId: string;
  id: string;
  asOf: Instant;
}

type Loader = (ask: RecordAsk) => Promise<Omit<RecordSheet, 'ref'> | null>;

const LOADERS: Record<string, Loader> = {
  ledgerEntry: entryRecord,
  payment: paymentRecord,
  refund: refundRecord,
  setupAttempt: setupRecord,
  invoice: invoiceRecord,
  subscription: subscriptionRecord,
  generation: generationRecord,
  customer: customerRecord,
};

/** Null where this customer's book holds no such record. Long texts are cut, unless the `whole` is asked for. */
export async function loadRecord(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  ask: { customerId: string; ref: string; asOf: Instant | null; whole?: boolean },
): Promise<RecordSheet | null> {
  const split = ask.ref.indexOf(':');
  const type = ask.ref.slice(0, split);
  const load = Object.hasOwn(LOADERS, type) ? LOADERS[type] : undefined;
  if (load === undefined) return null;
  const id = ask.ref.slice(split + 1);
  const asOf = ask.asOf ?? now();
  const sheet = await load({ read: store.read, customerId: ask.customerId, id, asOf });
  if (sheet === null) return null;
  const { offer, ...found } = sheet;
  // A date that had not come then is a fact of later.
  const fields = found.fields.filter(
    ({ at }) => at === undefined || ask.asOf === null || at <= asOf,
  );
  const shown = { ...found, fields: ask.whole ? fields : fields.map(clipField) };
  const ref: RecordRef = `${type}:${id}`;
  if (!offer || ask.asOf !== null) return { ref, ...shown };
  const [beside] = await offersBeside(store.read, ask.customerId, [{ offer }]);
  return { ref, ...shown, ...beside };
}
