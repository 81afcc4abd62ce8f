import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#app/lib/instant.ts';
import { dismissFlag, snoozeFlag } from '#app/services/flags/decide-flag.ts';
import { sweepAccounts, sweepDueAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { findAccount } from '#db/queries/book/accounts.ts';
import { historyOfFlag } from '#db/queries/flags/flags.ts';
import { T, entry, generated, invoiced, known, paid } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';
import type { SweepWorld } from '#tests/support/sweep-world.ts';

const invoice = invoiced({ id: 'in_1', paymentIds: ['ch_1'] });
/** Something in the ledger, so that it counts as known. */
const opening = entry({ id: 'le_0', kind: 'adjustment', credits: 100, occurredAt: T - HOUR });
const grant = (credits: number) =>
  entry({ id: 'le_1', kind: 'purchase', credits, paymentId: 'ch_1', occurredAt: T + MINUTE });
const sweep = (world: SweepWorld) => sweepAccounts(world, { customers: 'dirty' });
const all = (world: SweepWorld) => sweepAccounts(world, { customers: 'all' });

/** A payment whose credits have not come, swept. */
const missing = async (): Promise<SweepWorld> => {
  const world = await sweepWorld();
  await world.put(opening, invoice, paid({ id: 'ch_1' }));
  await sweep(world);
  return world;
};

describe('the life of a flag', () => {
  it('opens with the figures of its finding', async () => {
    const world = await missing();
    expect(await world.flag()).toMatchObject({
      rule: 'missing-credits',
      subject: 'payment:ch_1',
      customerId: 'org_1',
      severity: 'high',
      credits: 5_000,
      atRisk: 4_900,
      atRiskCurrency: 'usd',
      since: T,
      state: 'open',
      openedAt: T + HOUR,
      version: 1,
    });
    expect(await world.history()).toEqual(['opened']);
  });

  it('changes with its figures, closes with the reason, re-opens when the finding is back', async () => {
    const world = await missing();
    await world.put(grant(1_000));
    await sweep(world);
    expect(await world.flag()).toMatchObject({ state: 'open', credits: 4_000, version: 2 });
    await world.put(grant(5_000));
    await sweep(world);
    expect(await world.flag()).toMatchObject({
      state: 'closed',
      closedAt: T + HOUR,
      reason: 'The credits due have been granted, or fewer are due than before.',
    });
    world.at(T + 2 * HOUR);
    await world.put(grant(4_999));
    await sweep(world);
    expect(await world.flag()).toMatchObject({
      state: 'open',
      credits: 1,
      openedAt: T + 2 * HOUR,
      closedAt: null,
      reason: null,
    });
    expect(await world.history()).toEqual(['opened', 'changed', 'closed', 'reopened']);
  });

  it('closes where a watermark says that nobody can tell any more', async () => {
    const world = await missing();
    await world.put(known('ledger', T + 14 * MINUTE));
    await sweep(world);
    expect(await world.flag()).toMatchObject({
      state: 'closed',
      reason: 'Can’t check any more: ledger must be known to 2026-05-04T12:15:00.000Z.',
    });
  });

  it('dismissed, it stays so until figures or evidence change', async () => {
    const world = await missing();
    const { id, version } = await world.flag();
    const answer = await dismissFlag(world.as('lead'), { flagId: id, version, reason: 'A test.' });
    expect(answer).toMatchObject({ ok: true, flag: { state: 'dismissed', reason: 'A test.' } });
    await world.put(entry({ id: 'le_2', credits: -1, occurredAt: T + 2 * MINUTE }));
    await sweep(world);
    expect(await world.flag()).toMatchObject({ state: 'dismissed', version: version + 1 });
    await world.put(grant(1));
    await sweep(world);
    expect(await world.flag()).toMatchObject({ state: 'open', credits: 4_999, reason: null });
    expect(await world.history()).toEqual(['opened', 'dismissed', 'reopened']);
  });

  it('dismissed, it closes when the condition is gone and re-opens when it is back', async () => {
    const world = await missing();
    const { id, version } = await world.flag();
    await dismissFlag(world.as('lead'), { flagId: id, version, reason: 'A test.' });
    await world.put(grant(5_000));
    await sweep(world);
    expect(await world.flag()).toMatchObject({ state: 'closed' });
    await world.put(grant(0));
    await sweep(world);
    expect(await world.flag()).toMatchObject({ state: 'open' });
  });

  it('snoozed, it is due again at its instant, not a millisecond before', async () => {
    const world = await missing();
    const { id, version } = await world.flag();
    const until = T + 5 * HOUR;
    await snoozeFlag(world.as('lead'), { flagId: id, version, until, reason: 'Strike.' });
    world.at(until - 1);
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 0 });
    world.at(until);
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 1 });
    expect(await world.flag()).toMatchObject({ state: 'open', snoozedUntil: null, reason: null });
    expect(await world.history()).toEqual(['opened', 'snoozed', 'snooze_ended']);
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 0 });
  });

  it('snoozed, it closes before its instant when the condition is gone', async () => {
    const world = await missing();
    const { id, version } = await world.flag();
    const until = T + 5 * HOUR;
    await snoozeFlag(world.as('lead'), { flagId: id, version, until, reason: 'Strike.' });
    await world.put(grant(5_000));
    await sweep(world);
    expect(await world.flag()).toMatchObject({ state: 'closed', snoozedUntil: null });
  });

  it('moves with its record to another customer', async () => {
    const world = await missing();
    const { id } = await world.flag();
    const other = { customerId: 'org_2' };
    await world.put(
      paid({ id: 'ch_1', ...other }),
      invoiced({ id: 'in_1', paymentIds: ['ch_1'], ...other }),
    );
    await sweep(world);
    expect(await world.flags()).toEqual([]);
    expect(await world.flag('org_2')).toMatchObject({ id, state: 'open', rule: 'missing-credits' });
    const events = await historyOfFlag(world.store.read, id);
    expect(events.at(-1)).toMatchObject({
      kind: 'changed',
      detail: { customerId: 'org_2', customerIdBefore: 'org_1' },
    });
  });

  it('moves too where the customers are swept one after the other', async () => {
    for (const order of [
      ['org_1', 'org_2'],
      ['org_2', 'org_1'],
    ]) {
      const world = await missing();
      const other = { customerId: 'org_2' };
      await world.put(
        paid({ id: 'ch_1', ...other }),
        invoiced({ id: 'in_1', paymentIds: ['ch_1'], ...other }),
      );
      for (const id of order) await sweepAccounts(world, { customers: [id] });
      expect(await world.flags()).toEqual([]);
      expect(await world.flag('org_2')).toMatchObject({ state: 'open' });
    }
  });

  it('says model and error of a generation', async () => {
    const world = await sweepWorld();
    await world.put(
      opening,
      generated({ id: 'gen_1', status: 'failed', error: 'model_overloaded' }),
      entry({ id: 'le_1', generationId: 'gen_1' }),
    );
    await sweep(world);
    expect(await world.flag()).toMatchObject({
      rule: 'failed-generation-charge',
      facts: { model: 'flux-2', error: 'model_overloaded' },
    });
    expect(await all(world)).toMatchObject({ written: 0, events: {} });
  });
});

