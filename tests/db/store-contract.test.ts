import { fork } from 'node:child_process';
import { once } from 'node:events';
import { asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isUniqueViolation } from '#db/errors.ts';
import { appendAudit, auditEnd } from '#db/queries/audit/audit-events.ts';
import { postgresParts } from '#db/postgres.ts';
import { flag } from '#db/schema/flag.ts';
import { importRun } from '#db/schema/imports.ts';
import { staff } from '#db/schema/staff.ts';
import { watermark } from '#db/schema/book.ts';
import { assertNotWriting } from '#db/store.ts';
import type { Tx } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
const counter = {
  id: 'counter',
  fingerprint: 'f',
  fileName: 'n',
  startedAt: 0,
  finishedAt: null,
  linesRead: 0,
  loaded: 0,
  refused: 0,
};

const startCounter = (store: Store): Promise<unknown> =>
  store.write((tx) => tx.insert(importRun).values(counter).returning());

const loaded = async (store: Store): Promise<number | undefined> =>
  (await store.read.select().from(importRun))[0]?.loaded;

/** Reads, lets everything else run, and writes what it has read plus one. */
const raise = async (tx: Tx): Promise<void> => {
  const [row] = await tx.select().from(importRun);
  await new Promise(setImmediate);
  const next = { loaded: (row?.loaded ?? 0) + 1 };
  await tx.update(importRun).set(next).where(eq(importRun.id, 'counter')).returning();
};

