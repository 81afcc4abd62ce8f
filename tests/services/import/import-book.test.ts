import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { account } from '#db/schema/account.ts';
import { customer, invoice, ledgerEntry, payment } from '#db/schema/book.ts';
import { importRun } from '#db/schema/imports.ts';
import type { Store } from '#db/store-types.ts';
import { GOOD } from '#tests/factories/good-lines.ts';
import { bookHash, dirtyCustomers } from '#tests/support/book-content.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { importLines } from '#tests/support/import-lines.ts';
const all = Object.values(GOOD);

/** As a sweep leaves it. */
const sweep = (store: Store): Promise<unknown> =>
  store.write((tx) => tx.update(account).set({ dirty: false }).returning());

test('every field of every type is stored as it was read', async () => {
  const store = await freshStore();
  expect(await importLines(store, all)).toMatchObject({ linesRead: 10, loaded: 10, refused: 0 });
  const [stored] = await store.read.select().from(payment);
  expect(stored).toEqual({
    ...GOOD.payment,
    type: undefined,
    createdAt: Date.parse('2026-05-03T09:12:40Z'),
    capturedAt: Date.parse('2026-05-03T09:12:44.120Z'),
    refundedAt: Date.parse('2026-05-04T09:12:44Z'),
    periodStart: Date.parse('2026-05-01T00:00:00Z'),
  });
  const [bill] = await store.read.select().from(invoice);
  expect(bill).toMatchObject({ paymentIds: ['ch_1', 'ch_2'], billTo: GOOD.invoice['billTo'] });
  const [who] = await store.read.select().from(customer);
  expect(who).toMatchObject({ generationHold: false, reportedBalance: -12 });
});

test('blank lines, CRLF and a byte-order mark are passed over, and counted as lines', async () => {
  const store = await freshStore();
  const text = `\ufeff${JSON.stringify(GOOD.member)}\r\n\r\n  \t\n{"type":"member"}\r\n${JSON.stringify(GOOD.customer)}`;
  const result = await importLines(store, Buffer.from(text));
  expect(result).toMatchObject({ linesRead: 5, loaded: 2, refused: 1 });
  expect(result.refusals[0]).toMatchObject({ line: 4, text: '{"type":"member"}\r' });
});

test('an empty source loads nothing', async () => {
  const store = await freshStore();
  expect(await importLines(store, Buffer.alloc(0))).toMatchObject({ linesRead: 0, loaded: 0 });
  expect(await store.read.select().from(importRun)).toEqual([]);
});

describe('what was loaded before', () => {
  test('loading a file again changes nothing and leaves nobody to be swept', async () => {
    const store = await freshStore();
    await importLines(store, all);
    const hash = await bookHash(store.read);
    expect(await dirtyCustomers(store.read)).toEqual(['org_1']);
    await sweep(store);
    expect(await importLines(store, all)).toMatchObject({ loaded: 10 });
    expect(await bookHash(store.read)).toBe(hash);
    expect(await dirtyCustomers(store.read)).toEqual([]);
  });

  test('a later version replaces the whole record, in one load or in two', async () => {
    const store = await freshStore();
    const bare = { ...GOOD.ledgerEntry, credits: 7, note: undefined };
    await importLines(store, [GOOD.ledgerEntry, bare]);
    expect(await store.read.select().from(ledgerEntry)).toMatchObject([{ credits: 7, note: null }]);
    await importLines(store, [GOOD.ledgerEntry]);
    expect(await store.read.select().from(ledgerEntry)).toMatchObject([
      { credits: -24, note: 'by hand' },
    ]);
  });

  test('a refused version changes nothing', async () => {
    const store = await freshStore();
    await importLines(store, [GOOD.payment]);
    const hash = await bookHash(store.read);
    await importLines(store, [{ ...GOOD.payment, amount: -1 }]);
    expect(await bookHash(store.read)).toBe(hash);
  });

  test('a record that changes its customer leaves both to be swept', async () => {
    const store = await freshStore();
    await importLines(store, [GOOD.payment, { ...GOOD.payment, id: 'ch_9', customerId: 'org_9' }]);
    await sweep(store);
    await importLines(store, [{ ...GOOD.payment, customerId: 'org_2' }]);
    expect(await dirtyCustomers(store.read)).toEqual(['org_1', 'org_2']);
  });

  test('an id that only other records mention has an account all the same', async () => {
    const store = await freshStore();
    await importLines(store, [{ ...GOOD.setupAttempt, customerId: 'org_7' }]);
    expect(await dirtyCustomers(store.read)).toEqual(['org_7']);
  });

  test('each load that changes a customer raises its revision', async () => {
    const store = await freshStore();
    const revision = async (): Promise<number | undefined> =>
      (await store.read.select().from(account).where(eq(account.customerId, 'org_1')))[0]?.revision;
    await importLines(store, [GOOD.ledgerEntry]);
    const first = await revision();
    await importLines(store, [{ ...GOOD.ledgerEntry, credits: 1 }]);
    expect(await revision()).toBe((first ?? 0) + 1);
    await importLines(store, [{ ...GOOD.ledgerEntry, credits: 1 }]);
    expect(await revision()).toBe((first ?? 0) + 1);
  });
});

