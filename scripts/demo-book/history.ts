import { DAY, HOUR, MINUTE } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import { makeIds } from '#app/platform/ids.ts';
import type { Deps } from '#app/services/deps.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import type { Store } from '#db/store.ts';
import { DEFAULT_SEED, troubledCustomers } from '#scripts/demo-book/company.ts';

/** When the console would have looked during the last month: daily, and more often lately. */
const looks = (now: Instant): Instant[] => {
  const times: Instant[] = [];
  for (let back = 29; back > 9; back -= 2) times.push(now - back * DAY + 23 * MINUTE);
  for (let back = 9; back >= 1; back -= 1) times.push(now - back * DAY + 23 * MINUTE);
  for (const hours of [17, 9, 5, 2]) times.push(now - hours * HOUR + 11 * MINUTE);
  return [...times, now - 28 * MINUTE];
};

/** What use cases are given when the clock shows `at`. */
export const depsAt = (store: Store, at: Instant): Deps => ({
  store,
  now: () => at,
  newId: makeIds(() => at),
});

/**
 * Sweeps the demo's troubled customers as if the console had been running for a month, so that flags
 * have ages and histories. Must come before any other sweep of the book: an account is never settled
 * as of an earlier instant than before.
 */
export const replayMonth = async (store: Store, now: Instant): Promise<void> => {
  const customers = troubledCustomers(DEFAULT_SEED);
  for (const at of looks(now)) await sweepAccounts(depsAt(store, at), { customers });
};
