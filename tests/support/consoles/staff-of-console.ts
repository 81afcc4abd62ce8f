import type { Instant } from '#app/lib/instant.ts';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import { createClock } from '#app/lib/clock.ts';
import { createIds } from '#app/lib/ids.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { findStaffByEmail } from '#db/queries/access/staff.ts';
import { assertNotWriting, openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
export interface StaffOfConsole {
  store: Store;
  /** The demo's `agent`, `finance2` … as the services know them. */
  as: (name: string) => Promise<StaffRemedyDeps>;
  close: () => Promise<void>;
}

/** People who act on a running console's database by the services, beside those at its pages. */
export const staffOfConsole = async (
  databaseUrl: string,
  stripeUrl: string,
  now: Instant | (() => Instant),
): Promise<StaffOfConsole> => {
  const store = await openStore(databaseUrl);
  const clock = typeof now === 'number' ? createClock(now) : now;
  const newId = createIds(clock);
  const stripe = createStripe({
    ...{ secretKey: SANDBOX_KEY, apiBase: stripeUrl },
    beforeCall: assertNotWriting,
  });
  const as = async (name: string): Promise<StaffRemedyDeps> => {
    const found = await findStaffByEmail(store.read, `${name}@demo.test`);
    if (found === null) throw new Error(`no ${name}`);
    const { id: staffId, email, role } = found;
    const actor = { staffId, name: found.name, email, role };
    return { store, now: clock, newId, stripe, actor, ticket: null };
  };
  return { store, as, close: () => store.close() };
};
