import { describe, expect, it } from 'vitest';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import { readRefundBody } from '#app/integrations/stripe/refund-body.ts';
import { StripeUnavailableError } from '#app/integrations/stripe/errors.ts';
import type { Fault } from '#scripts/sandbox/stripe/faults.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { paid } from '#tests/factories/records.ts';
import { localStripe, refundText } from '#tests/support/local-stripe.ts';

/** What the fault looks like from here, and how many refunds there are afterwards. */
const CASES: [fault: Fault, outcome: object, refunds: number][] = [
  ['reset_before', { kind: 'unknown', why: 'connection' }, 0],
  ['reset_after', { kind: 'unknown', why: 'connection' }, 1],
  ['hang_before', { kind: 'unknown', why: 'timeout' }, 0],
  ['hang_after', { kind: 'unknown', why: 'timeout' }, 1],
  ['500_after', { kind: 'unknown', why: 'server_error' }, 1],
  ['500_stored', { kind: 'unknown', why: 'server_error' }, 0],
  ['409_in_use', { kind: 'unknown', why: 'in_use' }, 0],
  ['429', { kind: 'busy' }, 0],
  ['charge_already_refunded', { kind: 'refused', code: 'charge_already_refunded' }, 0],
  ['param_mismatch', { kind: 'unknown', why: 'key_mismatch' }, 0],
  ['401', { kind: 'denied' }, 0],
  ['pending', { kind: 'accepted', refund: { status: 'pending' } }, 1],
  ['later_failed', { kind: 'accepted', refund: { status: 'succeeded' } }, 1],
  ['truncated_json', { kind: 'unknown', why: 'unreadable' }, 1],
  ['html_502', { kind: 'unknown', why: 'unreadable' }, 1],
  ['slow', { kind: 'unknown', why: 'timeout' }, 0],
  ['key_pruned', { kind: 'accepted' }, 1],
  ['approval_required', { kind: 'held', code: 'approval_required' }, 0],
  ['action_blocked', { kind: 'held', code: 'action_blocked' }, 0],
  ['bare_string', { kind: 'unknown', why: 'unreadable' }, 1],
  ['no_object', { kind: 'unknown', why: 'unreadable' }, 1],
];

describe('a refund is sent once, and its outcome never guessed', () => {
  it.each(CASES)('%s', async (fault, outcome, refunds) => {
    const { api, world, sandbox } = await localStripe();
    sandbox.server.script.add({ fault });
    expect(await api.createRefund({ body: refundText(100), key: 'k' })).toMatchObject(outcome);
    expect(world.posts).toHaveLength(1);
    expect(world.all('refund')).toHaveLength(refunds);
    expect((await api.listRefunds('ch_1')).map(({ opId }) => opId)).toEqual(
      refunds === 1 ? ['op_1'] : [],
    );
  });

  it('a sentinel customer brings its fault along, once a key', async () => {
    const customer = {
      type: 'customer' as const,
      record: {
        id: 'org_1',
        name: 'Sentinel',
        email: 's@example.test',
        stripeCustomerId: 'cus_fault_hang_after',
        createdAt: 0,
        timeZone: null,
        reportedBalance: null,
        reportedBalanceAt: null,
        generationHold: null,
      },
    };
    const { api, world } = await localStripe({ records: [customer, paid({ id: 'ch_1' })] });
    const send = () => api.createRefund({ body: refundText(100), key: 'k' });
    expect(await send()).toMatchObject({ kind: 'unknown', why: 'timeout' });
    expect(await send()).toMatchObject({ kind: 'accepted', replayed: true });
    expect(world.all('refund')).toHaveLength(1);
  });

  it('tells a 500 that is kept under the key from a first one', async () => {
    const { api, sandbox } = await localStripe();
    sandbox.server.script.add({ fault: '500_stored' });
    const send = () => api.createRefund({ body: refundText(100), key: 'k' });
    expect(await send()).toMatchObject({ kind: 'unknown', replayed: false });
    expect(await send()).toMatchObject({ kind: 'unknown', replayed: true });
  });

  it('sends the same bytes for the same text, and refuses a text that is no refund', async () => {
    const { api, world } = await localStripe();
    await api.createRefund({ body: refundText(100), key: 'a' });
    await api.createRefund({ body: refundText(100), key: 'b' });
    expect(world.posts[0]?.body).toBe(world.posts[1]?.body);
    expect(world.posts[0]?.body).toBe(
      'charge=ch_1&amount=100&metadata[op]=op_1&metadata[request]=req_1',
    );
    expect(() => readRefundBody('{"charge":"ch_1"}')).toThrow();
    await expect(api.createRefund({ body: '{}', key: 'c' })).rejects.toThrow();
    expect(world.posts).toHaveLength(2);
  });

  it('reads once more where the connection was cut, and never writes so', async () => {
    const { sandbox, api } = await localStripe();
    sandbox.server.script.add({ fault: 'reset_before', method: 'GET', path: '/v1/charges/*' });
    expect((await api.readCharge('ch_1'))?.chargeId).toBe('ch_1');
    sandbox.server.script.add({ fault: 'reset_before', method: 'POST' });
    const outcome = await api.createRefund({ body: refundText(1), key: 'k' });
    expect(outcome.kind).toBe('unknown');
    expect(await api.listRefunds('ch_1')).toEqual([]);
  });

  it('says what it could not read, and asks before each call', async () => {
    const { sandbox, api } = await localStripe();
    for (const [fault, why] of [
      ['reset_before', 'connection'],
      ['hang_before', 'timeout'],
      ['429', 'busy'],
      ['401', 'denied'],
      ['html_502', 'unreadable'],
    ] as const) {
      // A cut connection is tried once more.
      const times = why === 'connection' ? 2 : 1;
      sandbox.server.script.add({ fault, method: 'GET', path: '/v1/charges/*', times });
      const error: unknown = await api.readCharge('ch_1').catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StripeUnavailableError);
      expect(error).toMatchObject({ why });
    }
    const within = createStripe({
      secretKey: SANDBOX_KEY,
      apiBase: sandbox.url,
      beforeCall: (what) => {
        throw new Error(`${what} must not run inside a write`);
      },
    });
    expect(() => within.readCharge('ch_1')).toThrow('inside a write');
    await expect(within.createRefund({ body: refundText(1), key: 'k' })).rejects.toThrow('write');
    const stranger = createStripe({
      secretKey: 'sk_test_no',
      apiBase: sandbox.url,
      beforeCall: () => {},
    });
    expect((await stranger.createRefund({ body: refundText(1), key: 'k' })).kind).toBe('denied');
    const gone = createStripe({
      secretKey: SANDBOX_KEY,
      apiBase: 'http://127.0.0.1:9',
      beforeCall: () => {},
    });
    expect(await gone.createRefund({ body: refundText(1), key: 'k' })).toMatchObject({
      kind: 'unknown',
      why: 'connection',
    });
  });
});
