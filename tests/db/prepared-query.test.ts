import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { fastAll, preparedQuery, preparedWrite } from '#db/prepared-query.ts';
import { customer, invoice, payment, watermark } from '#db/schema/book.ts';
import { param } from '#db/param.ts';
import { GOOD } from '#tests/factories/good-lines.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { importLines } from '#tests/support/import-lines.ts';

const started = async () => {
  const store = await freshStore();
  await importLines(store, [
    ...Object.values(GOOD),
    { ...GOOD.payment, id: 'ch_2', amount: 1, capturedAt: null, product: 'a\0\ud800' },
    { ...GOOD.customer, id: 'org_2', generationHold: true, reportedBalanceAt: null },
    { ...GOOD.invoice, id: 'in_2', number: null, billTo: { name: '\0' } },
  ]);
  return store;
};

test('rows are what Drizzle itself makes of them', async () => {
  const { read } = await started();
  const queries = [
    read.select().from(customer).orderBy(asc(customer.id)),
    read.select().from(payment).orderBy(asc(payment.id)),
    read.select().from(invoice).orderBy(asc(invoice.id)),
  ];
  for (const query of queries) {
    const rows: unknown[] = await fastAll<unknown>(read, query);
    expect(rows).toEqual(await query);
    expect(rows).toHaveLength(2);
  }
  const sums = read
    .select({
      currency: payment.currency,
      total: sql<number>`sum(${payment.amount})`.mapWith(Number).as('total'),
      latest: sql<number>`max(${payment.createdAt})`.mapWith(payment.createdAt),
    })
    .from(payment)
    .groupBy(payment.currency);
  expect(await fastAll(read, sums)).toEqual(await sums);
});

test('a hot query takes other values at every call, encoded as their columns are', async () => {
  const { read } = await started();
  const find = preparedQuery<{ id: string; from: number }, { id: string; createdAt: number }>((r) =>
    r
      .select({ id: payment.id, createdAt: payment.createdAt })
      .from(payment)
      .where(
        and(
          eq(payment.id, param('id', payment.id)),
          gte(payment.createdAt, param('from', payment.createdAt)),
        ),
      ),
  );
  const createdAt = Date.parse('2026-05-03T09:12:40Z');
  expect(await find(read, { id: 'ch_1', from: createdAt })).toEqual([{ id: 'ch_1', createdAt }]);
  expect(await find(read, { id: 'ch_2', from: 0 })).toEqual([{ id: 'ch_2', createdAt }]);
  expect(await find(read, { id: 'ch_2', from: createdAt + 1 })).toEqual([]);
});

test('a value that is left out is an error, and none is none', async () => {
  const { read } = await started();
  const slots = [param('a', customer.name), param('b', customer.createdAt)] as const;
  const echo = preparedQuery<{ a: string | null; b?: number | null }, { a: string; b: number }>(
    (r) =>
      r
        .select({
          a: sql<string>`coalesce(${slots[0]}, 'nothing')`.mapWith(customer.name),
          b: sql<number>`coalesce(${slots[1]}, ${customer.createdAt})`.mapWith(customer.createdAt),
        })
        .from(customer)
        .where(eq(customer.id, 'org_1')),
  );
  const createdAt = Date.parse('2025-11-03T09:12:44.120Z');
  expect(await echo(read, { a: 'x', b: 5 })).toEqual([{ a: 'x', b: 5 }]);
  expect(await echo(read, { a: null, b: null })).toEqual([{ a: 'nothing', b: createdAt }]);
  await expect(echo(read, { a: 'x' })).rejects.toThrow('no value was given for “b”');
});

test('a hot write changes what the ordinary statement would, and is undone with its write', async () => {
  const store = await started();
  const put = preparedWrite<{ id: string; through: number }>((tx) =>
    tx
      .insert(watermark)
      .values({ id: sql.placeholder('id'), through: sql.placeholder('through') })
      .returning({ id: watermark.id }),
  );
  const kept = () => store.read.select().from(watermark).orderBy(asc(watermark.id));
  const before = await kept();
  const twice = store.write(async (tx) => {
    await put(tx, { id: 'x', through: 5 });
    await put(tx, { id: 'x', through: 6 });
  });
  await expect(twice).rejects.toThrow();
  expect(await kept()).toEqual(before);
  await store.write((tx) => put(tx, { id: 'x', through: 7 }));
  expect(await kept()).toContainEqual(expect.objectContaining({ id: 'x', through: 7 }));
});

test('inside a write it sees what the write has done', async () => {
  const store = await started();
  await store.write(async (tx) => {
    await tx
      .delete(payment)
      .where(inArray(payment.id, ['ch_1']))
      .returning();
    const rows = await fastAll(tx, tx.select({ id: payment.id }).from(payment));
    expect(rows).toEqual([{ id: 'ch_2' }]);
  });
});

test('fields within fields are refused: they would come out flat', async () => {
  const { read } = await started();
  const nested = read
    .select({ payment, customer })
    .from(payment)
    .innerJoin(customer, eq(customer.id, payment.customerId));
  await expect(fastAll<unknown>(read, nested)).rejects.toThrow('selects columns and sql only');
});