describe('what is due', () => {
  it('a grace that ends makes a flag with nobody pressing anything', async () => {
    const world = await sweepWorld();
    world.at(T + MINUTE);
    await world.put(opening, invoice, paid({ id: 'ch_1' }));
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 1, findings: 0 });
    world.at(T + 15 * MINUTE - 1);
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 0 });
    world.at(T + 15 * MINUTE);
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 1, events: { opened: 1 } });
  });

  it('a stream that comes far enough makes a flag', async () => {
    const world = await sweepWorld();
    await world.put(known('ledger', T), invoice, paid({ id: 'ch_1' }));
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 1, findings: 0 });
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 0 });
    await world.put(known('ledger', T + 15 * MINUTE - 1));
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 0 });
    await world.put(known('ledger', T + 15 * MINUTE));
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 1, events: { opened: 1 } });
  });

  it('so does the first record of a stream that was unknown', async () => {
    const world = await sweepWorld();
    await world.put(invoice, paid({ id: 'ch_1' }));
    expect(await sweepDueAccounts(world)).toMatchObject({ customers: 1, findings: 0 });
    await world.put(entry({ id: 'le_9', customerId: 'org_9', kind: 'return', credits: 1 }));
    expect(await sweepDueAccounts(world)).toMatchObject({ events: { opened: 1 } });
  });

  it('an account keeps what its page would have to sum', async () => {
    const world = await missing();
    await world.put(grant(4_000), entry({ id: 'le_2', occurredAt: T + 24 * HOUR }));
    await sweep(world);
    expect(await findAccount(world.store.read, 'org_1')).toMatchObject({
      dirty: false,
      sweptAt: T + HOUR,
      opening: 0,
      total: 4_076,
      entries: 3,
      payments: 1,
      generations: 0,
      daily: [
        [20_577, 4_100],
        [20_578, 4_076],
      ],
      nextCheck: T + 24 * HOUR,
    });
  });
});
