import { describe, expect, it } from 'vitest';
import { verifyWebhook } from '#app/integrations/stripe/webhook.ts';
import { signatureHeader } from '#scripts/sandbox/stripe/webhooks.ts';
import { LATER, localStripe, refundText } from '#tests/support/local-stripe.ts';
import { webhookReceiver } from '#tests/support/webhook-receiver.ts';

const SECRET = 'whsec_k3Jx9Qm2Vb7Tn5Rw8Zy4';
const OLD_SECRET = 'whsec_of_last_year';
const NOW = LATER;
const SECONDS = Math.floor(NOW / 1000);

const event = (change: object = {}): string =>
  JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'refund.failed',
    created: SECONDS,
    livemode: false,
    data: { object: { id: 're_1', object: 'refund', charge: 'ch_1' } },
    ...change,
  });

const verify = (given: {
  body?: string;
  header?: string | undefined;
  secrets?: string[];
  now?: number;
}) => {
  const body = given.body ?? event();
  return verifyWebhook({
    body,
    header: 'header' in given ? given.header : signatureHeader(body, [SECRET], SECONDS),
    secrets: given.secrets ?? [SECRET],
    now: given.now ?? NOW,
    livemode: false,
  });
};

const signed = (body: string) => ({ body, header: signatureHeader(body, [SECRET], SECONDS) });
const good = event();

describe('a delivery of Stripe', () => {
  it('is read where the signature fits', () => {
    expect(verify({})).toEqual({
      ok: true,
      event: {
        id: 'evt_1',
        type: 'refund.failed',
        createdAt: SECONDS * 1000,
        object: { kind: 'refund', id: 're_1', chargeId: 'ch_1', paymentIntentId: null },
      },
    });
    expect(
      verifyWebhook({
        ...signed(good),
        body: Buffer.from(good),
        secrets: [SECRET],
        now: NOW,
        livemode: false,
      }).ok,
    ).toBe(true);
  });

  it.each([
    ['another secret', { secrets: ['whsec_other'] }, 'signature'],
    ['no header', { header: undefined }, 'signature'],
    ['an empty header', { header: '' }, 'signature'],
    ['garbage for a header', { header: 't=,v1=' }, 'signature'],
    ['the old scheme alone', { header: `t=${SECONDS},v0=${'0'.repeat(64)}` }, 'signature'],
    [
      'a body encoded again',
      {
        body: JSON.stringify(JSON.parse(good), null, 1),
        header: signatureHeader(good, [SECRET], SECONDS),
      },
      'signature',
    ],
    [
      'one changed letter',
      { body: good.replace('re_1', 're_2'), header: signatureHeader(good, [SECRET], SECONDS) },
      'signature',
    ],
    ['301 seconds of age', { now: NOW + 301_000 }, 'time'],
    ['301 seconds ahead', { now: NOW - 301_000 }, 'time'],
    ['live mode', signed(event({ livemode: true })), 'mode'],
    ['no mode', signed(event({ livemode: undefined })), 'mode'],
    ['another account', signed(event({ account: 'acct_other' })), 'account'],
    ['no event', signed(JSON.stringify({ object: 'list' })), 'form'],
    ['no object', signed(event({ data: {} })), 'form'],
    ['a text for JSON', signed('"ok"'), 'form'],
    ['no JSON', signed('{'), 'signature'],
  ])('is refused: %s', (_name, given, why) => {
    expect(verify(given)).toEqual({ ok: false, why });
  });

  it('is taken within 300 seconds either way, and of types that are not known', () => {
    expect(verify({ now: NOW + 300_000 }).ok).toBe(true);
    expect(verify({ now: NOW - 300_000 }).ok).toBe(true);
    expect(verify(signed(event({ type: 'treasury.unheard_of' })))).toMatchObject({ ok: true });
  });

  it('is taken by either secret while one is being replaced', () => {
    const both = { header: signatureHeader(good, [OLD_SECRET, SECRET], SECONDS) };
    expect(verify({ ...both, secrets: [SECRET] }).ok).toBe(true);
    expect(verify({ ...both, secrets: [OLD_SECRET] }).ok).toBe(true);
    expect(verify({ secrets: [OLD_SECRET, SECRET] }).ok).toBe(true);
    expect(verify({ secrets: [OLD_SECRET] }).ok).toBe(false);
    expect(verify({ secrets: [] }).ok).toBe(false);
  });
});

describe('the local Stripe delivers', () => {
  it('signed events of what happens, and the same again when told to', async () => {
    const receiver = await webhookReceiver();
    const { api, sandbox } = await localStripe({
      webhook: { url: receiver.url, secrets: [OLD_SECRET, SECRET] },
    });
    await api.createRefund({ body: refundText(100), key: 'k' });
    await sandbox.webhooks.idle();
    const read = receiver.delivered.map((delivery) =>
      api.verifyWebhook({ ...delivery, secrets: [SECRET], now: NOW }),
    );
    expect(
      read.map((verdict) => (verdict.ok ? verdict.event.type : verdict.why)).toSorted(),
    ).toEqual(['charge.refunded', 'refund.created']);
    const answer = await fetch(`${sandbox.url}/_sandbox/webhooks/deliver`, {
      method: 'POST',
      body: JSON.stringify({ times: 3, shuffle: 7 }),
    });
    expect(await answer.json()).toEqual([200, 200, 200, 200, 200, 200]);
    expect(receiver.delivered).toHaveLength(8);
  });

  it('again after a failure, and nothing while it is held', async () => {
    let failures = 1;
    const receiver = await webhookReceiver(() => (failures-- > 0 ? 500 : 200));
    const { api, sandbox, world } = await localStripe({
      webhook: { url: receiver.url, secrets: [SECRET] },
    });
    sandbox.webhooks.held = true;
    await api.createRefund({ body: refundText(100), key: 'k' });
    await sandbox.webhooks.idle();
    expect(receiver.delivered).toHaveLength(0);
    expect(await sandbox.webhooks.deliver(world.all('event'))).toEqual([500, 200]);
  });
});
