import { desc } from 'drizzle-orm';
import type { Instant } from '#app/domain/instant.ts';
import { stripeEvent } from '#db/schema/requests.ts';
import type { Read, Tx } from '#db/store.ts';

export type StripeEventRow = typeof stripeEvent.$inferSelect;

/** Keeps an event in the write of its effect; answers false where it had been taken in before. */
export const insertStripeEvent = async (tx: Tx, row: StripeEventRow): Promise<boolean> => {
  const rows = await tx
    .insert(stripeEvent)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: stripeEvent.id });
  return rows.length > 0;
};

/** When the latest event that was taken in had been made; null: none was. */
export const latestStripeEvent = async (read: Read): Promise<Instant | null> => {
  const rows = await read
    .select({ createdAt: stripeEvent.createdAt })
    .from(stripeEvent)
    .orderBy(desc(stripeEvent.createdAt))
    .limit(1);
  return rows[0]?.createdAt ?? null;
};
