import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#app/lib/instant.ts';
import { DEFAULT_POLICY_JSON } from '#app/domain/policy/policy.ts';
import { addPolicyVersion } from '#tests/support/add-policy-version.ts';
import { sweepAccounts, sweepDueAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { findAccount } from '#db/queries/book/accounts.ts';
import { account } from '#db/schema/account.ts';
import { flag, flagEvent } from '#db/schema/flag.ts';
import type { Store } from '#db/store-types.ts';
import { T, entry, invoiced, paid } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';
import type { SweepWorld } from '#tests/support/sweep-world.ts';
const CUSTOMERS = Array.from({ length: 40 }, (_, i) => `org_${i}`);
const opening = entry({ id: 'le_0', kind: 'adjustment', credits: 100, occurredAt: T - HOUR });
const grant = (credits = 5_000) =>
  entry({ id: 'le_1', kind: 'purchase', credits, paymentId: 'ch_1', occurredAt: T + MINUTE });
const missing = [opening, invoiced({ id: 'in_1', paymentIds: ['ch_1'] }), paid({ id: 'ch_1' })];

const rowsOf = async ({ read }: Store) => ({
  accounts: await read.select().from(account).orderBy(account.customerId),
  flags: await read.select().from(flag).orderBy(flag.id),
  events: await read.select().from(flagEvent).orderBy(flagEvent.id),
});

/** Forty customers, each with a payment that has neither credits nor invoice. */
const crowd = async (): Promise<SweepWorld> => {
  const world = await sweepWorld();
  await world.put(
    opening,
    invoiced({ id: 'in_0', customerId: 'org_x' }),
    ...CUSTOMERS.map((customerId, i) => paid({ id: `ch_${i}`, customerId, capturedAt: T - HOUR })),
  );
  return world;
};

describe('a sweep', () => {
  it('changes nothing the second time', async () => {
    const world = await crowd();
    const first = await sweepAccounts(world, { customers: 'all' });
    expect(first).toMatchObject({ customers: 41, findings: 80, events: { opened: 80 } });
    const before = await rowsOf(world.store);
    world.at(T + HOUR + MINUTE);
    expect(await sweepAccounts(world, { customers: 'all' })).toEqual({
      customers: 41,
      findings: 80,
      events: {},
      skipped: 0,
      written: 0,
    });
    expect(await rowsOf(world.store)).toEqual(before);
  });

  it('settles the same in batches of any size', async () => {
    const world = await crowd();
    await sweepAccounts(world, { customers: 'all', mostRows: 1 });
    expect(await sweepAccounts(world, { customers: 'dirty' })).toMatchObject({ customers: 0 });
    expect(await sweepAccounts(world, { customers: 'all' })).toMatchObject({
      findings: 80,
      written: 0,
    });
  });

  it('writes nothing when it is dry, nor when it looks at another instant', async () => {
    const world = await crowd();
    const before = await rowsOf(world.store);
    await sweepAccounts(world, { customers: 'all', dryRun: true });
    const early = await sweepAccounts(world, { customers: 'all', asOf: T - HOUR, dryRun: true });
    expect(early.findings).toBe(0);
    expect(await rowsOf(world.store)).toEqual(before);
  });

  it('leaves an account due whose records arrive while it is being judged', async () => {
    const world = await sweepWorld();
    await world.put(...missing);
    const raced = await sweepAccounts(world, {
      customers: 'dirty',
      onEvaluated: () => world.put(grant()),
    });
    expect(raced).toMatchObject({ findings: 1, skipped: 1, written: 0, events: {} });
    expect(await world.flags()).toEqual([]);
    expect(await findAccount(world.store.read, 'org_1')).toMatchObject({ dirty: true });
    expect(await sweepDueAccounts(world)).toMatchObject({ findings: 0, written: 1 });
    expect(await findAccount(world.store.read, 'org_1')).toMatchObject({ dirty: false });
  });

  it('of an earlier instant never undoes what a later one has settled', async () => {
    const world = await sweepWorld();
    world.at(T + 14 * MINUTE);
    await world.put(...missing);
    const overtaken = await sweepAccounts(world, {
      customers: 'dirty',
      onEvaluated: async () => {
        world.at(T + 15 * MINUTE);
        await sweepAccounts(world, { customers: 'dirty' });
      },
    });
    expect(overtaken).toMatchObject({ findings: 0, skipped: 1, written: 0 });
    expect(await world.flag()).toMatchObject({ state: 'open', version: 1 });
  });
});

describe('a policy', () => {
  const grace = { ...DEFAULT_POLICY_JSON.grace, credit_pack: '2h' };
  const generous = { ...DEFAULT_POLICY_JSON, grace };

  it('active at once makes every account due', async () => {
    const world = await sweepWorld();
    await world.put(...missing);
    await sweepDueAccounts(world);
    await addPolicyVersion(world.as('admin'), { appliesFrom: T, policy: generous });
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 1, events: { closed: 1 } });
    world.at(T + 2 * HOUR);
    expect(await sweepDueAccounts(world)).toMatchObject({ events: { reopened: 1 } });
  });

  it('of the future counts from its instant on', async () => {
    const world = await sweepWorld();
    await world.put(...missing);
    const appliesFrom = T + 90 * MINUTE;
    await addPolicyVersion(world.as('admin'), { appliesFrom, policy: generous });
    expect(await sweepDueAccounts(world)).toMatchObject({ events: { opened: 1 } });
    world.at(appliesFrom - 1);
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 0 });
    world.at(appliesFrom);
    expect(await sweepDueAccounts(world)).toMatchObject({ events: { closed: 1 } });
  });
});
