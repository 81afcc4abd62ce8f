import { SECOND } from '#app/lib/instant.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { checkRefund } from '#tests/reliability/scenarios/check-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

/** Each leaves the money moved and the console without an answer; then nothing can be looked up. */
const UNKNOWNS = ['reset_after', 'hang_after', '500_after'] as const;
/** How look-ups fail while the outcome is unknown; each is made twice. */
const UNREADABLE = { method: 'GET', path: '/v1/refunds', fault: 'reset_before', times: 2 } as const;

/** M3: three tries whose outcome stays open, in every order; the refund is made once. */
export const ordersOfUnknowns = async (world: MoneyWorld): Promise<Figure> => {
  const violations: string[] = [];
  let runs = 0;
  for (const first of UNKNOWNS)
    for (const second of UNKNOWNS)
      for (const third of UNKNOWNS) {
        const name = `${first}-${second}-${third}`;
        const found = await oneOrder(world, `ch_${name}_${runs}`, [first, second, third]);
        violations.push(...found.map((what) => `${name}: ${what}`));
        runs += 1;
      }
  return { name: 'M3 unknown outcomes', runs, faults: 3, violations, seed: null };
};

async function oneOrder(
  world: MoneyWorld,
  charge: string,
  order: readonly (typeof UNKNOWNS)[number][],
): Promise<string[]> {
  const { script } = world.sandbox.server;
  await world.charge(charge);
  order.forEach((fault, at) => script.add({ fault, charge, nth: at + 1 }));
  const step = await approvedRefund(world, { paymentId: charge });
  const wrong: string[] = [];
  await processDueOperations(world);
  for (let blind = 0; blind < 3; blind += 1) {
    const seen = await findOperation(world.store.read, step.id);
    const request = await findRequest(world.store.read, step.requestId);
    if (seen?.state !== 'sending' || request?.state !== 'sending' || seen.outcome === null)
      wrong.push(`shown as ${request?.state}, ${seen?.outcome}, not as an unknown outcome`);
    script.add({ ...UNREADABLE, charge });
    world.advance(20 * SECOND);
    await processDueOperations(world);
  }
  script.clear();
  await processAll(world, step.requestId);
  return [...wrong, ...(await checkRefund(world, step))];
}
