import { describe, expect, it } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import { stateOf } from '#scripts/sandbox/stripe/controls.ts';
import { paid, T } from '#tests/factories/records.ts';
import { LATER, localStripe, refundText, refusal } from '#tests/support/local-stripe.ts';

const charges = [
  paid({ id: 'ch_1' }),
  paid({ id: 'ch_part', amountCaptured: 3_000 }),
  paid({ id: 'ch_authorized', status: 'requires_capture', capturedAt: null }),
  paid({ id: 'ch_declined', status: 'failed', capturedAt: null, failureCode: 'card_declined' }),
  paid({ id: 'ch_disputed', disputeStatus: 'open' }),
  paid({ id: 'ch_inquiry', disputeStatus: 'inquiry' }),
  paid({ id: 'ch_back', amountRefunded: 4_900, refundedAt: T + DAY }),
  paid({ id: 'ch_half_back', amountRefunded: 2_000, refundedAt: T + DAY }),
];

describe('the local Stripe refunds no more than was captured', () => {
  it.each([
    ['ch_1', 4_901, { status: 400, param: 'amount', code: undefined }],
    ['ch_part', 3_001, { status: 400, param: 'amount', code: undefined }],
    ['ch_half_back', 2_901, { status: 400, param: 'amount', code: undefined }],
    ['ch_back', 1, { status: 400, code: 'charge_already_refunded' }],
    ['ch_disputed', 1, { status: 400, code: 'charge_disputed' }],
    ['ch_authorized', 1, { status: 400, code: undefined }],
    ['ch_declined', 1, { status: 400, code: undefined }],
    ['ch_unknown', 1, { status: 404, code: 'resource_missing', param: 'charge' }],
    ['ch_1', 0, { status: 400, code: 'parameter_invalid_integer', param: 'amount' }],
    ['ch_1', -1, { status: 400, code: 'parameter_invalid_integer', param: 'amount' }],
    ['ch_1', 1.5, { status: 400, code: 'parameter_invalid_integer', param: 'amount' }],
    ['ch_1', 100_000_000, { status: 400, code: 'amount_too_large', param: 'amount' }],
  ])('%s by %d: refused', async (charge, amount, expected) => {
    const { client, world } = await localStripe({ records: charges });
    const before = world.all('refund').length;
    expect(await refusal(client.refunds.create({ charge, amount }))).toMatchObject(expected);
    expect(world.all('refund')).toHaveLength(before);
  });

  it.each([
    ['ch_1', undefined, 4_900],
    ['ch_part', undefined, 3_000],
    ['ch_half_back', undefined, 2_900],
    ['ch_inquiry', 4_900, 4_900],
    ['ch_1', 1, 1],
  ])('%s by %s: done', async (charge, amount, refunded) => {
    const { client } = await localStripe({ records: charges });
    const refund = await client.refunds.create({ charge, amount });
    expect(refund).toMatchObject({ amount: refunded, status: 'succeeded', charge });
  });

  it('refuses what it does not know, by name', async () => {
    const { client } = await localStripe();
    const unknown = { charge: 'ch_1', amuont: 1 };
    expect(await refusal(client.refunds.create(unknown))).toMatchObject({
      code: 'parameter_unknown',
      param: 'amuont',
    });
    expect(await refusal(client.refunds.create({}))).toMatchObject({ code: 'parameter_missing' });
    const misspelt = client.refunds.create({ charge: 'ch_1', reason: 'because' });
    expect(await refusal(misspelt)).toMatchObject({ status: 400, param: 'reason' });
    expect(await refusal(client.rawRequest('POST', '/v1/nothing', {}))).toMatchObject({
      status: 404,
    });
  });

  it('lists every refund of a charge, page by page', async () => {
    const { client, api } = await localStripe();
    for (let i = 0; i < 12; i += 1) await client.refunds.create({ charge: 'ch_1', amount: 10 + i });
    const page = await client.refunds.list({ charge: 'ch_1' });
    expect(page.data).toHaveLength(10);
    expect(page.has_more).toBe(true);
    expect(page.data[0]?.amount).toBe(21);
    expect(await api.listRefunds('ch_1')).toHaveLength(12);
    expect(await api.listRefundsSince(LATER)).toHaveLength(12);
    expect(await api.listRefundsSince(LATER + 5_000)).toHaveLength(0);
    expect(await refusal(client.refunds.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
  });
});

describe('the life of a refund', () => {
  it('a fresh charge is reversed, an older one refunded with a reference of the bank', async () => {
    const { api, world } = await localStripe({ now: () => T + 60_000 });
    await api.createRefund({ body: refundText(100), key: 'a' });
    expect(await api.listRefunds('ch_1')).toMatchObject([
      { move: 'reversal', bankReference: null },
    ]);
    world.advance(2 * DAY);
    await api.createRefund({ body: refundText(200, 'op_2'), key: 'b' });
    world.advance(DAY);
    const [, second] = await api.listRefunds('ch_1');
    expect(second).toMatchObject({ move: 'refund', opId: 'op_2', status: 'succeeded' });
    expect(second?.bankReference).toMatch(/^\w{20,}$/);
  });

  it('a pending one succeeds, a succeeded one fails days later and gives its amount back', async () => {
    const { api, world, sandbox } = await localStripe();
    sandbox.server.script.add({ fault: 'pending' });
    sandbox.server.script.add({ fault: 'later_failed', nth: 2 });
    await api.createRefund({ body: refundText(100), key: 'a' });
    await api.createRefund({ body: refundText(200, 'op_2'), key: 'b' });
    const statuses = async () => (await api.listRefunds('ch_1')).map(({ status }) => status);
    expect((await statuses()).toSorted()).toEqual(['pending', 'succeeded']);
    world.advance(3 * DAY);
    expect((await statuses()).toSorted()).toEqual(['failed', 'succeeded']);
    expect((await api.readCharge('ch_1'))?.amountRefunded).toBe(100);
    expect((await api.createRefund({ body: refundText(4_800, 'op_3'), key: 'c' })).kind).toBe(
      'accepted',
    );
  });

  it('shows what others do: a refund in the dashboard, a dispute', async () => {
    const { api, sandbox } = await localStripe();
    const steer = (path: string, body: object) =>
      fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
    await steer('dashboard-refund', { charge: 'ch_1', amount: 900 });
    expect(await api.readCharge('ch_1')).toMatchObject({
      amountCaptured: 4_900,
      amountRefunded: 900,
      captured: true,
      blockedByDispute: false,
    });
    await steer('disputes', { charge: 'ch_1' });
    expect(await api.readCharge('ch_1')).toMatchObject({
      blockedByDispute: true,
      disputes: [{ status: 'needs_response', chargeRefundable: false }],
    });
    const [refund] = await api.listRefunds('ch_1');
    await steer(`refunds/${refund?.id}/fail`, { reason: 'expired_or_canceled_card' });
    expect(await api.readRefund(refund?.id ?? '')).toMatchObject({
      status: 'failed',
      failureReason: 'expired_or_canceled_card',
    });
    expect(await api.readRefund('re_none')).toBeNull();
    expect(await api.readCharge('ch_none')).toBeNull();
    expect((await steer('dashboard-refund', { charge: 'ch_1', amount: 9_000 })).status).toBe(400);
    expect(stateOf(sandbox.server, null).overRefunded).toEqual([]);
  });
});
