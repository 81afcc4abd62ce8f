import { and, eq, lte, sql } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { signInRefusals } from '#db/schema/staff.ts';
import type { Read, Tx } from '#db/store.ts';

export type SignInRefusals = typeof signInRefusals.$inferSelect;

export const findSignInRefusals = async (read: Read, id: string): Promise<SignInRefusals | null> =>
  (await read.select().from(signInRefusals).where(eq(signInRefusals.id, id)))[0] ?? null;

/** One more that no row of the audit log tells of. */
export const countSignInRefusal = async (tx: Tx, id: string): Promise<void> => {
  await tx
    .update(signInRefusals)
    .set({ untold: sql`${signInRefusals.untold} + 1` })
    .where(eq(signInRefusals.id, id))
    .returning({ id: signInRefusals.id });
};

/** A window begins with a row of the audit log. */
export const beginSignInRefusals = async (tx: Tx, row: SignInRefusals): Promise<void> => {
  await tx
    .insert(signInRefusals)
    .values(row)
    .onConflictDoUpdate({
      target: signInRefusals.id,
      set: { since: row.since, untold: row.untold },
    })
    .returning({ id: signInRefusals.id });
};

/** The oldest windows that began at or before an instant. */
export const signInRefusalsUntil = async (
  read: Read,
  until: Instant,
  most: number,
): Promise<SignInRefusals[]> =>
  read
    .select()
    .from(signInRefusals)
    .where(lte(signInRefusals.since, until))
    .orderBy(signInRefusals.since)
    .limit(most);

export const deleteSignInRefusals = async (tx: Tx, row: SignInRefusals): Promise<void> => {
  await tx
    .delete(signInRefusals)
    .where(and(eq(signInRefusals.id, row.id), eq(signInRefusals.since, row.since)))
    .returning({ id: signInRefusals.id });
};
