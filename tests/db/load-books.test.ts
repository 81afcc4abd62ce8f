import { describe, expect, it } from 'vitest';
import { compareIds } from '#app/domain/book/order.ts';
import { loadBooks } from '#db/queries/book/books.ts';
import { packedSqlOf } from '#db/packed/packed-rows.ts';
import { BOOK_TABLES } from '#db/queries/book/book-tables.ts';
import { sqliteParts } from '#db/sqlite.ts';
import { entry, generated, invoiced, paid, T } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';

describe('loading books', () => {
  it('gives back every value as it was loaded', async () => {
    const world = await sweepWorld();
    const products = [null, '', '=', 'a\u0000b', '\ufdd0', '\ufdd0x', '\ud800', 'x\u001fy', '😀'];
    const seconds = [
      null,
      0.1,
      0.1 + 0.2,
      5.000000000000001,
      1e-7,
      123_456.789,
      7,
      9_007_199_254_740_991,
      2 / 3,
    ];
    await world.put(
      ...products.map((product, i) => paid({ id: `ch_${i}`, product })),
      ...seconds.map((durationSeconds, i) => generated({ id: `g_${i}`, durationSeconds })),
      invoiced({ id: 'in_1', paymentIds: products.map((text) => `"${text}\\`) }),
      invoiced({ id: 'in_2', createdAt: T + 1 }),
    );
    for (const range of [true, false]) {
      const [book] = await loadBooks(world.store.read, { ids: ['org_1'], range });
      expect(book?.payments.map(({ product }) => product)).toEqual(products);
      expect(book?.generations.map((one) => one.durationSeconds)).toEqual(seconds);
      expect(book?.invoices.map(({ paymentIds }) => paymentIds)).toEqual([
        products.map((text) => `"${text}\\`),
        [],
      ]);
    }
  });

  it('orders entries by instant, sequence and id, ids as plain strings', async () => {
    const world = await sweepWorld();
    const ids = ['ﬁ', '😀', 'z', 'a\u0000', 'a', 'Z', '\ud800', '\u00e9'];
    await world.put(
      ...ids.map((id) => entry({ id, sequence: 1 })),
      entry({ id: 'last', occurredAt: T + 1, sequence: 0 }),
      entry({ id: 'zero', sequence: 0 }),
      entry({ id: 'minus', sequence: -1 }),
    );
    const [book] = await loadBooks(world.store.read, { ids: ['org_1'], range: false });
    expect(book?.entries.map(({ id }) => id)).toEqual([
      'minus',
      'zero',
      ...ids.toSorted(compareIds),
      'last',
    ]);
  });

  it('keeps customers apart, in the order requested, whatever their ids', async () => {
    const world = await sweepWorld();
    const ids = ['b', 'a\u0000', '\ud800', "'", 'a'];
    await world.put(...ids.map((id) => entry({ id: `le ${id}`, customerId: id })));
    const books = await loadBooks(world.store.read, { ids: [...ids, 'nobody'], range: false });
    expect(books.map(({ customerId, entries }) => [customerId, entries[0]?.id])).toEqual([
      ...ids.map((id) => [id, `le ${id}`]),
      ['nobody', undefined],
    ]);
    const some = await loadBooks(world.store.read, { ids: ["'", 'b'], range: true });
    expect(some.map(({ entries }) => entries.length)).toEqual([1, 1]);
  });

  it('reads the large tables from their indexes alone', async () => {
    const { store } = await sweepWorld();
    const connection = sqliteParts(store)?.reader;
    if (!connection) return;
    const planOf = (table: 'entries' | 'generations' | 'payments') => {
      const sql = packedSqlOf(BOOK_TABLES[table], 'between ? and ?');
      return JSON.stringify(connection.prepare(`explain query plan ${sql}`).all('a', 'b'));
    };
    expect(planOf('entries')).toContain('USING COVERING INDEX ledger_entry_book');
    expect(planOf('generations')).toContain('USING COVERING INDEX generation_book');
    for (const table of ['entries', 'generations', 'payments'] as const) {
      expect(planOf(table)).not.toContain('TEMP B-TREE');
    }
  });
});
