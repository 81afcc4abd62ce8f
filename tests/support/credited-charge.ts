import { DAY } from '#app/lib/instant.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { entry } from '#tests/factories/records.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

/** $49.00 on `ch_1`, and the 1,000 credits that they brought, in the book and at the product. */
export const creditedCharge = async (world: MoneyWorld): Promise<void> => {
  await world.charge('ch_1');
  const bought = entry({ id: 'le_1', kind: 'purchase', credits: 1_000, paymentId: 'ch_1' });
  await world.store.write((tx) => saveRecords(tx, [bought]));
  world.product.product.takeBook([bought]);
};

/** The only refund at Stripe comes back, and three days later its event tells so. */
export const refundComesBack = async (world: MoneyWorld): Promise<void> => {
  const [refund] = world.sandbox.world.all('refund');
  if (!refund) throw new Error('nothing was refunded');
  settleRefund(world.sandbox.world, refund, { status: 'failed' });
  world.advance(3 * DAY);
  await handleWebhook(world, {
    ...{ id: `evt_of_${refund.id}`, type: 'refund.failed', createdAt: world.now() },
    object: { kind: 'refund', id: refund.id, chargeId: 'ch_1', paymentIntentId: null },
  });
};
