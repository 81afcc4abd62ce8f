import { MINUTE } from '#app/lib/instant.ts';
import { upsertRecords } from '#db/queries/book/upsert-records.ts';
import { markChanged } from '#db/queries/book/mark-changed.ts';
import { addRecord, noRows } from '#db/upsert/record-rows.ts';
import type { Store } from '#db/store-types.ts';
import { T, entry, generated, paid } from '#tests/factories/records.ts';
/** Records written in one transaction. */
const CHUNK = 10_000;

/**
 * A customer of so many generations and their ledger entries, a payment for each thousand, and here and there
 * something that a rule finds; changed, and never swept.
 */
export const loadLargeCustomer = async (
  store: Store,
  customerId: string,
  generations: number,
): Promise<void> => {
  for (let from = 0; from < generations; from += CHUNK) {
    const rows = noRows();
    for (let at = from; at < Math.min(generations, from + CHUNK); at += 1) {
      const [id, when] = [`${customerId}_${at}`, T - (generations - at) * MINUTE];
      if (at % 1_000 === 0) {
        addRecord(rows, paid({ id: `ch_${id}`, customerId, createdAt: when, capturedAt: when }));
        // The entry of one in ten names no payment: the rules look for the one that it fits.
        const paymentId = at % 10_000 === 5_000 ? null : `ch_${id}`;
        const bought = { kind: 'purchase', credits: 5_000, paymentId } as const;
        addRecord(rows, entry({ id: `le_b_${id}`, customerId, occurredAt: when, ...bought }));
      }
      const failed = at % 10_000 === 9_999;
      addRecord(
        rows,
        generated({
          ...{ id: `g_${id}`, customerId, startedAt: when, finishedAt: when + 1_000 },
          ...(failed ? { status: 'failed' as const } : {}),
        }),
      );
      addRecord(
        rows,
        entry({
          id: `le_${id}`,
          customerId,
          occurredAt: when,
          credits: -4,
          generationId: `g_${id}`,
        }),
      );
    }
    await store.write(async (tx) => markChanged(tx, await upsertRecords(tx, rows)));
  }
};
