import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { createIds } from '#app/lib/ids.ts';
import type { Deps } from '#app/services/deps.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import type { Store } from '#db/store-types.ts';
import { DEFAULT_SEED, troubledCustomers } from '#scripts/demo-book/company.ts';
/** How long ago the console would have looked during the last month: daily, and more often lately. */
const DAYS_AGO = [28, 25, 22, 19, 16, 13, 10, 8, 7, 6, 5, 4, 3, 2, 1];
const LOOKS = [...DAYS_AGO.map((days) => days * DAY), 14 * HOUR, 6 * HOUR, 2 * HOUR, 28 * MINUTE];

/** What use cases are given when the clock shows `at`. */
export const depsAt = (store: Store, at: Instant): Deps => ({
  store,
  now: () => at,
  newId: createIds(() => at),
});

/**
 * Sweeps the demo's troubled customers as if the console had been running for a month, so that flags
 * have ages and histories. Must come before any other sweep of the book: an account is never settled
 * as of an earlier instant than before.
 */
export const replayMonth = async (store: Store, now: Instant): Promise<void> => {
  const customers = troubledCustomers(DEFAULT_SEED);
  for (const ago of LOOKS) await sweepAccounts(depsAt(store, now - ago), { customers });
};
