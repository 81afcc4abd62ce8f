import type { Instant } from '#app/lib/instant.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import type { Deps } from '#app/services/deps.ts';
import { loadSuggestions } from '#app/services/requests/evaluate/load-suggestions.ts';
import { entryRecord, generationRecord } from '#app/services/customers/record/usage-details.ts';
import {
  customerRecord,
  invoiceRecord,
  paymentRecord,
  refundRecord,
  setupRecord,
  subscriptionRecord,
} from '#app/services/customers/record/payment-details.ts';
import { clipField } from '#app/services/customers/record/record-fields.ts';
import type { RecordQuery, RecordDetails } from '#app/services/customers/record/record-fields.ts';
import { parseRef } from '#app/domain/book/record-ref.ts';
type Loader = (ask: RecordQuery) => Promise<Omit<RecordDetails, 'ref'> | null>;

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
): Promise<RecordDetails | null> {
  const { type, id } = parseRef(ask.ref);
  const load = Object.hasOwn(LOADERS, type) ? LOADERS[type] : undefined;
  if (load === undefined) return null;
  const asOf = ask.asOf ?? now();
  const details = await load({ read: store.read, customerId: ask.customerId, id, asOf });
  if (details === null) return null;
  const { offer, ...found } = details;
  // A date that had not come then is a fact of later.
  const fields = found.fields.filter(
    ({ at }) => at === undefined || ask.asOf === null || at <= asOf,
  );
  const shown = { ...found, fields: ask.whole ? fields : fields.map(clipField) };
  const ref: RecordRef = `${type}:${id}`;
  if (!offer || ask.asOf !== null) return { ref, ...shown };
  const [beside] = await loadSuggestions(store.read, ask.customerId, [{ offer }]);
  return { ref, ...shown, ...beside };
}
