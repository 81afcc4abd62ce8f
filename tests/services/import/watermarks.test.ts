import { describe, expect, test } from 'vitest';
import { ingestBook } from '#app/services/import/ingest-book.ts';
import { importBook } from '#app/services/import/import-book.ts';
import type { Deps } from '#app/services/deps.ts';
import { ledgerEntry, watermark } from '#db/schema/book.ts';
import { readStreams } from '#db/queries/book/streams.ts';
import type { Store } from '#db/store-types.ts';
import { GOOD } from '#tests/factories/good-lines.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { depsOf, importLines } from '#tests/support/import-lines.ts';
const ENTRIES = 1_000;
const BEFORE = '2026-05-01T00:00:00Z';
const AFTER = '2026-05-03T00:00:00Z';
const mark = (id: string, through: string) => ({ type: 'watermark', id, through });
const entries = Array.from({ length: ENTRIES }, (_, at) => ({
  ...{ ...GOOD.ledgerEntry, id: `le_${at}` },
}));
const LEDGER = mark('ledger', AFTER);
const bytesOf = (lines: readonly object[]): Uint8Array =>
  Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));

/** Of each stream with a watermark, up to where it is said to be complete. */
const marksIn = async (store: Store): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await store.read.select().from(watermark)).map(({ id, through }) => [
      id,
      new Date(through).toISOString().replace('.000', ''),
    ]),
  );
const entriesIn = async (store: Store): Promise<number> =>
  (await store.read.select({ id: ledgerEntry.id }).from(ledgerEntry)).length;

const CUT = 'cut off here';

/** Loads as `npm run import` does beside a console: a block of some lines a transaction. */
const loadFile = async (store: Store, lines: readonly object[], cutAfter = Infinity) => {
  let written = 0;
  async function* open(from: number): AsyncGenerator<Uint8Array> {
    yield bytesOf(lines).subarray(from);
  }
  const source = { name: 'book.ndjson', fingerprint: 'the same', open };
  return importBook(depsOf(store), source, {
    rejects: { cutTo: async () => undefined, add: async () => 0 },
    beside: { blockBytes: 1 << 14, pause: 0 },
    onProgress: () => {
      written += 1;
      if (written >= cutAfter) throw new Error(CUT);
    },
  });
};

const PLACES = [
  ['first', [LEDGER, ...entries]],
  ['in the middle', [...entries.slice(0, 100), LEDGER, ...entries.slice(100)]],
  ['last', [...entries, LEDGER]],
] as const;

describe.each(PLACES)('a watermark that stands %s in a file', (_, lines) => {
  test('does not go on with a load that is cut off, and does when that is resumed', async () => {
    const store = await freshStore();
    await importLines(store, [mark('ledger', BEFORE)]);
    await expect(loadFile(store, lines, 4)).rejects.toThrow(CUT);
    const loaded = await entriesIn(store);
    expect(loaded).toBeGreaterThan(100);
    expect(loaded).toBeLessThan(ENTRIES);
    expect(await marksIn(store)).toEqual({ ledger: BEFORE });
    const result = await loadFile(store, lines);
    expect(result.resumedAfter).toBeGreaterThan(100);
    expect(await entriesIn(store)).toBe(ENTRIES);
    expect(await marksIn(store)).toEqual({ ledger: AFTER });
  });
});

test('the last of several watermarks counts, also one from before two cuts', async () => {
  const store = await freshStore();
  const lines = [
    ...[LEDGER, mark('payments', BEFORE), ...entries.slice(0, 400)],
    ...[mark('ledger', BEFORE), ...entries.slice(400), mark('invoices', AFTER)],
  ];
  await importLines(store, [mark('ledger', AFTER), mark('payments', AFTER)]);
  for (let cut = 1; cut <= 2; cut += 1)
    await expect(loadFile(store, lines, 1)).rejects.toThrow(CUT);
  expect(await marksIn(store)).toEqual({ ledger: AFTER, payments: AFTER });
  await loadFile(store, lines);
  expect(await marksIn(store)).toEqual({ ledger: BEFORE, payments: BEFORE, invoices: AFTER });
});

test('a new stream with a watermark is known to nothing until all of it is loaded', async () => {
  const store = await freshStore();
  await expect(loadFile(store, [LEDGER, ...entries], 4)).rejects.toThrow(CUT);
  expect((await readStreams(store.read)).ledger).toBe(0);
  await loadFile(store, [LEDGER, ...entries]);
  expect((await readStreams(store.read)).ledger).toBe(Date.parse(AFTER));
});

describe('a delivery', () => {
  /** The same database; `afterWrite` hears of each transaction, and cuts the delivery off by throwing. */
  const watched = (store: Store, afterWrite: () => Promise<void>): Deps => ({
    ...depsOf(store),
    store: {
      ...store,
      write: async (work) => {
        const done = await store.write(work);
        await afterWrite();
        return done;
      },
    },
  });
  const body = bytesOf([LEDGER, ...entries]);

  test('that is cut off leaves the watermark, and one that comes again moves it', async () => {
    const store = await freshStore();
    await importLines(store, [mark('ledger', BEFORE)]);
    let writes = 0;
    const deps = watched(store, async () => {
      writes += 1;
      if (writes === 2) throw new Error(CUT);
    });
    await expect(ingestBook(deps, null, body)).rejects.toThrow(CUT);
    expect(await entriesIn(store)).toBeGreaterThan(0);
    expect(await marksIn(store)).toEqual({ ledger: BEFORE });
    expect(await ingestBook(depsOf(store), null, body)).toMatchObject({ kind: 'done' });
    expect(await marksIn(store)).toEqual({ ledger: AFTER });
  });

  test('shows its watermark with its last row, and not before', async () => {
    const store = await freshStore();
    await importLines(store, [mark('ledger', BEFORE)]);
    const seen: [string | undefined, boolean][] = [];
    const deps = watched(store, async () => {
      seen.push([(await marksIn(store))['ledger'], (await entriesIn(store)) === ENTRIES]);
    });
    await ingestBook(deps, null, body);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toEqual([AFTER, true]);
    for (const each of seen.slice(0, -1)) expect(each).toEqual([BEFORE, false]);
  });
});
