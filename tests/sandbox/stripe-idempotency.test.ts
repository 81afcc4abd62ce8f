import { describe, expect, it } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import { LATER, localStripe, refundText, refusal } from '#tests/support/local-stripe.ts';

const KEY = { idempotencyKey: 'refund:op_1:1' };

describe('the local Stripe keeps the first result of a key', () => {
  it('replays it for the same parameters, and does nothing more', async () => {
    const { client, world } = await localStripe();
    const first = await client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    const again = await client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(world.all('refund')).toHaveLength(1);
    expect(world.get('charge', 'ch_1')?.amountRefunded).toBe(100);
  });

  it('refuses other parameters and other endpoints under the key', async () => {
    const { client, world } = await localStripe();
    await client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    expect(
      await refusal(client.refunds.create({ charge: 'ch_1', amount: 101 }, KEY)),
    ).toMatchObject({
      status: 400,
      type: 'StripeIdempotencyError',
    });
    expect(await refusal(client.customers.create({ name: 'x' }, KEY))).toMatchObject({
      status: 400,
      type: 'StripeIdempotencyError',
    });
    expect(world.all('refund')).toHaveLength(1);
  });

  it('says 409 while the first request is still running', async () => {
    const { client, world, sandbox } = await localStripe();
    sandbox.server.script.add({ fault: 'slow', ms: 150 });
    const running = client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    while (!world.keys.has(KEY.idempotencyKey)) await new Promise(setImmediate);
    expect(
      await refusal(client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY)),
    ).toMatchObject({
      status: 409,
      code: 'idempotency_key_in_use',
    });
    const done = await running;
    expect((await client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY)).id).toBe(done.id);
    expect(world.all('refund')).toHaveLength(1);
  });

  it('forgets it after 24 hours: the same key then acts anew', async () => {
    const { client, world } = await localStripe();
    const first = await client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    world.advance(24 * HOUR);
    expect((await client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY)).id).toBe(first.id);
    world.advance(1);
    expect((await client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY)).id).not.toBe(
      first.id,
    );
    expect(world.all('refund')).toHaveLength(2);
  });

  it('keeps a 500, and what was carried out and failed', async () => {
    const { client, world, sandbox } = await localStripe();
    sandbox.server.script.add({ fault: '500_stored' });
    const create = () => client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    expect((await refusal(create())).status).toBe(500);
    expect((await refusal(create())).status).toBe(500);
    expect(world.all('refund')).toHaveLength(0);
    const tooMuch = () =>
      client.refunds.create({ charge: 'ch_1', amount: 9_000 }, { idempotencyKey: 'b' });
    expect(await refusal(tooMuch())).toEqual(await refusal(tooMuch()));
    expect(world.keys.get('b')?.reply?.status).toBe(400);
  });

  it('keeps nothing where the parameters were wrong', async () => {
    const { client, world } = await localStripe();
    expect((await refusal(client.refunds.create({ charge: 'ch_1', amount: 0 }, KEY))).code).toBe(
      'parameter_invalid_integer',
    );
    expect(world.keys.size).toBe(0);
    await client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    expect(world.all('refund')).toHaveLength(1);
  });

  it('refuses keys above 255 letters and keeps those of GET out', async () => {
    const { client, world } = await localStripe();
    const long = { idempotencyKey: 'k'.repeat(256) };
    expect((await refusal(client.refunds.create({ charge: 'ch_1' }, long))).status).toBe(400);
    await client.refunds.list({ charge: 'ch_1' });
    expect(world.keys.size).toBe(0);
    expect([...world.keysSeen]).toEqual([long.idempotencyKey]);
  });

  it('takes its truth up again from its journal', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const { join } = await import('node:path');
    const folder = mkdtempSync(join(tmpdir(), 'redress-stripe-'));
    const journal = join(folder, 'stripe.ndjson');
    const first = await localStripe({ journal });
    const made = await first.client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    await first.sandbox.close();
    const second = await localStripe({ journal, now: () => LATER + HOUR });
    const again = await second.client.refunds.create({ charge: 'ch_1', amount: 100 }, KEY);
    expect(again.id).toBe(made.id);
    expect((await second.api.readCharge('ch_1'))?.amountRefunded).toBe(100);
    rmSync(folder, { recursive: true });
  });

  it('enforces nothing when it is lax', async () => {
    const { api, world } = await localStripe({ lax: true });
    const send = () => api.createRefund({ body: refundText(4_900), key: 'k' });
    expect((await send()).kind).toBe('accepted');
    expect((await send()).kind).toBe('accepted');
    expect(world.all('refund')).toHaveLength(2);
    expect((await api.readCharge('ch_1'))?.amountRefunded).toBe(9_800);
  });
});
