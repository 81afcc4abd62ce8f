import { eq, gt, lt, or, sql } from 'drizzle-orm';
import { HOUR } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { MeasuredClock } from '#app/domain/time/clock-skew.ts';
import { databaseIdentity } from '#db/schema/deployment.ts';
import { consoleClock } from '#db/schema/restoration.ts';
import type { Read, Tx } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
/** Rows of consoles that ended without a word are of no use for so long. */
const KEPT = HOUR;

/** What the database server's clock shows; null: its clock is this machine's. */
export const databaseNow = async ({
  dialect,
  read,
}: Pick<Store, 'dialect' | 'read'>): Promise<Instant | null> => {
  if (dialect === 'sqlite') return null;
  const rows = await read
    .select({
      now: sql<Instant>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`.mapWith(
        Number,
      ),
    })
    .from(databaseIdentity)
    .limit(1);
  return rows[0]?.now ?? null;
};

/** Writes down what a console has measured, and forgets consoles that ended long ago. */
export const saveConsoleClock = async (
  tx: Tx,
  { id, measuredAt, ahead }: MeasuredClock,
): Promise<void> => {
  await tx
    .insert(consoleClock)
    .values({ id, startedAt: measuredAt, measuredAt, ahead })
    .onConflictDoUpdate({ target: consoleClock.id, set: { measuredAt, ahead } })
    .returning({ id: consoleClock.id });
  await tx
    .delete(consoleClock)
    .where(
      or(
        lt(consoleClock.measuredAt, measuredAt - KEPT),
        gt(consoleClock.measuredAt, measuredAt + KEPT),
      ),
    )
    .returning({ id: consoleClock.id });
};

export const consoleClocks = async (read: Read): Promise<MeasuredClock[]> =>
  read
    .select({
      id: consoleClock.id,
      measuredAt: consoleClock.measuredAt,
      ahead: consoleClock.ahead,
    })
    .from(consoleClock);

/** A console that ends is no longer compared with. */
export const removeConsoleClock = async (tx: Tx, id: string): Promise<void> => {
  await tx.delete(consoleClock).where(eq(consoleClock.id, id)).returning({ id: consoleClock.id });
};