describe('a write', () => {
  test('is read back, and gives back what its body did', async () => {
    const store = await freshStore();
    const rows = await store.write((tx) =>
      tx.insert(watermark).values({ id: 'ledger', through: 5 }).returning(),
    );
    expect(rows).toEqual([{ id: 'ledger', through: 5 }]);
    expect(await store.read.select().from(watermark)).toEqual(rows);
  });

  test('is not seen before it ends', async () => {
    const store = await freshStore();
    await store.write(async (tx) => {
      await tx.insert(watermark).values({ id: 'ledger', through: 5 }).returning();
      expect(await store.read.select().from(watermark)).toEqual([]);
      expect(await tx.select().from(watermark)).toHaveLength(1);
    });
    expect(await store.read.select().from(watermark)).toHaveLength(1);
  });

  test('leaves nothing behind where its body throws, and the next one goes on', async () => {
    const store = await freshStore();
    const failing = store.write(async (tx) => {
      await tx.insert(watermark).values({ id: 'ledger', through: 5 }).returning();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await store.read.select().from(watermark)).toEqual([]);
    await startCounter(store);
    expect(await loaded(store)).toBe(0);
  });

  test('loses none of forty others at the same time', async () => {
    const store = await freshStore();
    await startCounter(store);
    let done = 0;
    while (done < 40) {
      // PostgreSQL gives up after five conflicts in a row; whoever lost tries again.
      const tries = await Promise.allSettled(
        Array.from({ length: Math.min(8, 40 - done) }, () => store.write(raise)),
      );
      done += tries.filter(({ status }) => status === 'fulfilled').length;
    }
    expect(await loaded(store)).toBe(40);
  });

  test('loses none of other processes', async () => {
    const store = await freshStore();
    await startCounter(store);
    const children = Array.from({ length: 3 }, () =>
      fork('tests/support/children/counting-child.ts', ['25'], {
        execArgv: ['--import', 'tsx'],
        env: { ...process.env, DATABASE_URL: store.databaseUrl },
      }),
    );
    await Promise.all(children.map((child) => once(child, 'message')));
    const ends = children.map((child) => once(child, 'exit'));
    for (const child of children) child.send('go');
    expect((await Promise.all(ends)).map(([code]) => code as unknown)).toEqual([0, 0, 0]);
    expect(await loaded(store)).toBe(75);
  }, 120_000);

  test('holds nothing that others want while another has the audit log', async () => {
    const store = await freshStore();
    await startCounter(store);
    let end: () => void = () => undefined;
    const mayEnd = new Promise<void>((resolve) => (end = resolve));
    let first: Promise<void> | undefined;
    await new Promise<void>((appended) => {
      first = store.write(async (tx) => {
        await appendAudit(tx, { id: 'aud_1', at: 1, kind: 'audit.searched' });
        appended();
        await mayEnd;
      });
    });
    let second: Promise<void> | undefined;
    const raised = new Promise<void>((resolve) => {
      second = store.write(async (tx) => {
        await raise(tx);
        resolve();
        await appendAudit(tx, { id: 'aud_2', at: 2, kind: 'audit.searched' });
      });
    });
    // SQLite has one write at work at a time, and the others in line.
    if (store.dialect === 'sqlite') end();
    await raised;
    await store.write(async (tx) => {
      // Shorter than anybody waits for the log: to wait for it and then let go would not do.
      await postgresParts(tx)?.client?.query("set local lock_timeout = '2s'");
      await raise(tx);
    });
    end();
    await Promise.all([first, second]);
    expect(await loaded(store)).toBe(2);
    expect((await auditEnd(store.read)).seq).toBe(2);
  });

  test('does not take another write into itself', async () => {
    const store = await freshStore();
    const nested = store.write(() => store.write(async () => undefined));
    await expect(nested).rejects.toThrow('a write must not run inside a write');
  });

  test('forbids whatever waits for the world outside, in this module or a second copy of it', async () => {
    const store = await freshStore();
    const other = '#db/write-scope.ts?copy';
    const copy = (await import(/* @vite-ignore */ other)) as typeof import('#db/write-scope.ts');
    expect(copy.assertNotWriting).not.toBe(assertNotWriting);
    const ask = async (check: typeof assertNotWriting): Promise<void> => check('asking Stripe');
    await ask(assertNotWriting);
    for (const check of [assertNotWriting, copy.assertNotWriting]) {
      await expect(store.write(() => ask(check))).rejects.toThrow(
        'asking Stripe must not run inside a write',
      );
    }
    await ask(assertNotWriting);
  });

  test('ends with its body: a statement that comes later is refused', async () => {
    const store = await freshStore();
    let kept: Tx | undefined;
    await store.write(async (tx) => void (kept = tx));
    const late = async (): Promise<unknown> =>
      kept?.insert(watermark).values({ id: 'ledger', through: 5 }).returning();
    await expect(late()).rejects.toThrow();
    expect(await store.read.select().from(watermark)).toEqual([]);
  });
});

describe('values', () => {
  test('instants of the years 0 to 10000 come back to the millisecond', async () => {
    const store = await freshStore();
    const instants = [
      '-000001-12-31T00:01:00.001Z',
      '0000-01-01T00:00:00.000Z',
      '0000-02-29T23:59:59.999Z',
      '0001-01-01T00:00:00.010Z',
      '0099-12-31T12:00:00.100Z',
      '1969-12-31T23:59:59.999Z',
      '1970-01-01T00:00:00.000Z',
      '2026-05-03T09:12:44.120Z',
      '9999-12-31T23:59:59.999Z',
      '+010000-01-01T23:58:59.999Z',
    ].map((iso) => Date.parse(iso));
    await store.write((tx) =>
      tx
        .insert(importRun)
        .values(instants.map((at, i) => ({ ...counter, id: `r${i}`, startedAt: at })))
        .returning(),
    );
    const rows = await store.read.select().from(importRun).orderBy(asc(importRun.startedAt));
    expect(rows.map(({ startedAt }) => startedAt)).toEqual(instants);
  });

  test('integers come back up to the largest safe one', async () => {
    const store = await freshStore();
    const values = {
      ...counter,
      loaded: Number.MAX_SAFE_INTEGER,
      refused: -Number.MAX_SAFE_INTEGER,
    };
    await store.write((tx) => tx.insert(importRun).values(values).returning());
    expect(await store.read.select().from(importRun)).toMatchObject([values]);
  });

  test('ids are in the order of their code points, capitals before small letters', async () => {
    const store = await freshStore();
    const ids = ['', '10', '9', 'A', 'Z', '_', 'a', 'z', 'é', 'ﷺ', '😀'];
    const rows = [...ids].reverse().map((id) => ({ ...counter, id }));
    await store.write((tx) => tx.insert(importRun).values(rows).returning());
    const stored = await store.read.select().from(importRun).orderBy(asc(importRun.id));
    expect(stored.map(({ id }) => id)).toEqual(ids);
  });
});

test('a broken unique index or primary key is told by its name', async () => {
  const store = await freshStore();
  const person = (id: string, email: string) => ({
    id,
    email,
    name: 'Ada',
    role: 'agent' as const,
    createdAt: 0,
  });
  const add = (row: ReturnType<typeof person>): Promise<unknown> =>
    store.write((tx) => tx.insert(staff).values(row).returning());
  await add(person('stf_1', 'a@b.example'));
  const sameEmail = await add(person('stf_2', 'a@b.example')).catch((error: unknown) => error);
  const sameId = await add(person('stf_1', 'c@d.example')).catch((error: unknown) => error);
  expect(isUniqueViolation(sameEmail, 'staff_email')).toBe(true);
  expect(isUniqueViolation(sameEmail, 'staff')).toBe(false);
  expect(isUniqueViolation(sameEmail, 'flag_identity')).toBe(false);
  expect(isUniqueViolation(sameId, 'staff')).toBe(true);
  expect(isUniqueViolation(sameId, 'staff_email')).toBe(false);
  expect(isUniqueViolation(new Error('staff_email'), 'staff_email')).toBe(false);
  expect(await store.read.select().from(flag)).toEqual([]);
});

test('a close answers whoever waits for the database already', async () => {
  const store = await freshStore();
  await startCounter(store);
  const asked = Array.from({ length: 30 }, () => [
    loaded(store),
    store.write((tx) => tx.select().from(importRun)),
  ]).flat();
  const answered = Promise.allSettled(asked);
  // By now each of them has come to wait for a connection.
  await new Promise(setImmediate);
  await store.close();
  const answers = await answered;
  expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
});
