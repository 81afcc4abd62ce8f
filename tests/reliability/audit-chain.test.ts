import { expect, test } from 'vitest';
import { BEFORE_FIRST, EMPTY_CHAIN, follows } from '#app/domain/audit/chain.ts';
import type { ChainEnd, ChainedEvent } from '#app/domain/audit/chain.ts';
import { hashOf } from '#db/audit-hash.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { auditEvent } from '#db/schema/audit.ts';
import type { Read } from '#db/store.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

const rowsOf = async (read: Read): Promise<ChainedEvent[]> =>
  read.select().from(auditEvent).orderBy(auditEvent.seq);

const isChain = (rows: readonly ChainedEvent[]): boolean => {
  let end: ChainEnd = EMPTY_CHAIN;
  for (const row of rows) {
    if (follows(end, row, hashOf(end.hash, row)) !== null) return false;
    end = row;
  }
  return true;
};

test('rows are numbered without gaps and each is bound to the one before it', async () => {
  const store = await freshStore();
  for (let i = 0; i < 5; i += 1)
    await store.write((tx) => appendAudit(tx, { id: `aud_${i}`, at: 1_000 + i, kind: 'test.one' }));
  const rows = await rowsOf(store.read);
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  expect(rows[0]?.prevHash).toBe(BEFORE_FIRST);
  expect(isChain(rows)).toBe(true);
});

test('a write that is undone leaves no gap, several rows of one write follow each other', async () => {
  const store = await freshStore();
  const append = (id: string) => ({ id, at: 1, kind: 'test.one' });
  await store.write((tx) => appendAudit(tx, append('a')));
  const undone = store.write(async (tx) => {
    await appendAudit(tx, append('b'));
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await store.write(async (tx) => {
    await appendAudit(tx, append('c'));
    await appendAudit(tx, append('d'));
  });
  const rows = await rowsOf(store.read);
  expect(rows.map(({ seq, id }) => [seq, id])).toEqual([
    [1, 'a'],
    [2, 'c'],
    [3, 'd'],
  ]);
  expect(isChain(rows)).toBe(true);
});

test('any text and figure comes back with the hash it was stored with', async () => {
  const store = await freshStore();
  const odd = ['\0', '\ud800', '\ufdd0', '😀', '\u2028', '"\\', '', 'é', 'e\u0301'];
  const numbers = { z: 0.1, a: 1e21, n: -0, m: Number.MAX_SAFE_INTEGER, t: true, o: null };
  for (const [i, text] of odd.entries())
    await store.write((tx) =>
      appendAudit(tx, {
        ...{ id: `aud_${i}`, at: -62_167_219_200_000 + i, kind: `k${text}`, customerId: text },
        detail: { ...numbers, [`key${text}`]: text },
      }),
    );
  expect(isChain(await rowsOf(store.read))).toBe(true);
});

test('forty at once all get their place, whatever they race with', async () => {
  const store = await freshStore();
  const writes = Array.from({ length: 40 }, (_, i) =>
    store.write((tx) => appendAudit(tx, { id: `aud_${i}`, at: i, kind: 'test.one' })),
  );
  await Promise.all(writes);
  const rows = await rowsOf(store.read);
  expect(rows).toHaveLength(40);
  expect(isChain(rows)).toBe(true);
});
