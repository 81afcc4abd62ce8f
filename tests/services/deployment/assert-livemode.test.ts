import { describe, expect, it } from 'vitest';
import type { StartSettings } from '#app/domain/deployment.ts';
import { createIds } from '#app/lib/ids.ts';
import { assertLivemode } from '#app/services/deployment/assert-livemode.ts';
import { seedDemoStaff } from '#app/services/access/seed-demo-staff.ts';
import { addStaff } from '#app/services/access/manage-staff.ts';
import { findDeployment } from '#db/queries/deployment/deployment.ts';
import { insertRun } from '#db/queries/book/import-runs.ts';
import { insertStaff, listStaff } from '#db/queries/access/staff.ts';
import { deployment } from '#db/schema/deployment.ts';
import { openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
import { T, paid } from '#tests/factories/records.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';
const DEMO: StartSettings = { keyless: true, live: false, onLoopback: true };
const LIVE: StartSettings = { keyless: false, live: true, onLoopback: true };
const TEST_KEY: StartSettings = { ...LIVE, live: false };

const now = () => T;
const appOn = (store: Store) => ({ store, now, newId: createIds(now) });
const claim = (store: Store, settings: StartSettings) => assertLivemode(appOn(store), settings);

const oldDemoStaff = async (store: Store): Promise<void> => {
  const person = { id: 'stf_1', email: 'agent@demo.test', name: 'Avery', role: 'agent' as const };
  await store.write((tx) => insertStaff(tx, { ...person, createdAt: T, demo: true }));
};
const boundBefore = (store: Store) =>
  store.write((tx) =>
    tx.insert(deployment).values({ id: 'this', live: false, since: T }).returning(),
  );
const loadedFrom = (store: Store, fileName: string) =>
  store.write((tx) =>
    insertRun(tx, {
      ...{ id: `imp_${fileName}`, fingerprint: 'f', fileName, startedAt: T, finishedAt: T },
      ...{ linesRead: 1, loaded: 1, refused: 0, bytesRead: 1, rejectBytes: 0, marks: null },
    }),
  );

describe('a database is about real payments or about none', () => {
  it.each([
    [true, LIVE, TEST_KEY],
    [false, TEST_KEY, LIVE],
  ])('as the first start has said, live: %s', async (live, first, other) => {
    const store = await freshStore();
    expect(await findDeployment(store.read)).toBeNull();
    await claim(store, first);
    await claim(store, first);
    await expect(claim(store, other)).rejects.toThrow(/^STRIPE_SECRET_KEY is .*DATABASE_URL/);
    expect(await findDeployment(store.read)).toMatchObject({ live, demo: false });
  });

  it('the one with the demo’s people in it was the demo, whoever starts it next', async () => {
    const store = await freshStore();
    await oldDemoStaff(store);
    await expect(claim(store, LIVE)).rejects.toThrow('started with a test key or as the');
    await claim(store, TEST_KEY);
    expect(await findDeployment(store.read)).toMatchObject({ live: false, demo: true });
  });

  it('also where two start in the same moment', async () => {
    const store = await freshStore();
    const other = await openStore(store.databaseUrl, { poolSize: 2 });
    try {
      const ended = await Promise.allSettled([claim(store, LIVE), claim(other, DEMO)]);
      expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    } finally {
      await other.close();
    }
  });
});

describe('the demo', () => {
  it('makes an empty database its own, and its staff there', async () => {
    const store = await freshStore();
    expect(await claim(store, DEMO)).toEqual({ demo: true });
    await seedDemoStaff(appOn(store));
    expect(await claim(store, DEMO)).toEqual({ demo: true });
    expect((await listStaff(store.read)).every(({ demo }) => demo)).toBe(true);
  });

  it('never comes to records that were there before it, nor do its staff, whatever is set', async () => {
    const { store, put } = await sweepWorld();
    await put(paid({ id: 'ch_1' }));
    expect(await claim(store, DEMO)).toEqual({ demo: false });
    await expect(seedDemoStaff(appOn(store))).rejects.toThrow('the demo’s own database only');
    expect(await claim(store, DEMO)).toEqual({ demo: false });
    expect(await listStaff(store.read)).toEqual([]);
  });

  it('never comes to a database to which somebody was added', async () => {
    const store = await freshStore();
    const password = 'blue heron eats seven plums';
    await addStaff(appOn(store), { email: 'a@b.test', name: 'Ann', role: 'admin', password });
    expect(await claim(store, DEMO)).toEqual({ demo: false });
  });

  it('of the version before goes on, known by its staff and its book', async () => {
    const { store, put } = await sweepWorld();
    await put(paid({ id: 'ch_1' }));
    await boundBefore(store);
    await oldDemoStaff(store);
    await loadedFrom(store, 'data/demo-book.ndjson');
    expect(await claim(store, DEMO)).toEqual({ demo: true });
    expect(await findDeployment(store.read)).toMatchObject({ demo: true });
  });

  it('leaves a book of one’s own that the version before had given its staff', async () => {
    const { store, put } = await sweepWorld();
    await put(paid({ id: 'ch_1' }));
    await boundBefore(store);
    await oldDemoStaff(store);
    await loadedFrom(store, '/home/me/book.ndjson.gz');
    expect(await claim(store, DEMO)).toEqual({ demo: false });
    await loadedFrom(store, 'data/demo-book.ndjson');
    expect(await claim(store, DEMO)).toEqual({ demo: false });
  });
});
