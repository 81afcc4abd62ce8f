import type { Tx } from '#db/store.ts';
import { generation, ledgerEntry, payment, refund, setupAttempt } from '#db/schema/book.ts';

/** A Monday, noon UTC. */
export const NOON = Date.UTC(2026, 10, 16, 12);

export const entryRow = (
  change: Partial<typeof ledgerEntry.$inferInsert> & { id: string },
): typeof ledgerEntry.$inferInsert => ({
  customerId: 'org_1',
  kind: 'usage',
  credits: -4,
  occurredAt: NOON,
  ...change,
});

export const paymentRow = (
  change: Partial<typeof payment.$inferInsert> & { id: string },
): typeof payment.$inferInsert => ({
  customerId: 'org_1',
  purpose: 'credit_pack',
  amount: 4_900,
  currency: 'usd',
  credits: 5_000,
  status: 'succeeded',
  createdAt: NOON,
  capturedAt: change.createdAt ?? NOON,
  cardLast4: '4242',
  ...change,
});

export const refundRow = (
  change: Partial<typeof refund.$inferInsert> & { id: string },
): typeof refund.$inferInsert => ({
  customerId: 'org_1',
  paymentId: 'ch_1',
  amount: 1_000,
  currency: 'usd',
  status: 'succeeded',
  createdAt: NOON,
  ...change,
});

export const setupRow = (
  change: Partial<typeof setupAttempt.$inferInsert> & { id: string },
): typeof setupAttempt.$inferInsert => ({
  customerId: 'org_1',
  at: NOON,
  status: 'failed',
  ...change,
});

export const generationRow = (
  change: Partial<typeof generation.$inferInsert> & { id: string },
): typeof generation.$inferInsert => ({
  customerId: 'org_1',
  kind: 'image',
  model: 'flux-2',
  tier: 'pro',
  resolution: '2K',
  count: 1,
  status: 'succeeded',
  startedAt: NOON,
  finishedAt: (change.startedAt ?? NOON) + 20_000,
  ...change,
});

/** Inserts what is given, each list into its table. */
export async function insertRows(
  tx: Tx,
  rows: {
    entries?: (typeof ledgerEntry.$inferInsert)[];
    payments?: (typeof payment.$inferInsert)[];
    refunds?: (typeof refund.$inferInsert)[];
    setups?: (typeof setupAttempt.$inferInsert)[];
    generations?: (typeof generation.$inferInsert)[];
  },
): Promise<void> {
  if (rows.entries?.length) await tx.insert(ledgerEntry).values(rows.entries);
  if (rows.payments?.length) await tx.insert(payment).values(rows.payments);
  if (rows.refunds?.length) await tx.insert(refund).values(rows.refunds);
  if (rows.setups?.length) await tx.insert(setupAttempt).values(rows.setups);
  if (rows.generations?.length) await tx.insert(generation).values(rows.generations);
}
