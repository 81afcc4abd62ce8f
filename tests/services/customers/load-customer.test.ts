import { describe, expect, test } from 'vitest';
import type { BookRecord } from '#app/domain/book/records.ts';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { loadCustomer } from '#app/services/customers/load-customer.ts';
import type { CustomerQuery } from '#app/services/customers/load-customer.ts';
import { loadRecord } from '#app/services/customers/record/load-record.ts';
import { loadClosedFlags } from '#app/services/flags/load-closed-flags.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { insertStaff } from '#db/queries/access/staff.ts';
import { entry, generated, invoiced, known, paid, T } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';
import type { SweepWorld } from '#tests/support/sweep-world.ts';

const customer = (change: Partial<Extract<BookRecord, { type: 'customer' }>['record']> = {}) =>
  ({
    type: 'customer',
    record: {
      id: 'org_1',
      name: '<b>Bold</b>',
      email: 'bold@example.test',
      stripeCustomerId: null,
      createdAt: T - DAY,
      timeZone: 'Europe/Berlin',
      reportedBalance: null,
      reportedBalanceAt: null,
      generationHold: null,
      ...change,
    },
  }) satisfies BookRecord;

const view = (world: SweepWorld, ask: Partial<CustomerQuery> = {}, role: Role = 'agent') =>
  loadCustomer(world.as(role), { customerId: 'org_1', asOf: null, period: null, days: 90, ...ask });

/** A payment without credits, 100 entries before it, and one that has not happened yet. */
async function filledWorld(): Promise<SweepWorld> {
  const world = await sweepWorld();
  const entries = Array.from({ length: 100 }, (_, i) =>
    entry({
      id: `le_${i}`,
      credits: i % 7 === 0 ? -1 : 2,
      occurredAt: T - DAY + i * MINUTE,
      kind: 'adjustment',
    }),
  );
  await world.put(
    customer(),
    ...entries,
    entry({ id: 'le_later', kind: 'adjustment', credits: 1_000, occurredAt: T + 3 * DAY }),
    paid({ id: 'ch_1' }),
    invoiced({ id: 'in_1', paymentIds: ['ch_1'] }),
  );
  return world;
}

describe('the account', () => {
  test('says the same from the sweep’s figures as from the whole book', async () => {
    const world = await filledWorld();
    const worked = await view(world);
    await sweepAccounts(world, { customers: 'dirty' });
    const kept = await view(world);
    expect(worked?.flags[0]).toMatchObject({ id: null, rule: 'missing-credits' });
    expect(kept?.flags[0]).toMatchObject({ rule: 'missing-credits', version: 1 });
    expect(kept?.flags[0]?.id).toMatch(/^flg_/);
    const plain = (shown: typeof kept) => ({ ...shown, flags: [], settledFlags: 0 });
    expect(plain(kept)).toEqual(plain(worked));
  });

  test('the balance leaves out what has not happened', async () => {
    const world = await filledWorld();
    await sweepAccounts(world, { customers: 'dirty' });
    const shown = await view(world);
    // 15 of a hundred take one, 85 give two.
    expect(shown?.balance.ledger).toBe(155);
    expect(shown?.ledger.rows[0]).toMatchObject({ id: 'le_99', balance: 155 });
    expect(shown?.ledger.count).toBe(100);
    world.at(T + 3 * DAY);
    expect((await view(world))?.balance.ledger).toBe(1_155);
  });

  test('grace that ends between two sweeps is seen at once, without a write', async () => {
    const world = await filledWorld();
    world.at(T + 15 * MINUTE - 1);
    await sweepAccounts(world, { customers: 'dirty' });
    expect((await view(world))?.flags).toEqual([]);
    world.at(T + 15 * MINUTE);
    expect((await view(world))?.flags).toHaveLength(1);
    expect(await world.flags()).toEqual([]);
  });

  test('what the product reported is held against the balance of that instant', async () => {
    const world = await filledWorld();
    await world.put(customer({ reportedBalance: 14, reportedBalanceAt: T - DAY + 9 * MINUTE }));
    const shown = await view(world);
    // Ten entries until then: two took one, eight gave two; the other ninety gave 141.
    const at = T - DAY + 9 * MINUTE;
    const agreement = { kind: 'agrees' };
    expect(shown?.balance.reported).toEqual({ credits: 14, at, agreement, since: 141 });
  });

  test('an id that only other records name opens, another is not there', async () => {
    const world = await sweepWorld();
    await world.put(generated({ id: 'gen_1' }));
    const shown = await view(world);
    expect(shown?.customer).toBeNull();
    expect(shown?.generations.rows).toHaveLength(1);
    expect(shown?.ledger).toMatchObject({ rows: [], older: null, newer: null, count: 0 });
    expect(await view(world, { customerId: 'org_2' })).toBeNull();
  });

  test('a stream that is not known far enough is said to be waited for', async () => {
    const world = await filledWorld();
    await world.put(known('ledger', T + 10 * MINUTE));
    await sweepAccounts(world, { customers: 'dirty' });
    const shown = await view(world);
    expect(shown?.flags).toEqual([]);
    expect(shown?.streams.find(({ id }) => id === 'ledger')).toEqual({
      id: 'ledger',
      known: 'through',
      through: T + 10 * MINUTE,
      waitsFor: T + 15 * MINUTE,
    });
  });
});

