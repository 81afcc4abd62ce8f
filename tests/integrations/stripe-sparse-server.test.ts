import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import { refundText } from '#tests/support/local-stripe.ts';

/** A server that speaks Stripe and tells the least that anyone could call so. */
const sparse = async (answers: Record<string, unknown>) => {
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answers[`${request.method} ${path}`]));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  const apiBase = `http://127.0.0.1:${port}`;
  return createStripe({ secretKey: 'sk_test_x', apiBase, beforeCall: () => {} });
};

it('what another server leaves out is never read as more to refund', async () => {
  const refund = { id: 're_1', object: 'refund', amount: 100, created: 1, status: 'shipped' };
  const api = await sparse({
    'GET /v1/charges/ch_1': {
      id: 'ch_1',
      object: 'charge',
      amount: 900,
      currency: 'usd',
      status: 'succeeded',
      created: 1,
    },
    'GET /v1/refunds': { object: 'list', data: [refund], has_more: false, url: '/v1/refunds' },
    'POST /v1/refunds': refund,
  });
  expect(await api.readCharge('ch_1')).toMatchObject({
    captured: true,
    amountCaptured: 900,
    amountRefunded: 0,
    blockedByDispute: false,
  });
  expect(await api.listRefunds('ch_1')).toMatchObject([{ chargeId: 'ch_1', status: 'pending' }]);
  expect(await api.createRefund({ body: refundText(100), key: 'k' })).toMatchObject({
    kind: 'accepted',
    refund: { chargeId: 'ch_1', status: 'pending', statusAtStripe: 'shipped' },
  });
  expect(await api.createRefund({ body: refundText(200), key: 'l' })).toMatchObject({
    kind: 'mismatched',
  });
});

it.each([[[]], [{}], ['ok'], [7], [null], [{ id: 'ch_2', object: 'charge', livemode: false }]])(
  '%j is not the charge that was requested',
  async (answer) => {
    const api = await sparse({ 'GET /v1/charges/ch_1': answer });
    await expect(api.readCharge('ch_1')).rejects.toMatchObject({ why: 'unreadable' });
  },
);

it('a charge of the other mode is refused', async () => {
  const charge = { id: 'ch_1', object: 'charge', amount: 1, status: 'succeeded', livemode: true };
  const api = await sparse({ 'GET /v1/charges/ch_1': charge });
  await expect(api.readCharge('ch_1')).rejects.toMatchObject({ why: 'denied' });
});
