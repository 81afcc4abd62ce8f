import { eq } from 'drizzle-orm';
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

/** Whether an event has been taken in before. */
export const hasStripeEvent = async (read: Read, id: string): Promise<boolean> => {
  const rows = await read
    .select({ id: stripeEvent.id })
    .from(stripeEvent)
    .where(eq(stripeEvent.id, id))
    .limit(1);
  return rows.length > 0;
};
