import { describe, expect, it } from 'vitest';
import { claimDatabase } from '#app/services/claim-database.ts';
import { findLive } from '#db/queries/deployment.ts';
import { insertStaff } from '#db/queries/staff.ts';
import { openStore } from '#db/store.ts';
import { T } from '#tests/factories/records.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

describe('a database is about real payments or about none', () => {
  it.each([true, false])('as the first start has said, live: %s', async (live) => {
    const store = await freshStore();
    expect(await findLive(store.read)).toBeNull();
    await claimDatabase(store, live, T);
    await claimDatabase(store, live, T + 1);
    await expect(claimDatabase(store, !live, T + 2)).rejects.toThrow(
      /^STRIPE_SECRET_KEY is .*DATABASE_URL/,
    );
    expect(await findLive(store.read)).toBe(live);
  });

  it('the one with the demo’s people in it was the demo, whoever starts it next', async () => {
    const store = await freshStore();
    const person = { id: 'stf_1', email: 'agent@demo.test', name: 'Avery', role: 'agent' as const };
    await store.write((tx) => insertStaff(tx, { ...person, createdAt: T, demo: true }));
    await expect(claimDatabase(store, true, T)).rejects.toThrow('begun with a test key or as the');
    await claimDatabase(store, false, T);
    expect(await findLive(store.read)).toBe(false);
  });

  it('also where two start in the same moment', async () => {
    const store = await freshStore();
    const other = await openStore(store.databaseUrl, { poolSize: 2 });
    try {
      const claims = [claimDatabase(store, true, T), claimDatabase(other, false, T)];
      const ended = await Promise.allSettled(claims);
      expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    } finally {
      await other.close();
    }
  });
});
