/**
 * After the demo book has been loaded into an empty database: a month of sweeps, some decisions of the
 * demo's staff, and a sweep of the whole book as of now.
 */
import '#app/platform/env-file.ts';
import { makeClock } from '#app/platform/clock.ts';
import { env } from '#app/platform/env.ts';
import { makeIds } from '#app/platform/ids.ts';
import { ensureDemoStaff } from '#app/services/ensure-demo-staff.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { openStore } from '#db/store.ts';
import { decideSome } from '#scripts/demo-book/decided.ts';
import { replayMonth } from '#scripts/demo-book/history.ts';

const { DATABASE_URL, REDRESS_NOW } = env();
const now = makeClock(REDRESS_NOW);
const store = await openStore(DATABASE_URL);
try {
  const deps = { store, now, newId: makeIds(now) };
  await ensureDemoStaff(deps);
  await replayMonth(store, now());
  await decideSome(store, now());
  const { findings } = await sweepAccounts(deps, { customers: 'all' });
  process.stdout.write(`The rules find ${findings} things to look at.\n`);
} finally {
  await store.close();
}
