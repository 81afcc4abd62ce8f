import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { Instant } from '#app/domain/instant.ts';
import { signInFailure } from '#db/schema/staff.ts';
import type { Read, Tx } from '#db/store.ts';

/** When the tries from `address` after `since` were made, oldest first; for one account, if it is given. */
export const signInFailuresSince = async (
  read: Read,
  address: string,
  since: Instant,
  accountHash?: string,
): Promise<Instant[]> => {
  const rows = await read
    .select({ at: signInFailure.at })
    .from(signInFailure)
    .where(
      and(
        eq(signInFailure.address, address),
        gt(signInFailure.at, since),
        accountHash === undefined ? undefined : eq(signInFailure.accountHash, accountHash),
      ),
    )
    .orderBy(asc(signInFailure.at));
  return rows.map((row) => row.at);
};

export const insertSignInFailure = async (
  tx: Tx,
  row: typeof signInFailure.$inferInsert,
): Promise<void> => {
  await tx.insert(signInFailure).values(row).returning({ id: signInFailure.id });
};

/** A right password: what was tried before from the same address no longer counts against the account. */
export const forgetSignInFailures = async (
  tx: Tx,
  address: string,
  accountHash: string,
): Promise<void> => {
  await tx
    .delete(signInFailure)
    .where(and(eq(signInFailure.address, address), eq(signInFailure.accountHash, accountHash)))
    .returning({ id: signInFailure.id });
};

export const deleteSignInFailuresUntil = async (tx: Tx, until: Instant): Promise<void> => {
  await tx
    .delete(signInFailure)
    .where(lte(signInFailure.at, until))
    .returning({ id: signInFailure.id });
};
