import { describe, expect, it, onTestFinished } from 'vitest';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { refundsOfPayment } from '#db/queries/customers/customer-records.ts';
import { makeRefund, settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { paid } from '#tests/factories/records.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { askRefund, kindOf, made, remedyWorld } from '#tests/support/remedy-world.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

/** A payment that the book names by its payment intent. */
const intentWorld = async () => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  onTestFinished(() => world.close());
  await world.charge('pi_1');
  const begun = world.now();
  const refund = async (amount: number) => {
    const { requestId } = await approvedRefund(world, { paymentId: 'pi_1', amount });
    const [step] = await processAll(world, requestId);
    return step ?? expect.fail();
  };
  const atStripe = () => world.sandbox.world.all('refund');
  return { world, begun, refund, atStripe };
};

describe('a payment that is named by its payment intent', () => {
  it('is read live by its latest charge', async () => {
    const { world, atStripe } = await intentWorld();
    const charge = world.sandbox.world.get('charge', 'ch_1') ?? expect.fail();
    makeRefund(world.sandbox.world, charge, { amount: 100, reason: null, metadata: {} });
    expect(await world.stripe.readCharge('pi_1')).toMatchObject({
      ...{ chargeId: 'ch_1', paymentIntentId: 'pi_1', amountRefunded: 100, captured: true },
    });
    expect(await world.stripe.listRefunds('pi_1')).toMatchObject([{ id: atStripe()[0]?.id }]);
    expect(await world.stripe.readCharge('pi_none')).toBeNull();
  });

  it('is refunded by it, with the same bytes at each try', async () => {
    const { world, begun, refund, atStripe } = await intentWorld();
    world.sandbox.server.script.add({ fault: 'reset_before', charge: 'ch_1' });
    expect(await refund(1_000)).toMatchObject({ state: 'succeeded' });
    expect(atStripe()).toMatchObject([{ charge: 'ch_1', amount: 1_000 }]);
    const sent = world.sandbox.world.posts;
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(sent[0]?.body).toContain('payment_intent=pi_1');
    const book = await refundsOfPayment(world.store.read, 'org_1', 'pi_1');
    expect(book).toMatchObject([{ id: atStripe()[0]?.id, amount: 1_000 }]);
    expect((await reconcile(world, begun)).drift).toEqual([]);
  });

  it('has lost replies looked up', async () => {
    const { world, refund, atStripe } = await intentWorld();
    world.sandbox.server.script.add({ fault: 'reset_after', charge: 'ch_1' });
    expect(await refund(1_000)).toMatchObject({ state: 'succeeded' });
    expect(atStripe()).toHaveLength(1);
  });

  it('hears what becomes of its refunds, by refund or by charge', async () => {
    const { world, refund, atStripe } = await intentWorld();
    const first = await refund(1_000);
    settleRefund(world.sandbox.world, atStripe()[0] ?? expect.fail(), { status: 'failed' });
    const object = { kind: 'charge', id: 'ch_1', chargeId: 'ch_1', paymentIntentId: 'pi_1' };
    await handleWebhook(world, {
      ...{ id: 'evt_1', type: 'charge.refunded', createdAt: world.now(), object },
    });
    const book = await refundsOfPayment(world.store.read, 'org_1', 'pi_1');
    expect(book).toMatchObject([{ id: first.externalId, status: 'failed' }]);
  });

  it('is compared with Stripe under its own name', async () => {
    const { world, begun } = await intentWorld();
    const charge = world.sandbox.world.get('charge', 'ch_1') ?? expect.fail();
    makeRefund(world.sandbox.world, charge, { amount: 100, reason: null, metadata: {} });
    expect((await reconcile(world, begun)).drift).toMatchObject([
      { kind: 'only_at_stripe', chargeId: 'pi_1', customerId: 'org_1' },
    ]);
  });
});

it('what is requested by one name counts for the other', async () => {
  const world = await remedyWorld([paid({ id: 'ch_1' }), paid({ id: 'pi_1' })]);
  const ask = (paymentId: string, amount: number) =>
    world.ask(askRefund({ paymentId, amount, evidence: [`payment:${paymentId}`] }));
  expect(kindOf(await ask('pi_1', 3_000))).toBe('requested');
  const refused = await ask('ch_1', 3_000);
  expect(refused).toMatchObject({
    ok: false,
    refusal: { fields: { amount: expect.stringContaining('$19.00 can still be refunded') } },
  });
  expect(made(await ask('ch_1', 1_900)).state).toBe('requested');
});

it.each([
  ['pay_9', 'Stripe knows no charge pay_9, for which the id of this payment is taken.'],
  ['pi_9', 'Stripe knows no payment intent pi_9.'],
  ['ch_9', 'Stripe knows no charge ch_9.'],
])('%s, unknown to Stripe, is named', async (paymentId, words) => {
  const world = await remedyWorld();
  await world.put(paid({ id: paymentId }));
  expect(await world.ask(askRefund({ paymentId }))).toMatchObject({
    ok: false,
    refusal: { fields: { paymentId: expect.stringContaining(words) } },
  });
});
