import { handleStripeEvent } from '#app/services/money/handle-stripe-event.ts';
import { reconcile } from '#app/services/money/reconcile.ts';
import { isUndone } from '#app/domain/requests/refund-status.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { findOperation } from '#db/queries/operations.ts';
import { approvedRefund } from '#tests/trust/battery/approved-refund.ts';
import type { Figure } from '#tests/trust/battery/figure.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';
import { settleAll } from '#tests/trust/battery/settle-all.ts';

/** What happens between the reconciler's reading and its writing. */
const MEANWHILE = [[], ['succeeded'], ['failed'], ['succeeded', 'failed']] as const;

/** M11: the reconciler reads, events overtake it, it writes: nothing moves backwards. */
export const reconcileRace = async (world: MoneyWorld, runs: number): Promise<Figure> => {
  const violations: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const steps = MEANWHILE[run % MEANWHILE.length] ?? [];
    const charge = `ch_race_${run}`;
    await world.charge(charge);
    world.sandbox.server.script.add({ fault: 'pending', charge });
    const { id, requestId } = await approvedRefund(world, { paymentId: charge });
    await settleAll(world, requestId);
    const begun = world.now() - 1_000;
    await reconcile({ ...world, point: () => overtake(world, charge, steps) }, begun);
    const after = await findOperation(world.store.read, id);
    const wanted = steps.at(-1) ?? 'pending';
    const state = isUndone(wanted) ? 'failed' : 'succeeded';
    if (after?.externalStatus !== wanted || after.state !== state)
      violations.push(`${charge}: ${after?.state} ${after?.externalStatus}, not ${wanted}`);
    world.advance(5_000);
  }
  return { name: 'M11 reconciler race', runs, faults: MEANWHILE.length, violations, seed: null };
};

async function overtake(
  world: MoneyWorld,
  charge: string,
  steps: readonly ('succeeded' | 'failed')[],
): Promise<void> {
  const refund = world.sandbox.world.all('refund').find((made) => made.charge === charge);
  if (!refund) throw new Error('nothing was refunded');
  for (const status of steps) {
    settleRefund(world.sandbox.world, refund, { status });
    await handleStripeEvent(world, {
      ...{ id: world.newId('evt'), type: 'refund.updated', createdAt: world.now() },
      object: { kind: 'refund', id: refund.id, chargeId: charge, paymentIntentId: null },
    });
  }
}
