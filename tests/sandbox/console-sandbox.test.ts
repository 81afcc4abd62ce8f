import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BookRecord } from '#app/domain/book/records.ts';
import { DAY } from '#app/lib/instant.ts';
import { createMailer } from '#app/integrations/mail/create-mailer.ts';
import { createProductApi } from '#app/integrations/product-api/create-product-api.ts';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import { parseEnv } from '#app/config/env.ts';
import { createMail } from '#app/server/create-integrations.ts';
import { assertLivemode } from '#app/services/deployment/assert-livemode.ts';
import { seedDemoStaff } from '#app/services/access/seed-demo-staff.ts';
import { readDemoMail } from '#app/integrations/mail/read-demo-mail.ts';
import { readStripeBook } from '#scripts/sandbox/console/read-console-book.ts';
import { sandboxFolder } from '#scripts/sandbox/console/sandbox-folder.ts';
import { startConsoleSandbox } from '#scripts/sandbox/console/start-console-sandbox.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { entry, paid, T } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';
import { webhookReceiver } from '#tests/support/webhook-receiver.ts';
import { writeAdjustmentBody, writeRefundBody } from '#app/domain/operations/bodies.ts';

const NOW = T + 3 * DAY;
const BOOK: BookRecord[] = [
  paid({ id: 'ch_1' }),
  entry({ id: 'led_1', kind: 'purchase', credits: 5_000, paymentId: 'ch_1', balanceAfter: 5_000 }),
];