describe('streams', () => {
  const started = async (): Promise<Store> => {
    const store = await freshStore();
    await importLines(store, [GOOD.customer, { ...GOOD.customer, id: 'org_2' }]);
    await sweep(store);
    return store;
  };
  const mark = (through: string) => ({ ...GOOD.watermark, through });

  test('the first record of the ledger concerns everyone', async () => {
    const store = await started();
    await importLines(store, [GOOD.ledgerEntry]);
    expect(await dirtyCustomers(store.read)).toEqual(['org_1', 'org_2']);
    await sweep(store);
    await importLines(store, [{ ...GOOD.ledgerEntry, id: 'le_2' }]);
    expect(await dirtyCustomers(store.read)).toEqual(['org_1']);
  });

  test('so does a watermark that is the first or goes back, and none that goes on', async () => {
    const store = await started();
    const cases = [
      ['2026-05-03T00:00Z', ['org_1', 'org_2']],
      ['2026-05-04T00:00Z', []],
      ['2026-05-04T00:00Z', []],
      ['2026-05-01T00:00Z', ['org_1', 'org_2']],
    ] as const;
    for (const [through, dirty] of cases) {
      await importLines(store, [mark(through)]);
      expect(await dirtyCustomers(store.read), through).toEqual(dirty);
      await sweep(store);
    }
  });
});

test('text that no database stores comes back as it was, on both', async () => {
  const store = await freshStore();
  const ids = [
    'a\0b',
    '\ud800',
    '\udc00',
    '\ud800\udc00',
    '\ufdd0',
    '\ufdd00000',
    '😀',
    'ﷺ',
    '\u202e',
  ];
  const name = '<b>\0\ud83d\ufdd0</b> 𝒳';
  const lines = ids.flatMap((id) => [
    { ...GOOD.customer, id, name },
    { ...GOOD.invoice, id, customerId: id, paymentIds: ids, billTo: { name } },
  ]);
  await importLines(store, lines);
  const customers = await store.read.select().from(customer);
  expect(customers.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(new Set(customers.map((row) => row.name))).toEqual(new Set([name]));
  const [bill] = await store.read.select().from(invoice).where(eq(invoice.id, 'a\0b'));
  expect(bill).toMatchObject({ customerId: 'a\0b', paymentIds: ids, billTo: { name } });
  expect(await dirtyCustomers(store.read)).toHaveLength(ids.length);
});

test('long ids, texts of 10,000 characters and years 0 to 10000 are stored', async () => {
  const store = await freshStore();
  const id = '😀'.repeat(255);
  const long = Array.from({ length: 10_000 }, (_, at) =>
    String.fromCodePoint(0x4e00 + (at % 20_000)),
  ).join('');
  const lines = [
    { ...GOOD.customer, id, name: long, email: long, createdAt: '0000-01-01T00:00:00+23:59' },
    { ...GOOD.member, id, customerId: id, name: long },
    { ...GOOD.ledgerEntry, id, customerId: id, paymentId: id, generationId: id, note: long },
    { ...GOOD.payment, id, customerId: id, cardLast4: long, invoiceId: id, subscriptionId: id },
    { ...GOOD.refund, id, customerId: id, paymentId: id, bankReference: long },
    { ...GOOD.invoice, id, customerId: id, number: long },
    { ...GOOD.generation, id, customerId: id, tier: long, model: long },
    { ...GOOD.subscription, id, customerId: id, plan: long },
    { ...GOOD.watermark, through: '9999-12-31T23:59:59.999-23:59' },
  ];
  expect(await importLines(store, lines)).toMatchObject({ loaded: 9, refused: 0 });
  const [stored] = await store.read.select().from(customer);
  expect(stored).toMatchObject({
    id,
    name: long,
    createdAt: Date.parse('0000-01-01T00:00:00Z') - 86_340_000,
  });
});

describe('a first load that builds its indexes at the end', () => {
  test('holds the same book as any other', async () => {
    const [one, other] = [await freshStore(), await freshStore()];
    await importLines(one, all, true);
    await importLines(other, all);
    expect(await bookHash(one.read)).toBe(await bookHash(other.read));
  });
});

describe('in any order, however often', () => {
  test('the same records make the same book', async () => {
    const records = all.flatMap((line) =>
      ['1', '2', '3'].map((n) => (line['type'] === 'watermark' ? line : { ...line, id: `x_${n}` })),
    );
    const reference = await freshStore();
    await importLines(reference, records);
    const hash = await bookHash(reference.read);
    const shuffles = fc.shuffledSubarray([...records, ...records], {
      minLength: 2 * records.length,
      maxLength: 2 * records.length,
    });
    await fc.assert(
      fc.asyncProperty(shuffles, async (shuffled) => {
        const store = await freshStore();
        await importLines(store, shuffled.slice(0, 20));
        await importLines(store, shuffled);
        expect(await bookHash(store.read)).toBe(hash);
        await store.close();
      }),
      { numRuns: 8 },
    );
  });
});