describe('the past', () => {
  test('shows what was there then, with the flags of then', async () => {
    const world = await filledWorld();
    await sweepAccounts(world, { customers: 'dirty' });
    const asOf = T - DAY + 49 * MINUTE;
    const then = await view(world, { asOf });
    expect(then?.at).toBe(asOf);
    expect(then?.ledger.rows[0]?.id).toBe('le_49');
    expect(then?.balance.ledger).toBe(then?.ledger.rows[0]?.balance);
    expect(then?.payments.rows).toEqual([]);
    expect(then).toMatchObject({ flags: [], settledFlags: null });
    const late = await view(world, { asOf: T + 15 * MINUTE });
    expect(late?.flags[0]).toMatchObject({ id: null, rule: 'missing-credits' });
  });

  test('before the customer was made there is no name', async () => {
    const world = await filledWorld();
    expect((await view(world, { asOf: T - 2 * DAY }))?.customer).toBeNull();
  });
});

test('a period shows its rows only, with the balance they had', async () => {
  const world = await filledWorld();
  await sweepAccounts(world, { customers: 'dirty' });
  const all = await view(world);
  const period = { from: T - DAY + 90 * MINUTE, until: T - DAY + 95 * MINUTE };
  const shown = await view(world, { period });
  expect(shown?.ledger.rows).toEqual(all?.ledger.rows.slice(4, 10));
});

describe('flags', () => {
  test('only those who may assign are told to whom', async () => {
    const world = await filledWorld();
    const person = { createdAt: T, passwordHash: null, disabledAt: null, demo: true };
    const staff = (role: Role) => ({ ...person, id: role, email: role, name: role, role });
    await world.store.write(async (tx) => {
      for (const role of ['agent', 'auditor'] as const) await insertStaff(tx, staff(role));
    });
    expect((await view(world, {}, 'agent'))?.assignees).toEqual([]);
    expect((await view(world, {}, 'lead'))?.assignees).toEqual([{ id: 'agent', name: 'agent' }]);
    expect((await view(world, { asOf: T }, 'lead'))?.assignees).toEqual([]);
  });

  test('one that has closed is among the settled, with its history', async () => {
    const world = await filledWorld();
    await sweepAccounts(world, { customers: 'dirty' });
    await world.put(
      entry({
        id: 'le_grant',
        kind: 'adjustment',
        credits: 5_000,
        paymentId: 'ch_1',
        occurredAt: T + HOUR / 2,
      }),
    );
    await sweepAccounts(world, { customers: 'dirty' });
    const shown = await view(world);
    expect(shown).toMatchObject({ openFlags: 0, settledFlags: 1 });
    const [settled] = await loadClosedFlags(world, 'org_1');
    expect(settled?.state).toBe('closed');
    expect(settled?.history.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['opened', null],
      ['closed', null],
    ]);
  });
});

describe('one record', () => {
  test('names its partners, and what it names in vain', async () => {
    const world = await filledWorld();
    await world.put(
      entry({
        id: 'le_grant',
        kind: 'purchase',
        credits: 1,
        paymentId: 'ch_1',
        generationId: 'gen_none',
      }),
    );
    const ask = { customerId: 'org_1', asOf: null };
    const payment = await loadRecord(world, { ...ask, ref: 'payment:ch_1' });
    expect(payment?.partners).toEqual(['ledgerEntry:le_grant']);
    expect(payment?.fields).toContainEqual({
      label: 'Invoice',
      text: 'in_1',
      ref: 'invoice:in_1',
      lost: false,
    });
    const grant = await loadRecord(world, { ...ask, ref: 'ledgerEntry:le_grant' });
    expect(grant?.partners).toEqual(['payment:ch_1']);
    expect(grant?.fields).toContainEqual({
      label: 'Generation',
      text: 'gen_none',
      ref: 'generation:gen_none',
      lost: true,
    });
  });

  test.each(['payment:ch_none', 'nonsense', 'toString:x', 'payment:', 'customer:org_2'])(
    '%s is not there',
    async (ref) => {
      const world = await filledWorld();
      const ask = { customerId: 'org_1', asOf: null };
      expect(await loadRecord(world, { ...ask, ref })).toBeNull();
    },
  );

  test('another customer’s record is not there', async () => {
    const world = await filledWorld();
    const ask = { customerId: 'org_2', asOf: null };
    expect(await loadRecord(world, { ...ask, ref: 'payment:ch_1' })).toBeNull();
  });
});
