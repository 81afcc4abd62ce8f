import { describe, expect, test } from 'vitest';
import { loadGenerationRows } from '#app/services/customers/load-generation-rows.ts';
import { loadLedgerRows } from '#app/services/customers/load-ledger-rows.ts';
import type { LedgerRow } from '#app/services/customers/load-ledger-rows.ts';
import { loadPaymentRows } from '#app/services/customers/load-payment-rows.ts';
import { FIRST_INSTANT, LAST_INSTANT } from '#app/lib/instant.ts';
import { decodeCursor } from '#app/services/customers/row-cursor.ts';
import type { RowPage, Scope, Start } from '#app/services/customers/row-cursor.ts';
import {
  NOON,
  entryRow,
  generationRow,
  insertRows,
  paymentRow,
  refundRow,
  setupRow,
} from '#tests/factories/stored-rows.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
const scope = (change: Partial<Scope> = {}): Scope => ({
  customerId: 'org_1',
  from: FIRST_INSTANT,
  until: LAST_INSTANT,
  asOf: LAST_INSTANT,
  ...change,
});

/** A small generator of numbers, so that a failure comes back. */
function numbers(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Many entries share an instant, and some of those a sequence; ids sort otherwise than they came. */
function someEntries(count: number) {
  const next = numbers(7);
  return Array.from({ length: count }, (_, i) =>
    entryRow({
      id: `le_${next(10)}_${i}`,
      occurredAt: NOON + next(30) * 1_000,
      sequence: next(3) - 1,
      credits: -next(40),
      balanceAfter: null,
    }),
  );
}

type Load<Row> = (start: Start) => Promise<RowPage<Row> | null>;

async function walk<Row>(load: Load<Row>, first: Start, side: 'older' | 'newer'): Promise<Row[][]> {
  const pages: Row[][] = [];
  for (let start: Start | null = first; start !== null;) {
    const page: RowPage<Row> | null = await load(start);
    if (page === null) throw new Error('nothing there');
    pages.push(page.rows);
    const cursor: string | null = page[side];
    const place = cursor === null ? null : decodeCursor(cursor);
    start = place === null ? null : { kind: side, place };
  }
  return pages;
}

const byPlace = (
  a: { occurredAt: number; sequence?: number; id: string },
  b: { occurredAt: number; sequence?: number; id: string },
) =>
  a.occurredAt - b.occurredAt ||
  (a.sequence ?? 0) - (b.sequence ?? 0) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

describe('ledger pages', () => {
  test('going down covers every entry once, with the balance of a naive sum', async () => {
    const store = await freshStore();
    const entries = someEntries(150);
    const others = entries.map((entry) => ({ ...entry, id: `x${entry.id}`, customerId: 'org_2' }));
    await store.write((tx) => insertRows(tx, { entries: [...entries, ...others] }));

    const load: Load<LedgerRow> = (start) => loadLedgerRows(store.read, scope(), start, 35);
    const rows = (await walk(load, { kind: 'newest' }, 'older')).flat();

    let balance = 0;
    const naive = [...entries].sort(byPlace).map(({ id, credits }) => {
      balance += credits;
      return { id, balance };
    });
    expect(rows.map((row) => ({ id: row.id, balance: row.balance }))).toEqual(naive.toReversed());
  });

  test('the first entry that says its balance opens the account', async () => {
    const store = await freshStore();
    await store.write((tx) =>
      insertRows(tx, {
        entries: [
          entryRow({ id: 'le_1', credits: -4, balanceAfter: 996 }),
          entryRow({ id: 'le_2', credits: -6, occurredAt: NOON + 1 }),
        ],
      }),
    );
    const page = await loadLedgerRows(store.read, scope(), { kind: 'newest' }, 35);
    expect(page?.rows.map(({ balance }) => balance)).toEqual([990, 996]);
  });

  test('around any entry, then up and down, is the same list at the same places', async () => {
    const store = await freshStore();
    const entries = someEntries(120);
    await store.write((tx) => insertRows(tx, { entries }));
    const load: Load<LedgerRow> = (start) => loadLedgerRows(store.read, scope(), start, 35);
    const all = (await walk(load, { kind: 'newest' }, 'older')).flat();

    for (const id of [all[0], all[3], all[60], all[119]].map((row) => row?.id ?? '')) {
      const middle = await load({ kind: 'around', id });
      if (middle === null) throw new Error('not found');
      const from = all.findIndex((row) => row.id === middle.rows[0]?.id);
      expect(middle.firstIndex).toBe(from);
      expect(middle.rows).toEqual(all.slice(from, from + middle.rows.length));
      expect(middle.rows.some((row) => row.id === id)).toBe(true);

      const above = middle.newer === null ? null : decodeCursor(middle.newer);
      if (above !== null) {
        const pages = await walk(load, { kind: 'newer', place: above }, 'newer');
        expect(pages.toReversed().flat()).toEqual(all.slice(0, from));
      } else expect(from).toBe(0);
      const below = middle.older === null ? null : decodeCursor(middle.older);
      if (below !== null) {
        const pages = await walk(load, { kind: 'older', place: below }, 'older');
        expect(pages.flat()).toEqual(all.slice(from + middle.rows.length));
      } else expect(from + middle.rows.length).toBe(120);
    }
  });

  test('what lies after the instant is hidden and does not count', async () => {
    const store = await freshStore();
    const entries = someEntries(80);
    await store.write((tx) => insertRows(tx, { entries }));
    const until = NOON + 10_000;
    const load: Load<LedgerRow> = (start) =>
      loadLedgerRows(store.read, scope({ until, asOf: until }), start, 35);
    const rows = (await walk(load, { kind: 'newest' }, 'older')).flat();
    const seen = entries.filter(({ occurredAt }) => occurredAt <= until);
    expect(rows).toHaveLength(seen.length);
    expect(rows[0]?.balance).toBe(seen.reduce((sum, { credits }) => sum + credits, 0));
    const hidden = entries.find(({ occurredAt }) => occurredAt > until);
    expect(await load({ kind: 'around', id: hidden?.id ?? '' })).toBeNull();
  });

  test('references that lead nowhere in this customer’s book are said to be lost', async () => {
    const store = await freshStore();
    await store.write((tx) =>
      insertRows(tx, {
        payments: [paymentRow({ id: 'ch_1' }), paymentRow({ id: 'ch_2', customerId: 'org_2' })],
        entries: [
          entryRow({ id: 'a', kind: 'purchase', credits: 1, paymentId: 'ch_1' }),
          entryRow({ id: 'b', kind: 'purchase', credits: 1, paymentId: 'ch_2' }),
          entryRow({ id: 'c', generationId: 'gen_none' }),
          entryRow({ id: 'd' }),
        ],
      }),
    );
    const page = await loadLedgerRows(store.read, scope(), { kind: 'newest' }, 35);
    const lost = page?.rows.map(({ id, paymentLost, generationLost }) => [
      id,
      paymentLost,
      generationLost,
    ]);
    expect(lost).toEqual([
      ['d', false, false],
      ['c', false, true],
      ['b', true, false],
      ['a', false, false],
    ]);
  });
});

describe('payment pages', () => {
  test('payments, refunds and card setups come once each on one time order', async () => {
    const store = await freshStore();
    const next = numbers(11);
    const at = () => NOON + next(12) * 1_000;
    const ids = Array.from({ length: 60 }, (_, i) => `${next(9)}_${i}`);
    const payments = ids.map((id) => paymentRow({ id: `p${id}`, createdAt: at() }));
    // Ids of different types may be equal.
    const refunds = ids.map((id) => refundRow({ id: `p${id}`, createdAt: at() }));
    const setups = ids.slice(0, 30).map((id) => setupRow({ id: `p${id}`, at: at() }));
    await store.write((tx) => insertRows(tx, { payments, refunds, setups }));
    const load = (start: Start) => loadPaymentRows(store.read, scope(), new Map(), start, 35);
    const rows = (await walk(load, { kind: 'newest' }, 'older')).flat();

    expect(new Set(rows.map(({ type, id }) => `${type}:${id}`)).size).toBe(150);
    expect(rows).toHaveLength(150);
    expect(rows.map((row) => row.at)).toEqual(rows.map((row) => row.at).sort((a, b) => b - a));

    const target = rows[77];
    const middle = await load({ kind: 'around', id: `${target?.type}:${target?.id}` });
    expect(middle?.rows).toEqual(
      rows.slice(middle?.firstIndex, (middle?.firstIndex ?? 0) + (middle?.rows.length ?? 0)),
    );
    expect(middle?.rows).toContainEqual(target);
    const above = decodeCursor(middle?.newer ?? '');
    if (above === null) throw new Error('there are newer rows');
    const pages = await walk(load, { kind: 'newer', place: above }, 'newer');
    expect(pages.toReversed().flat()).toEqual(rows.slice(0, middle?.firstIndex));
  });

  test('a capture after the instant was an authorisation then', async () => {
    const store = await freshStore();
    const late = paymentRow({ id: 'ch_1', capturedAt: NOON + 60_000 });
    await store.write((tx) => insertRows(tx, { payments: [late] }));
    const stateAt = async (asOf: number) =>
      (
        await loadPaymentRows(
          store.read,
          scope({ until: asOf, asOf }),
          new Map(),
          { kind: 'newest' },
          35,
        )
      )?.rows[0]?.state;
    expect(await stateAt(NOON + 59_999)).toBe('authorised');
    expect(await stateAt(NOON + 60_000)).toBe('captured');
  });
});

test('a generation shows what was taken, given back, and what the card says', async () => {
  const store = await freshStore();
  await store.write((tx) =>
    insertRows(tx, {
      generations: [
        generationRow({ id: 'gen_1', count: 3, status: 'failed', error: 'model_overloaded' }),
        generationRow({ id: 'gen_2', tier: 'ultra', startedAt: NOON - 1 }),
      ],
      entries: [
        entryRow({ id: 'a', credits: -48, generationId: 'gen_1' }),
        entryRow({
          id: 'b',
          kind: 'return',
          credits: 20,
          generationId: 'gen_1',
          occurredAt: NOON + 5,
        }),
        entryRow({
          id: 'c',
          kind: 'return',
          credits: 4,
          generationId: 'gen_1',
          occurredAt: NOON + 9,
        }),
        entryRow({ id: 'd', credits: -1, generationId: 'gen_1', customerId: 'org_2' }),
      ],
    }),
  );
  const at = (asOf: number) =>
    loadGenerationRows(store.read, scope({ until: asOf, asOf }), [], { kind: 'newest' }, 35);
  const rows = (await at(NOON + 60_000))?.rows;
  expect(rows?.[0]).toMatchObject({
    id: 'gen_1',
    charged: 48,
    returned: 24,
    price: 48,
    status: 'failed',
  });
  expect(rows?.[1]).toMatchObject({ id: 'gen_2', charged: 0, returned: 0, price: null });
  const before = (await at(NOON + 5))?.rows[0];
  expect(before).toMatchObject({ returned: 20, status: 'running', error: null });
});
