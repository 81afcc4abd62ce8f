import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SECOND } from '#app/lib/instant.ts';
import { parseEnv } from '#app/config/env.ts';
import { createLog } from '#app/config/log.ts';
import { startConsole } from '#app/server/run-server.ts';
import type { Console } from '#app/server/run-server.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { signatureHeader } from '#scripts/sandbox/stripe/webhooks.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';

const SECRET = 'whsec_k3Jx9Qm2Vb7Tn5Rw8Zy4';
const NEXT_SECRET = 'whsec_q8Zt4Lw1Xc7Vb2Nm6Kp3';
let world: MoneyWorld;
let site: Console;

beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  world = await openMoneyWorld({ databaseUrl });
  const settings = parseEnv({
    ...{ DATABASE_URL: databaseUrl, PORT: '0', STRIPE_API_BASE: world.sandbox.url },
    ...{ PRODUCT_API_URL: world.productUrl, PRODUCT_API_SECRET: 'sandbox-product-secret' },
    STRIPE_WEBHOOK_SECRET: `${SECRET}, ${NEXT_SECRET}`,
  });
  site = await startConsole(settings, {
    handle: async () => new Response('a page'),
    assets: '/nonexistent',
    auditHeads: join(tmpdir(), `heads-${randomUUID()}.ndjson`),
    now: world.now,
    log: createLog('silent'),
  });
  world.sandbox.webhooks.endpoint = { url: `${site.address}/webhooks/stripe`, secrets: [SECRET] };
  world.sandbox.webhooks.held = true;
});
afterAll(async () => {
  await site.close();
  await world.close();
});

const post = (body: string, signature: string): Promise<Response> =>
  fetch(`${site.address}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body,
  });
const event = (id: string, more: object = {}): string =>
  JSON.stringify({
    ...{ id, object: 'event', type: 'refund.failed', created: seconds(), livemode: false },
    data: { object: { object: 'refund', id: 're_none' } },
    ...more,
  });
const seconds = (): number => Math.floor(world.now() / SECOND);
const sign = (body: string, at = seconds(), secret = SECRET): string =>
  signatureHeader(body, [secret], at);

it.each<[string, () => [string, string]]>([
  ['no signature', () => [event('evt_1'), '']],
  ['another secret', () => [event('evt_1'), sign(event('evt_1'), seconds(), 'whsec_other')]],
  ['an old one', () => [event('evt_1'), sign(event('evt_1'), seconds() - 301)]],
  ['one of the future', () => [event('evt_1'), sign(event('evt_1'), seconds() + 301)]],
  ['a changed body', () => [`${event('evt_1')} `, sign(event('evt_1'))]],
  [
    'another mode',
    () => {
      const live = event('evt_1', { livemode: true });
      return [live, sign(live)];
    },
  ],
])('is refused with 400: %s', async (_name, delivery) => {
  const answer = await post(...delivery());
  expect(answer.status).toBe(400);
});

it('takes a good one, with two signatures too, and its repetition', async () => {
  const body = event('evt_good');
  const both = signatureHeader(body, ['whsec_old', SECRET], seconds());
  const first = await post(body, both);
  expect([first.status, await first.json()]).toEqual([200, { received: 'taken' }]);
  const again = await post(body, sign(body, seconds() - 299));
  expect([again.status, await again.json()]).toEqual([200, { received: 'duplicate' }]);
  const unknown = event('evt_unknown', { type: 'something.new' });
  expect((await post(unknown, sign(unknown))).status).toBe(200);
});

it.each([SECRET, NEXT_SECRET])(
  'takes the secret and the next one while it is replaced: %s',
  async (one) => {
    const body = event(`evt_of_${one}`);
    expect((await post(body, sign(body, seconds(), one))).status).toBe(200);
  },
);

it('knows a repetition while Stripe cannot be read, and does not keep what is new', async () => {
  const [known, fresh] = [event('evt_known'), event('evt_fresh')];
  expect((await post(known, sign(known))).status).toBe(200);
  const { script } = world.sandbox.server;
  script.add({ fault: 'html_502', method: 'GET', path: '/v1/*', times: 100 });
  try {
    const again = await post(known, sign(known));
    expect([again.status, await again.json()]).toEqual([200, { received: 'duplicate' }]);
    expect((await post(fresh, sign(fresh))).status).toBe(500);
  } finally {
    script.clear();
  }
  const later = await post(fresh, sign(fresh));
  expect(await later.json()).toEqual({ received: 'taken' });
});

it('takes no more than 256 kB, and only POST', async () => {
  const answer = await post('x'.repeat(300_000), 'v1=1').catch(() => null);
  // The connection may be cut before the answer is read.
  expect([413, undefined]).toContain(answer?.status);
  const read = await fetch(`${site.address}/webhooks/stripe`);
  expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
});

it('comes to the same end in whatever order events arrive', async () => {
  const ends: string[] = [];
  for (const seed of [1, 2, 3]) {
    const [charge, customerId] = [`ch_${seed}`, `org_${seed}`];
    await world.charge(charge, customerId);
    const before = world.sandbox.world.all('event').length;
    const step = await approvedRefund(world, { paymentId: charge, customerId });
    await processAll(world, step.requestId);
    const made = world.sandbox.world.all('refund').find((refund) => refund.charge === charge);
    if (made) settleRefund(world.sandbox.world, made, { status: 'failed' });
    const events = world.sandbox.world.all('event').slice(before);
    const order = seed === 1 ? events : seed === 2 ? events.toReversed() : [...events, ...events];
    const statuses = await world.sandbox.webhooks.deliver(order);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const [after] = await operationsOf(world.store.read, [step.requestId]);
    const request = await findRequest(world.store.read, step.requestId);
    ends.push(`${after?.state} ${after?.externalStatus} ${request?.state}`);
  }
  expect(ends).toEqual(Array.from({ length: 3 }, () => 'failed failed failed'));
});
