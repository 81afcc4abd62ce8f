import { describe, expect, it, onTestFinished } from 'vitest';
import type { BookRecord, Payment } from '#app/domain/book/records.ts';
import { loadRequest } from '#app/services/requests/views/load-request.ts';
import { previewRequest } from '#app/services/requests/lifecycle/preview-request.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { paid, T } from '#tests/factories/records.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { askRefund, made, remedyWorld } from '#tests/support/remedy-world.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

const customer: BookRecord = {
  type: 'customer',
  record: {
    ...{ id: 'org_1', name: 'Løvely Studio', email: 'a@example.test', createdAt: T },
    ...{ stripeCustomerId: 'cus_1', timeZone: null, reportedBalance: null },
    ...{ reportedBalanceAt: null, generationHold: null },
  },
};
const booked = (change: Partial<Payment> = {}): BookRecord[] => [
  customer,
  paid({ id: 'ch_1', cardFingerprint: 'fp_1', ...change }),
];

const READ = { method: 'GET', path: '/v1/charges/*', times: 1_000, fault: 'altered' } as const;
const card = (change: object) => ({ payment_method_details: { card: change } });

/** What Stripe says of the charge, and what the guard says then. */
const OTHERS: [string, Record<string, unknown>, RegExp][] = [
  ['customer', { customer: 'cus_2' }, /belongs to Stripe customer cus_2; our data says cus_1/],
  ['card', card({ last4: '1881' }), /paid with the card ending 1881; our data says 4242/],
  ['fingerprint', card({ fingerprint: 'fp_2' }), /another card ending 4242 than in our data/],
  ['currency', { currency: 'eur' }, /The charge is in EUR; our data has the payment in USD/],
  ['captured amount', { amount_captured: 3_900 }, /Stripe captured \$39.00; our data has \$49.00/],
];

describe('a charge that is another than the book’s payment', () => {
  it.each(OTHERS)('by its %s cannot be refunded: asked', async (_what, change, words) => {
    const world = await remedyWorld(booked());
    world.sandbox.server.script.add({ ...READ, change });
    const asked = askRefund({ evidence: ['payment:ch_1'] });
    const preview = await previewRequest(world.as('agent'), asked);
    const failing = preview.weighed?.guards.filter(({ holds }) => !holds) ?? [];
    expect(failing.map((guard) => guard.words)).toContainEqual(expect.stringMatching(words));
    expect(await world.ask(asked)).toMatchObject({ ok: false, refusal: { refused: 'invalid' } });
  });

  it.each(OTHERS)('by its %s cannot be refunded: approved', async (_what, change, words) => {
    const world = await remedyWorld(booked());
    const request = made(await world.ask(askRefund({ evidence: ['payment:ch_1'] })));
    world.sandbox.server.script.add({ ...READ, change });
    const sheet = await loadRequest(world.as('finance'), request.id);
    expect(sheet?.weighed?.guards.map((guard) => guard.words)).toContainEqual(
      expect.stringMatching(words),
    );
    expect(await world.decide('finance', request)).toMatchObject({
      ...{ ok: false, refusal: { refused: 'conflict' } },
    });
    expect(await world.stored(request)).toMatchObject({ state: 'requested' });
  });

  it.each<[string, BookRecord[], Record<string, unknown>]>([
    ['customer', [paid({ id: 'ch_1' })], { customer: 'cus_2' }],
    ['card', booked({ cardLast4: null, cardFingerprint: null }), card({ last4: '1881' })],
  ])('is not said where the book knows no %s', async (_what, records, change) => {
    const world = await remedyWorld(records);
    world.sandbox.server.script.add({ ...READ, change });
    expect((await world.ask(askRefund({ evidence: ['payment:ch_1'] }))).ok).toBe(true);
  });

  it('is shown with what was compared', async () => {
    const world = await remedyWorld(booked());
    const request = made(await world.ask(askRefund({ evidence: ['payment:ch_1'] })));
    const sheet = await loadRequest(world.as('finance'), request.id);
    const says = sheet?.weighed?.guards.map(({ words }) => words) ?? [];
    expect(says).toContain('The charge belongs to Stripe customer cus_1, as in our data.');
    expect(says).toContain('Paid with the card ending 4242, as in our data.');
  });
});

describe('the comparison with Stripe', () => {
  it.each(OTHERS)('names a charge that is another by its %s', async (_what, change, words) => {
    const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
    onTestFinished(() => world.close());
    await world.charge('ch_1', '1', 4_900, T, { cardFingerprint: 'fp_1' });
    expect((await reconcile(world, T)).drift).toEqual([]);
    world.sandbox.server.script.add({ ...READ, change });
    expect((await reconcile(world, T)).drift).toMatchObject([
      { kind: 'charge_differs', chargeId: 'ch_1', words: expect.stringMatching(words) },
    ]);
  });

  it('and takes no charge of another payment intent for the intent’s', async () => {
    const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
    onTestFinished(() => world.close());
    await world.charge('pi_1');
    const change = { latest_charge: { payment_intent: 'pi_2' } };
    world.sandbox.server.script.add({ ...READ, path: '/v1/payment_intents/*', change });
    await expect(world.stripe.readCharge('pi_1')).rejects.toMatchObject({ why: 'unreadable' });
  });
});
