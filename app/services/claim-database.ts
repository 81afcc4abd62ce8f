import type { Instant } from '#app/domain/instant.ts';
import { hasDemoStaff } from '#db/queries/staff.ts';
import { findLive, insertLive } from '#db/queries/deployment.ts';
import type { Store } from '#db/store.ts';

const WORDS = {
  live: 'STRIPE_SECRET_KEY is a live key, but this database was begun with a test key or as the demo: it holds requests and staff that must never meet real money. Set DATABASE_URL to a new database and load the book there.',
  test: 'STRIPE_SECRET_KEY is no live key, but this database is about real payments: set the live key, or DATABASE_URL to another database.',
};

/**
 * Binds a database to real payments or to none of them with the first start, and throws ever after where
 * the key is of the other kind, before anything is written or sent. The demo counts as test.
 */
export async function claimDatabase(store: Store, live: boolean, now: Instant): Promise<void> {
  const known = await findLive(store.read);
  if (known === null) {
    await store.write(async (tx) => {
      // From before databases were bound: where the demo's people are, it was the demo.
      const wasDemo = await hasDemoStaff(tx);
      await insertLive(tx, live && !wasDemo, now);
    });
  }
  const bound = known ?? (await findLive(store.read));
  if (bound !== live) throw new Error(live ? WORDS.live : WORDS.test);
}
