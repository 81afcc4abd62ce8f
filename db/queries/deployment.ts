import { eq } from 'drizzle-orm';
import { databaseIdentity, deployment } from '#db/schema/deployment.ts';
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

/** The name that tells this database from others; a copy of it bears the same. */
export const databaseName = async (read: Read): Promise<string> => {
  const [row] = await read.select({ name: databaseIdentity.name }).from(databaseIdentity);
  // Written by the migration that has made the table.
  if (row === undefined) throw new Error('the database has lost its name (database_identity)');
  return row.name;
};
