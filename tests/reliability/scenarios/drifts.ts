import { T } from '#tests/factories/records.ts';
import type { DiscrepancyKind } from '#app/domain/reconciliation/discrepancy.ts';
import type { Refund } from '#app/domain/book/records.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { refundsSince } from '#db/queries/operations/reconcile-rows.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

const KINDS: readonly (DiscrepancyKind | null)[] = [
  null,
  'only_at_stripe',
  'only_here',
  'amount_differs',
  'status_differs',
  'dispute_differs',
  'unknown_charge',
  'charge_differs',
  null,
  null,
];

/** M10: many charges, some of which Stripe and the book tell differently; each is found, and no other. */
export const drifts = async (world: MoneyWorld, charges: number): Promise<Figure> => {
  const planted = new Map<string, DiscrepancyKind>();
  for (let at = 0; at < charges; at += 1) {
    const kind = KINDS[at % KINDS.length] ?? null;
    const charge = `ch_drift_${String(at)}`;
    await plant(world, charge, kind, at);
    if (kind) planted.set(kind === 'unknown_charge' ? unknownTo(charge) : charge, kind);
  }
  const violations: string[] = [];
  const before = await bookOf(world);
  for (const run of ['first', 'second']) {
    const { drift, moved } = await reconcile(world, T - 1_000);
    const found = new Map(drift.map(({ chargeId, kind }) => [chargeId, kind]));
    for (const [charge, kind] of planted)
      if (found.get(charge) !== kind) violations.push(`${run}: ${charge} ${kind} was not found`);
    for (const { chargeId, kind } of drift)
      if (planted.get(chargeId) !== kind) violations.push(`${run}: ${chargeId} ${kind} is none`);
    if (moved > 0 || (await bookOf(world)) !== before) violations.push(`${run}: rows were changed`);
  }
  const note = `${planted.size} drifts planted`;
  return { name: 'M10 reconciler', runs: charges, faults: 7, violations, seed: null, note };
};

const unknownTo = (charge: string): string => `${charge}_unknown`;

const bookOf = async (world: MoneyWorld): Promise<string> =>
  JSON.stringify(await refundsSince(world.store.read, 0));

async function plant(
  world: MoneyWorld,
  charge: string,
  kind: DiscrepancyKind | null,
  nth: number,
): Promise<void> {
  const stripe = world.sandbox.world;
  const customerId = `org_drift_${nth}`;
  await world.charge(charge, customerId);
  if (kind === 'charge_differs') {
    const row = stripe.get('charge', charge);
    if (row) stripe.change('charge', row, { customer: 'cus_other' });
    return;
  }
  if (kind === 'dispute_differs') {
    stripe.put('dispute', {
      ...{ id: `dp_${nth}`, created: stripe.seconds(), charge, amount: 4_900, currency: 'usd' },
      ...{ status: 'needs_response', reason: 'fraudulent', chargeRefundable: false },
    });
    return;
  }
  const ours: Refund = {
    ...{ id: `re_here_${nth}`, customerId, paymentId: charge, amount: 1_000, currency: 'usd' },
    ...{ status: 'succeeded', reason: null, createdAt: world.now() },
    ...{ failureReason: null, bankReference: null },
  };
  if (kind !== 'only_here') {
    const row = stripe.get('charge', charge);
    if (!row) throw new Error('no charge');
    // A charge that only Stripe has.
    const at = kind === 'unknown_charge' ? { ...row, id: unknownTo(charge) } : row;
    const refund = makeRefund(stripe, at, { amount: 1_000, reason: null, metadata: {} });
    ours.id = refund.id;
  }
  if (kind === 'amount_differs') ours.amount = 999;
  if (kind === 'status_differs') ours.status = 'pending';
  if (kind !== 'only_at_stripe' && kind !== 'unknown_charge')
    await world.store.write((tx) => saveRecords(tx, [{ type: 'refund', record: ours }]));
}
