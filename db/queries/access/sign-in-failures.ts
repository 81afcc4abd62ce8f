import { and, desc, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import type { CountedFailures } from '#app/domain/access/sign-in-throttle.ts';
import { signInFailure } from '#db/schema/staff.ts';
import type { Read, Tx } from '#db/store.ts';

/** Where a try comes from. */
export interface SignInSource {
  accountHash: string;
  address: string;
  /** The browser that the account is known to use; null: a stranger's. */
  browser: string | null;
}

/** More than any limit. */
const MOST = 60;

const failuresWhere = async (read: Read, since: Instant, condition: SQL): Promise<Instant[]> => {
  const rows = await read
    .select({ at: signInFailure.at })
    .from(signInFailure)
    .where(and(condition, gt(signInFailure.at, since)))
    .orderBy(desc(signInFailure.at))
    .limit(MOST);
  return rows.map((row) => row.at).toReversed();
};

/** The latest tries after `since` that count for one more by this account, each list oldest first. */
export const signInFailuresSince = async (
  read: Read,
  { accountHash, address, browser }: SignInSource,
  since: Instant,
): Promise<CountedFailures> => {
  const from = eq(signInFailure.address, address);
  const of = eq(signInFailure.accountHash, accountHash);
  const strange = isNull(signInFailure.browser);
  if (browser !== null)
    return {
      // By the account as well: that is how they can be found.
      browser: await failuresWhere(
        read,
        since,
        sql`${of} and ${signInFailure.browser} = ${browser}`,
      ),
      account: [],
      address: [],
    };
  return {
    browser: null,
    account: await failuresWhere(read, since, sql`${of} and ${from} and ${strange}`),
    address: await failuresWhere(
      read,
      since,
      sql`${from} and ${strange} and ${eq(signInFailure.reserve, false)}`,
    ),
  };
};

export const insertSignInFailure = async (
  tx: Tx,
  row: typeof signInFailure.$inferInsert,
): Promise<void> => {
  await tx.insert(signInFailure).values(row).returning({ id: signInFailure.id });
};

/** A right password: what was tried before from the same place no longer counts against the account. */
export const forgetSignInFailures = async (
  tx: Tx,
  { accountHash, address, browser }: SignInSource,
): Promise<void> => {
  const place =
    browser === null
      ? and(eq(signInFailure.address, address), isNull(signInFailure.browser))
      : eq(signInFailure.browser, browser);
  await tx
    .delete(signInFailure)
    .where(and(eq(signInFailure.accountHash, accountHash), place))
    .returning({ id: signInFailure.id });
};

/** A try that was not looked at does not count. */
export const deleteSignInFailure = async (tx: Tx, id: string): Promise<void> => {
  await tx
    .delete(signInFailure)
    .where(eq(signInFailure.id, id))
    .returning({ id: signInFailure.id });
};

export const deleteSignInFailuresUntil = async (tx: Tx, until: Instant): Promise<void> => {
  await tx
    .delete(signInFailure)
    .where(lte(signInFailure.at, until))
    .returning({ id: signInFailure.id });
};