/** A console's database with a small book, and the outside that its start gives it. */
const consoleWorld = async (given: Record<string, string> = {}) => {
  const deps = await sweepWorld();
  deps.at(NOW);
  await deps.put(...BOOK);
  const folder = mkdtempSync(join(tmpdir(), 'redress-sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const receiver = await webhookReceiver();
  const consoleUrl = new URL(receiver.url).origin;
  const env = parseEnv({ ...given, DATABASE_URL: deps.databaseUrl });
  const start = async () => {
    const sandbox = await startConsoleSandbox(deps, env, { consoleUrl, folder });
    onTestFinished(sandbox.close);
    const { STRIPE_API_BASE: apiBase, PRODUCT_API_URL: url = '' } = sandbox.settings;
    const beforeCall = (): void => undefined;
    const { PRODUCT_API_SECRET: secret = '', SMTP_URL: smtpUrl = '' } = sandbox.settings;
    const product = createProductApi({ url, secret, now: deps.now, beforeCall });
    const stripe = createStripe({ secretKey: SANDBOX_KEY, apiBase, beforeCall });
    const adjust = async (id: string, credits: number) => {
      const who = { requestedBy: 'agent@demo.test', decidedBy: 'lead@demo.test' };
      const body = writeAdjustmentBody({
        id,
        customerId: 'org_1',
        credits,
        reason: 'late',
        ...who,
      });
      const answer = await product.postAdjustment({ key: id, body });
      if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
      return answer.entry;
    };
    const refund = async (amount: number, op: string) => {
      const metadata = { op, request: 'req_1' };
      const answer = await stripe.createRefund({
        body: writeRefundBody({ paymentId: 'ch_1', amount, metadata }),
        key: op,
      });
      if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
      return answer.refund;
    };
    const mailDoor = () => createMailer({ smtpUrl, from: 'support@demo.test', beforeCall });
    return { ...sandbox, stripe, refund, adjust, mailDoor };
  };
  return { ...deps, receiver, folder, env, start };
};

const refundOf = ({ id, amount }: { id: string; amount: number }): BookRecord => ({
  type: 'refund',
  record: {
    ...{ id, customerId: 'org_1', paymentId: 'ch_1', amount, currency: 'usd' },
    ...{ status: 'succeeded', reason: null, createdAt: NOW },
    ...{ failureReason: null, bankReference: null },
  },
});

describe('what a demo’s console finds outside of itself', () => {
  it('is its own database: the charges at Stripe, the balances at the product', async () => {
    const { start } = await consoleWorld();
    const { stripe, adjust } = await start();
    expect(await stripe.readCharge('ch_1')).toMatchObject({
      amountCaptured: 4_900,
      amountRefunded: 0,
    });
    expect(await adjust('op_1', 24)).toMatchObject({ credits: 24, balanceAfter: 5_024 });
  });

  it('goes on from the ledger as it is now, imports and own entries included, each once', async () => {
    const { start, put } = await consoleWorld();
    const first = await start();
    const own = await first.adjust('op_1', 24);
    await put({ type: 'ledgerEntry', record: own });
    await put(entry({ id: 'led_2', kind: 'usage', credits: -10, occurredAt: NOW + 1 }));
    expect(await first.adjust('op_2', 100)).toMatchObject({ balanceAfter: 5_114 });
    await first.close();
    const second = await start();
    expect(await second.adjust('op_1', 24)).toEqual(own);
    expect(await second.adjust('op_3', 1)).toMatchObject({ balanceAfter: 5_115 });
  });

  it('keeps the refunds made, over a restart, whether the book has heard of them or not', async () => {
    const { start, put } = await consoleWorld();
    const first = await start();
    const heard = await first.refund(1_000, 'op_1');
    const unheard = await first.refund(500, 'op_2');
    await put(refundOf(heard));
    await first.close();
    // And one that the book learns of from elsewhere while nothing runs.
    await put(refundOf({ id: 're_elsewhere', amount: 400 }));
    const second = await start();
    const ids = (await second.stripe.listRefunds('ch_1')).map(({ id }) => id);
    expect(ids.toSorted()).toEqual([heard.id, unheard.id, 're_elsewhere'].toSorted());
    expect((await second.stripe.readCharge('ch_1'))?.amountRefunded).toBe(1_900);
    await expect(second.refund(3_001, 'op_3')).rejects.toThrow(/refused/);
    // The same key gives the refund that there is.
    expect((await second.refund(500, 'op_2')).id).toBe(unheard.id);
  });

  it('signs its events with the secret that it gives the console, another at each start', async () => {
    const { start, receiver } = await consoleWorld();
    const first = await start();
    await first.refund(1_000, 'op_1');
    await expect.poll(() => receiver.delivered.length).toBe(2);
    const [delivery] = receiver.delivered;
    if (!delivery) throw new Error('nothing was delivered');
    const { STRIPE_WEBHOOK_SECRET: secret = '' } = first.settings;
    expect(first.stripe.verifyWebhook({ ...delivery, secrets: [secret], now: NOW }).ok).toBe(true);
    await first.close();
    expect((await start()).settings['STRIPE_WEBHOOK_SECRET']).not.toBe(secret);
  });

  it('shows the mails that were delivered, over a restart', async () => {
    const { start } = await consoleWorld();
    const first = await start();
    const door = first.mailDoor();
    const mail = {
      id: 'mail_1',
      to: 'billing@org-1.example',
      subject: 'Your refund – €',
      body: 'Sent.\n',
    };
    expect(await door.send(mail)).toEqual({ kind: 'sent' });
    door.close();
    await first.close();
    const { settings } = await start();
    expect(await readDemoMail(settings['DEMO_MAIL_URL'] ?? '')).toMatchObject([
      { at: NOW, to: ['billing@org-1.example'], subject: 'Your refund – €' },
    ]);
  });
});

describe('what the person has set', () => {
  it.each([
    [
      'a Stripe',
      { STRIPE_API_BASE: 'http://127.0.0.1:9' },
      ['DEMO_MAIL_URL', 'MAIL_FROM', 'PRODUCT_API_SECRET', 'PRODUCT_API_URL', 'SMTP_URL'],
    ],
    [
      'a product',
      { PRODUCT_API_URL: 'http://127.0.0.1:9' },
      ['DEMO_MAIL_URL', 'MAIL_FROM', 'SMTP_URL', 'STRIPE_API_BASE', 'STRIPE_WEBHOOK_SECRET'],
    ],
    [
      'a mail server',
      { SMTP_URL: 'smtp://127.0.0.1:9' },
      ['PRODUCT_API_SECRET', 'PRODUCT_API_URL', 'STRIPE_API_BASE', 'STRIPE_WEBHOOK_SECRET'],
    ],
  ])('%s is not started', async (_, given, started) => {
    const { start } = await consoleWorld(given);
    expect(Object.keys((await start()).settings).toSorted()).toEqual(started);
  });

  it.each([
    ['a product', { PRODUCT_API_URL: 'https://product.example' }, 'PRODUCT_API_URL'],
    ['a mail server', { SMTP_URL: 'smtps://mail.example' }, 'SMTP_URL'],
  ])('%s elsewhere is not reached: refunds here are not real', async (_, given, name) => {
    const { start, env } = await consoleWorld(given);
    const { settings } = await start();
    expect(settings[name]).toMatch(/127\.0\.0\.1/);
    // Nor by a console that is started by itself.
    expect(createMail({ ...env, MAIL_FROM: 'support@example.test' })).toBeNull();
  });

  it('secrets and sender are used as they are', async () => {
    const given = {
      STRIPE_WEBHOOK_SECRET: 'whsec_q8Zt4Lw1Xc7Vb2Nm6Kp3',
      PRODUCT_API_SECRET: 'a-secret-for-crediting-people',
      MAIL_FROM: 'me@example.test',
    };
    const { start } = await consoleWorld(given);
    const { settings, adjust } = await start();
    expect(settings).toMatchObject(given);
    expect(await adjust('op_1', 1)).toMatchObject({ credits: 1 });
  });
});

it('of a very large book takes the newest payments, with what belongs to them', async () => {
  const { store, put } = await sweepWorld();
  await put(
    paid({ id: 'ch_old', createdAt: T - DAY, capturedAt: T - DAY }),
    paid({ id: 'ch_new' }),
    refundOf({ id: 're_new', amount: 100 }),
  );
  const ids = async (most?: number) =>
    (await readStripeBook(store.read, most)).map(({ record }) => record.id).toSorted();
  expect(await ids(1)).toEqual(['ch_new', 're_new']);
  expect(await ids(2)).toEqual(['ch_new', 'ch_old', 're_new']);
  expect(await ids()).toEqual(await ids(2));
});

it('keeps its truth for one database: another begins with a Stripe that has refunded nothing', async () => {
  const one = await sweepWorld();
  const other = await sweepWorld();
  const url = 'file:./data/redress.db';
  // Of one's own it is known by its name, of the demo's by its people.
  expect(await sandboxFolder(one.store.read, url)).toMatch(/sandbox-[0-9a-f]{12}$/);
  for (const world of [one, other]) {
    await assertLivemode(world, { keyless: true, live: false, onLoopback: true });
    await seedDemoStaff(world);
  }
  const folder = await sandboxFolder(one.store.read, url);
  expect(folder).toMatch(/^\.?\/?data\/sandbox-[0-9a-f]{12}$/);
  expect(await sandboxFolder(one.store.read, url)).toBe(folder);
  expect(await sandboxFolder(other.store.read, url)).not.toBe(folder);
  expect(await sandboxFolder(one.store.read, 'postgres://db.example/redress')).toMatch(
    /^data\/sandbox-/,
  );
});
