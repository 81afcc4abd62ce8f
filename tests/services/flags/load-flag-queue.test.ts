import { describe, expect, test } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { countOpenFlags } from '#app/services/flags/count-open-flags.ts';
import { decideFlags } from '#app/services/flags/decide-flags.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { loadFlagHistory } from '#app/services/flags/load-flag-history.ts';
import { loadFlagQueue } from '#app/services/flags/load-flag-queue.ts';
import { insertFlags } from '#db/queries/flags/flags.ts';
import { insertStaff } from '#db/queries/access/staff.ts';
import { customer } from '#db/schema/book.ts';
import { openFlag } from '#tests/factories/flags.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

const NOW = 1_000 * DAY + 5_000;
const ASK = { state: 'open', sort: 'money' } as const;

/** Three open flags of two rules and a closed one; staff of each role. */
const world = async (role: Role = 'lead'): Promise<StaffDeps> => {
  const store = await freshStore();
  let made = 0;
  await store.write(async (tx) => {
    for (const one of ['agent', 'lead', 'auditor'] as const) {
      const row = { id: `stf_${one}`, email: `${one}@x.test`, name: one, role: one, createdAt: 0 };
      await insertStaff(tx, row);
    }
    await tx.insert(customer).values({ id: 'org_1', name: 'Løvely', email: 'a@b.c', createdAt: 0 });
    const flag = (id: string, change: Parameters<typeof openFlag>[0]) =>
      openFlag({ id, subject: `payment:${id}`, openedAt: NOW - 1_000, changedAt: 1, ...change });
    await insertFlags(tx, [
      flag('flg_a', {}),
      flag('flg_b', { atRisk: 9_900, assigneeId: 'stf_agent', openedAt: NOW - 2 * DAY }),
      flag('flg_c', { rule: 'missing-invoice', severity: 'low', customerId: 'org_2' }),
      flag('flg_d', { state: 'closed', closedAt: 3, reason: 'settled' }),
    ]);
  });
  const actor = { staffId: `stf_${role}`, name: role, email: `${role}@x.test`, role };
  return {
    store,
    now: () => NOW,
    newId: (prefix) => `${prefix}_${(made += 1)}`,
    actor,
    ticket: null,
  };
};

describe('the queue', () => {
  test('has rows worst first, counts by rule and by severity, and days', async () => {
    const queue = await loadFlagQueue(await world(), ASK);
    expect(queue?.rows.map(({ id }) => id)).toEqual(['flg_b', 'flg_a', 'flg_c']);
    expect(queue?.rows[0]).toMatchObject({
      customerName: 'Løvely',
      assigneeName: 'agent',
      atRisk: '$99.00',
      credits: '5,000',
      title: 'Missing credits',
    });
    expect(queue).toMatchObject({
      total: 3,
      bySeverity: { critical: 0, high: 2, medium: 0, low: 1 },
      rules: [
        { rule: 'missing-credits', count: 2 },
        { rule: 'missing-invoice', count: 1 },
      ],
      staff: [{ id: 'stf_agent' }, { id: 'stf_lead' }],
    });
    expect(queue?.days.length).toBe(30);
    expect(queue?.rules[0]?.opened.slice(-3)).toEqual([1, 0, 2]);
  });

  test('filters: the rule keeps the other rules’ counts in view', async () => {
    const app = await world();
    const byRule = await loadFlagQueue(app, { ...ASK, rule: 'missing-invoice' });
    expect(byRule).toMatchObject({ total: 1, rows: [{ id: 'flg_c' }] });
    expect(byRule?.rules.map(({ count }) => count)).toEqual([2, 1]);
    const bySeverity = await loadFlagQueue(app, { ...ASK, severity: 'high' });
    expect(bySeverity?.total).toBe(2);
    const ofNobody = await loadFlagQueue(app, { ...ASK, assignee: 'nobody' });
    expect(ofNobody?.rows.map(({ id }) => id)).toEqual(['flg_a', 'flg_c']);
    const mine = await loadFlagQueue(app, { ...ASK, assignee: 'me' });
    expect(mine?.total).toBe(0);
    expect(await loadFlagQueue(app, { ...ASK, assignee: 'stf_agent' })).toMatchObject({ total: 1 });
    expect(await loadFlagQueue(app, { ...ASK, assignee: 'stf_nobody' })).toBeNull();
  });
});

test('one decision for several flags: what one refuses stops no other', async () => {
  const app = await world();
  expect(await countOpenFlags(app)).toBe(3);
  const flags = ['flg_a', 'flg_b', 'flg_none', 'flg_d'].map((flagId) => ({ flagId, version: 1 }));
  flags[1] = { flagId: 'flg_b', version: 7 };
  const outcomes = await decideFlags(app, flags, { intent: 'dismiss', reason: 'A test account' });
  expect(outcomes.map(({ refused }) => refused)).toEqual([
    null,
    'changed_meanwhile',
    'not_found',
    'closed',
  ]);
  expect(outcomes[1]?.says).toBe('This flag changed since the page loaded.');
  expect(await countOpenFlags(app)).toBe(2);
  const history = await loadFlagHistory(app, 'flg_a');
  expect(history?.steps).toMatchObject([{ says: 'Dismissed: A test account', actorName: 'lead' }]);
  expect(await loadFlagHistory(app, 'flg_none')).toBeNull();
});

test('an auditor’s decision is refused whatever it is', async () => {
  const app = await world('auditor');
  for (const choice of [
    { intent: 'dismiss', reason: 'Because' },
    { intent: 'snooze', reason: 'Because', until: NOW + DAY },
    { intent: 'assign', assigneeId: null },
  ] as const) {
    const [outcome] = await decideFlags(app, [{ flagId: 'flg_c', version: 1 }], choice);
    expect(outcome?.refused).toBe('not_yours');
  }
  expect((await loadFlagHistory(app, 'flg_c'))?.steps).toEqual([]);
});
