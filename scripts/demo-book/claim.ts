/**
 * Makes an empty database the demo's own, for a book that is invented: what the bench and the browser's
 * journeys load is read by the demo's staff. A database with anything in it stays what it is.
 */
import '#app/config/env-file.ts';
import { createClock } from '#app/lib/clock.ts';
import { env } from '#app/config/env.ts';
import { assertLivemode } from '#app/services/deployment/assert-livemode.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { openStore } from '#db/store.ts';

const settings = env();
await migrate(settings.DATABASE_URL);
const store = await openStore(settings.DATABASE_URL);
try {
  const now = createClock(settings.REDRESS_NOW);
  const { demo } = await assertLivemode({ store, now }, settings);
  if (!demo) throw new Error('DATABASE_URL names a database that is not the demo’s');
} finally {
  await store.close();
}
