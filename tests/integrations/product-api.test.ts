import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createProductApi,
  ProductUnavailableError,
} from '#app/integrations/product-api/create-product-api.ts';
import { signProductCall } from '#app/integrations/product-api/signature.ts';
import { PRODUCT_FAULTS, productFault } from '#scripts/sandbox/product-api/product-faults.ts';
import { SANDBOX_SECRET, startProductApi } from '#scripts/sandbox/product-api/start-product-api.ts';
import { entry, T } from '#tests/factories/records.ts';
import { PATIENCE } from '#tests/support/local-stripe.ts';
import { writeAdjustmentBody } from '#app/domain/operations/bodies.ts';

const ledger = [
  entry({ id: 'led_2', kind: 'purchase', credits: 5_000, balanceAfter: 5_000, occurredAt: T + 1 }),
  entry({ id: 'led_1', kind: 'usage', credits: -10, balanceAfter: 0, occurredAt: T }),
  entry({ id: 'led_3', kind: 'usage', credits: -24, balanceAfter: 4_976, occurredAt: T + 2 }),
  entry({ id: 'led_4', customerId: 'org_2', kind: 'usage', credits: -24 }),
];

/** @param options.timeout short only where an answer never comes: a busy machine needs its time. */
const local = async (options: { secret?: string; timeout?: number | undefined } = {}) => {
  const sandbox = await startProductApi({
    now: () => T,
    fill: (product) => product.takeBook(ledger),
  });
  onTestFinished(() => sandbox.close());
  const api = createProductApi({
    url: sandbox.url,
    secret: options.secret ?? SANDBOX_SECRET,
    now: () => T,
    beforeCall: () => {},
    timeout: options.timeout ?? 20_000,
  });
  const send = (change: object = {}, id = 'op_1') =>
    api.postAdjustment({
      key: id,
      body: writeAdjustmentBody({
        id,
        customerId: 'org_1',
        credits: 24,
        reason: 'failed generation',
        generationId: 'gen_1',
        requestedBy: 'agent@demo.test',
        decidedBy: 'lead@demo.test',
        ...change,
      }),
    });
  return { sandbox, product: sandbox.product, api, send };
};

describe('credit adjustments at the product', () => {
  it('post one entry each, whatever the repeats, and go on from the balance', async () => {
    const { product, send, api } = await local();
    expect(product.balance('org_1')).toBe(4_976);
    expect(product.balance('org_2')).toBe(-24);
    const first = await send();
    expect(first).toMatchObject({
      kind: 'accepted',
      entry: {
        customerId: 'org_1',
        kind: 'adjustment',
        credits: 24,
        balanceAfter: 5_000,
        occurredAt: T + 2,
        sequence: 1,
        generationId: 'gen_1',
        paymentId: null,
      },
    });
    expect(await send()).toEqual(first);
    expect(product.adjusted.size).toBe(1);
    expect(await send({ credits: -5_000 }, 'op_2')).toMatchObject({
      entry: { balanceAfter: 0, sequence: 2 },
    });
    expect(await api.readAdjustment('op_1')).toEqual('entry' in first ? first.entry : null);
    expect(await api.readAdjustment('op_none')).toBeNull();
  });

  it('refuse what is wrong, and what another adjustment has used', async () => {
    const { product, send } = await local();
    await send();
    expect(await send({ credits: 25 })).toMatchObject({ kind: 'unknown' });
    expect(await send({ credits: 0 }, 'op_3')).toMatchObject({ kind: 'refused', code: 'invalid' });
    expect(await send({ customerId: 'org_none' }, 'op_4')).toMatchObject({
      kind: 'refused',
      code: 'no_such_customer',
    });
    expect(product.adjusted.size).toBe(1);
  });

  it('refuse a signature of another secret, of other bytes, and an old one', async () => {
    const { sandbox } = await local();
    const { send } = await local({ secret: 'another secret altogether' });
    expect(await send()).toMatchObject({ kind: 'denied' });
    const post = (body: string, header: string) =>
      fetch(`${sandbox.url}/credit-adjustments`, {
        method: 'POST',
        headers: { 'x-redress-signature': header, 'idempotency-key': 'op_1' },
        body,
      }).then(({ status }) => status);
    const body = writeAdjustmentBody({
      id: 'op_1',
      customerId: 'org_1',
      credits: 1,
      reason: 'r',
      requestedBy: 'a',
      decidedBy: 'a',
    });
    expect(await post(body, signProductCall(body, SANDBOX_SECRET, T - 301_000))).toBe(401);
    expect(await post(body.replace('1', '9'), signProductCall(body, SANDBOX_SECRET, T))).toBe(401);
    expect(await post(body, '')).toBe(401);
    expect(await post(body, signProductCall(body, SANDBOX_SECRET, T - 299_000))).toBe(200);
  });

  it.each([
    ['reset_before', 'unknown', 0],
    ['reset_after', 'unknown', 1],
    ['hang_before', 'unknown', 0],
    ['hang_after', 'unknown', 1],
    ['500_after', 'unknown', 1],
    ['500_before', 'unknown', 0],
    ['409', 'unknown', 0],
    ['429', 'busy', 0],
    ['401', 'denied', 0],
    ['truncated_json', 'unknown', 1],
    ['html_502', 'unknown', 1],
    ['slow', 'unknown', 0],
    ['other_entry', 'mismatched', 1],
  ] as const)('%s: %s, then read back', async (fault, kind, entries) => {
    expect(PRODUCT_FAULTS).toContain(fault);
    const timeout = ['hang_before', 'hang_after', 'slow'].includes(fault) ? PATIENCE : undefined;
    const { sandbox, product, send, api } = await local({ timeout });
    sandbox.faults.push(productFault.parse({ fault }));
    expect((await send()).kind).toBe(kind);
    expect(sandbox.posts).toHaveLength(1);
    expect(product.adjusted.size).toBe(entries);
    expect((await api.readAdjustment('op_1')) === null).toBe(entries === 0);
    expect((await send()).kind).toBe('accepted');
    expect(product.adjusted.size).toBe(1);
  });

  it('say so where nothing can be read', async () => {
    const { sandbox, api } = await local();
    for (const fault of ['html_502', 'reset_before', '500_before', '401'] as const) {
      sandbox.faults.push(productFault.parse({ fault, method: 'GET' }));
      await expect(api.readAdjustment('op_1')).rejects.toThrow(ProductUnavailableError);
    }
  });
});

