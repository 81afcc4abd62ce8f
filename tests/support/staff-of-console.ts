import type { Instant } from '#app/domain/instant.ts';
import { openStripe } from '#app/outside/stripe/open-stripe.ts';
import { makeClock } from '#app/platform/clock.ts';
import { makeIds } from '#app/platform/ids.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { findStaffByEmail } from '#db/queries/staff.ts';
import { assertNotWriting, openStore } from '#db/store.ts';
import type { Store } from '#db/store.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';

export interface StaffOfConsole {
  store: Store;
  /** The demo's `agent`, `finance2` … as the services know them. */
  as: (name: string) => Promise<StaffMoneyDeps>;
  close: () => Promise<void>;
}

/** People who act on a running console's database by the services, beside those at its pages. */
export const staffOfConsole = async (
  databaseUrl: string,
  stripeUrl: string,
  now: Instant | (() => Instant),
): Promise<StaffOfConsole> => {
  const store = await openStore(databaseUrl);
  const clock = typeof now === 'number' ? makeClock(now) : now;
  const newId = makeIds(clock);
  const stripe = openStripe({
    ...{ secretKey: SANDBOX_KEY, apiBase: stripeUrl },
    beforeCall: assertNotWriting,
  });
  const as = async (name: string): Promise<StaffMoneyDeps> => {
    const found = await findStaffByEmail(store.read, `${name}@demo.test`);
    if (found === null) throw new Error(`no ${name}`);
    const { id: staffId, email, role } = found;
    const actor = { staffId, name: found.name, email, role };
    return { store, now: clock, newId, stripe, actor, ticket: null };
  };
  return { store, as, close: () => store.close() };
};
