import { eq } from 'drizzle-orm';
import { deployment } from '#db/schema/deployment.ts';
import type { Read, Tx } from '#db/store.ts';

const ID = 'this';

/** Whether the database is about real payments; null: nothing was started on it yet. */
export const findLive = async (read: Read): Promise<boolean | null> => {
  const rows = await read
    .select({ live: deployment.live })
    .from(deployment)
    .where(eq(deployment.id, ID))
    .limit(1);
  return rows[0]?.live ?? null;
};

/** Says it once and for all; of two that come at once the first is believed. */
export const insertLive = async (tx: Tx, live: boolean, since: number): Promise<void> => {
  await tx
    .insert(deployment)
    .values({ id: ID, live, since })
    .onConflictDoNothing()
    .returning({ id: deployment.id });
};