describe('answers of a product that has its own words', () => {
  const answering = async (status: number, type: string, body: string) => {
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    // A server that listens on a port has an address of this kind.
    const { port } = server.address() as AddressInfo;
    return createProductApi({
      ...{ url: `http://127.0.0.1:${port}`, secret: SANDBOX_SECRET },
      ...{ now: () => T, beforeCall: () => {}, timeout: PATIENCE },
    });
  };
  const body = '{"id":"op_1","customerId":"org_1","credits":24}';

  it.each([
    ['{"error":"not found"}', 'not found'],
    ['{"message":"no such adjustment"}', 'no such adjustment'],
    ['{"detail":"?"}', 'the product answered 404'],
    ['', 'the product answered 404'],
  ])('404 %s: there is none, and it is refused', async (text, message) => {
    const api = await answering(404, 'application/json; charset=utf-8', text);
    expect(await api.readAdjustment('op_1')).toBeNull();
    const sent = await api.postAdjustment({ body, key: 'op_1' });
    expect(sent).toEqual({ kind: 'refused', status: 404, code: null, message });
  });

  it('a gateway’s page says nothing', async () => {
    const api = await answering(404, 'text/html', '<h1>404</h1>');
    await expect(api.readAdjustment('op_1')).rejects.toThrow(ProductUnavailableError);
    expect((await api.postAdjustment({ body, key: 'op_1' })).kind).toBe('unknown');
  });

  it('what is refused by the read-back is not known to be absent', async () => {
    const api = await answering(400, 'application/json', '{"error":"bad id"}');
    await expect(api.readAdjustment('op_1')).rejects.toThrow(ProductUnavailableError);
  });
});

describe('holds of generation', () => {
  it('are put and released', async () => {
    const { product, api } = await local();
    const put = (hold: boolean, customerId = 'org_1') =>
      api.putHold({ customerId, hold, reason: 'negative balance', key: 'op_9' });
    expect(await put(true)).toEqual({ kind: 'accepted' });
    expect(product.holds.get('org_1')).toEqual({ hold: true, reason: 'negative balance' });
    expect(await put(false)).toEqual({ kind: 'accepted' });
    expect(product.holds.get('org_1')?.hold).toBe(false);
    expect(await put(true, 'org_none')).toMatchObject({
      kind: 'refused',
      code: 'no_such_customer',
    });
  });
});
