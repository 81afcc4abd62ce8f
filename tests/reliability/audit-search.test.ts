import { expect, test } from 'vitest';
import { loadAuditPage } from '#app/services/audit/load-audit-lines.ts';
import type { AuditQuery } from '#app/services/audit/load-audit-lines.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { insertStaff } from '#db/queries/access/staff.ts';
import { fillLog } from '#tests/support/audit-tools.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

const START = Date.parse('2026-05-03T09:00:00Z');

/** 150 rows of four people, the last by the program itself. */
const world = async () => {
  const store = await freshStore();
  await store.write(async (tx) => {
    for (let i = 0; i < 4; i += 1) {
      const who = { id: `stf_${i}`, email: `p${i}@demo.test`, name: `Person ${i}` };
      await insertStaff(tx, { ...who, role: 'agent', createdAt: START });
    }
  });
  await fillLog(store, 149);
  const own = { id: 'aud_z', at: START, kind: 'stripe-refund.succeeded' };
  await store.write((tx) => appendAudit(tx, { ...own, customerId: 'cus_1' }));
  const actor = {
    staffId: 'stf_2',
    name: 'Person 2',
    email: 'p2@demo.test',
    role: 'lead',
  } as const;
  const deps = { store, now: () => START, newId: () => 'none', actor, ticket: null };
  const all = async (ask: AuditQuery) => {
    const seqs: number[] = [];
    let after = ask.after;
    for (;;) {
      const page = await loadAuditPage(deps, { ...ask, after });
      if (page === null) return null;
      seqs.push(...page.rows.map(({ seq }) => seq));
      if (page.next === null) return seqs;
      after = page.next;
    }
  };
  return { deps, all };
};

const numbers = (holds: (i: number) => boolean): number[] =>
  Array.from({ length: 149 }, (_, i) => i)
    .filter(holds)
    .map((i) => i + 1)
    .toReversed();

test('each filter finds its rows and no others, newest first, page after page', async () => {
  const { all } = await world();
  // The program's row is as old as the first.
  expect(await all({})).toEqual([...numbers((i) => i > 0), 150, 1]);
  expect(await all({ customerId: 'cus_1' })).toEqual([...numbers((i) => i % 7 === 1), 150]);
  expect(await all({ person: 'stf_1' })).toEqual(numbers((i) => i % 4 === 1));
  expect(await all({ person: 'me' })).toEqual(numbers((i) => i % 4 === 2));
  expect(await all({ person: 'nobody' })).toEqual([150]);
  expect(await all({ kind: 'flag.dismissed' })).toEqual(numbers((i) => i % 3 !== 0));
  expect(await all({ ticket: 'ZD-8' })).toEqual([9]);
  const [from, to] = [START + 10 * 61_000, START + 20 * 61_000];
  expect(await all({ from, to })).toEqual(numbers((i) => i >= 10 && i <= 20));
  expect(await all({ from, to, person: 'stf_1', kind: 'customer.viewed' })).toEqual(
    numbers((i) => i >= 10 && i <= 20 && i % 4 === 1 && i % 3 === 0),
  );
  expect(await all({ customerId: 'cus_none' })).toEqual([]);
  expect(await all({ person: 'stf_none' })).toBeNull();
});

test('a row is told in words, with the name of who did it', async () => {
  const { deps } = await world();
  const page = await loadAuditPage(deps, { ticket: 'ZD-8' });
  expect(page?.rows).toMatchObject([
    {
      seq: 9,
      says: 'Dismissed the flag: Checked by hand, case 8',
      actorName: 'Person 0',
      customerId: 'cus_1',
      subject: 'flag:flg_8',
      fields: [
        { label: 'Credits', text: '56' },
        { label: 'Reason', text: 'Checked by hand, case 8' },
      ],
    },
  ]);
  expect(page?.staff.map(({ name }) => name)).toContain('Person 3');
  // People are chosen by id: nobody's e-mail reaches the page.
  expect(JSON.stringify(page)).not.toContain('@');
});
