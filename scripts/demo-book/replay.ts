/**
 * After the demo book has been loaded into an empty database: a month of sweeps, some decisions of the
 * demo's staff, and a sweep of the whole book as of now.
 */
import '#app/config/env-file.ts';
import { createClock } from '#app/lib/clock.ts';
import { env } from '#app/config/env.ts';
import { createIds } from '#app/lib/ids.ts';
import { seedDemoStaff } from '#app/services/access/seed-demo-staff.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { openStore } from '#db/store.ts';
import { decideSome } from '#scripts/demo-book/decided.ts';
import { replayMonth } from '#scripts/demo-book/history.ts';

const { DATABASE_URL, REDRESS_NOW } = env();
const now = createClock(REDRESS_NOW);
const store = await openStore(DATABASE_URL);
try {
  const deps = { store, now, newId: createIds(now) };
  await seedDemoStaff(deps);
  await replayMonth(store, now());
  await decideSome(store, now());
  const { findings } = await sweepAccounts(deps, { customers: 'all' });
  process.stdout.write(`The rules find ${findings} things to look at.\n`);
} finally {
  await store.close();
}
