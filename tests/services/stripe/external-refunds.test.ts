import { describe, expect, it, onTestFinished } from 'vitest';
import { MINUTE } from '#app/lib/instant.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { findPayment, refundsOfPayment } from '#db/queries/customers/customer-records.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { flag } from '#db/schema/flag.ts';
import type { Refund } from '#scripts/sandbox/stripe/entities.ts';
import { makeRefund, settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { T } from '#tests/factories/records.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

/** A pack charged twice within a minute, and somebody at Stripe's dashboard. */
const dashboard = async () => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  onTestFinished(() => world.close());
  await world.charge('ch_1');
  await world.charge('ch_2', 'org_1', 4_900, T + MINUTE);
  const { read } = world.store;
  const begun = world.now();
  const stripe = world.sandbox.world;
  await sweepAccounts(world, { customers: ['org_1'] });
  let events = 0;
  const hear = (type: string, refund: Refund, id = `evt_${(events += 1)}`) => {
    const of = { chargeId: refund.charge, paymentIntentId: null };
    const kind = type.startsWith('charge') ? 'charge' : 'refund';
    const object = { kind, id: kind === 'charge' ? refund.charge : refund.id, ...of };
    return handleWebhook(world, { id, type, createdAt: world.now(), object });
  };
  const refund = (amount: number, charge = 'ch_2') =>
    makeRefund(stripe, stripe.get('charge', charge) ?? expect.fail(), {
      ...{ amount, reason: null, metadata: {} },
    });
  const open = async () =>
    (await read.select().from(flag))
      .filter(({ state }) => state === 'open')
      .map(({ rule, subject }) => `${rule} ${subject}`)
      .filter((line) => /duplicate|refund/.test(line));
  const book = async () => ({
    refunds: await refundsOfPayment(read, 'org_1', 'ch_2'),
    payment: await findPayment(read, 'org_1', 'ch_2'),
  });
  return { world, stripe, begun, hear, refund, open, book };
};

const DUPLICATE = 'duplicate-charge payment:ch_2';

describe('a refund made in the dashboard', () => {
  it('enters the book when it is heard of, and the flags follow', async () => {
    const { world, begun, hear, refund, open, book } = await dashboard();
    expect(await open()).toEqual([DUPLICATE]);
    const made = refund(4_900);
    await hear('refund.created', made);
    expect(await open()).toEqual([]);
    const at = made.created * 1_000;
    expect(await book()).toMatchObject({
      refunds: [{ id: made.id, amount: 4_900, status: 'succeeded', createdAt: at }],
      payment: { amountRefunded: 4_900, refundedAt: at },
    });
    expect((await reconcile(world, begun)).drift).toEqual([]);
  });

  it('leaves a row in the audit log when it enters, and one only', async () => {
    const { world, hear, refund } = await dashboard();
    const made = refund(4_900);
    await hear('refund.created', made);
    await hear('refund.updated', made);
    const rows = (await world.store.read.select().from(auditEvent)).filter(
      ({ subject }) => subject === `refund:${made.id}`,
    );
    expect(rows).toMatchObject([
      {
        ...{ kind: 'refund.made_elsewhere', actorId: null, customerId: 'org_1' },
        detail: { payment: 'ch_2', amount: '$49.00', status: 'succeeded' },
      },
    ]);
  });

  it('that fails later opens them again', async () => {
    const { stripe, hear, refund, open, book } = await dashboard();
    const made = refund(4_900);
    await hear('charge.refunded', made);
    settleRefund(stripe, made, { status: 'failed' });
    await hear('refund.failed', made);
    expect((await open()).toSorted()).toEqual([DUPLICATE, `refund-failed refund:${made.id}`]);
    expect(await book()).toMatchObject({
      refunds: [{ status: 'failed' }],
      payment: { amountRefunded: 0, refundedAt: null },
    });
  });

  it('is the same book in whatever order and however often it is heard', async () => {
    const books: unknown[] = [];
    for (const order of [
      ['refund.created', 'refund.failed', 'charge.refunded'],
      ['charge.refunded', 'charge.refunded', 'refund.failed', 'refund.created'],
      ['refund.failed'],
    ]) {
      const { stripe, hear, refund, book } = await dashboard();
      refund(900);
      const made = refund(4_000);
      if (order[0] !== 'refund.failed') await hear('refund.updated', made);
      settleRefund(stripe, made, { status: 'failed' });
      for (const type of order) await hear(type, made);
      await hear('refund.failed', made, 'evt_1');
      const { refunds, payment } = await book();
      const seen = refunds.map(({ id: _id, ...rest }) => rest);
      books.push([seen.toSorted((a, b) => a.amount - b.amount), payment]);
    }
    expect(books[1]).toEqual(books[0]);
    expect(books[2]).toEqual(books[0]);
  });

  it('that is imported afterwards changes nothing, and neither does hearing of it again', async () => {
    const { world, hear, refund, book } = await dashboard();
    const made = refund(1_000);
    await hear('refund.created', made);
    const before = await book();
    const [record] = before.refunds;
    await world.store.write((tx) =>
      saveRecords(tx, [{ type: 'refund', record: record ?? expect.fail() }]),
    );
    await hear('refund.updated', made);
    expect(await book()).toEqual(before);
  });

  it('of another amount than the book has is left to the comparison', async () => {
    const { world, hear, refund, book } = await dashboard();
    const made = refund(1_000);
    await hear('refund.created', made);
    const [record] = (await book()).refunds;
    const wrong = { ...(record ?? expect.fail()), amount: 900 };
    await world.store.write((tx) => saveRecords(tx, [{ type: 'refund', record: wrong }]));
    await hear('refund.updated', made);
    expect((await book()).refunds).toMatchObject([{ amount: 900 }]);
  });
});
