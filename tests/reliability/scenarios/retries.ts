import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { checkRefund } from '#tests/reliability/scenarios/check-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { answered } from '#tests/reliability/scenarios/kill-sweep.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';
import { SECOND } from '#app/lib/instant.ts';

/** After each of these nothing was done, and it has to be sent again. */
const AGAIN = ['hang_before', 'reset_before', '429', '409_in_use'] as const;

/**
 * M7 on the wire: what reaches Stripe was written down before, a retry repeats key and bytes, and equal
 * amounts on one charge are two refunds.
 */
export const retriesOnTheWire = async (world: MoneyWorld): Promise<Figure> => {
  const violations: string[] = [];
  const watched = watch(world, violations);
  for (const fault of AGAIN) {
    const charge = `ch_again_${fault}`;
    await world.charge(charge);
    world.sandbox.server.script.add({ fault, charge, times: 2 });
    const step = await approvedRefund(world, { paymentId: charge });
    await processAll(watched, step.requestId);
    const sent = postsOf(world, charge);
    const keys = new Set(sent.map(({ key }) => key)).size;
    const bodies = new Set(sent.map(({ body }) => body)).size;
    if (sent.length < 3 || keys !== 1 || bodies !== 1)
      violations.push(`${fault}: ${sent.length} tries, ${keys} keys, ${bodies} bodies`);
    violations.push(...(await checkRefund(world, step)).map((what) => `${fault}: ${what}`));
  }
  violations.push(...(await twiceTheSame(watched)));
  const runs = AGAIN.length + 1;
  const name = 'M7 keys on the wire';
  return { name, runs, faults: AGAIN.length, violations, seed: null };
};

const postsOf = ({ sandbox }: MoneyWorld, charge: string) =>
  sandbox.world.posts.filter(({ body }) => body.includes(charge));

/** A Stripe that looks, at each refund that arrives, whether the database knows of it. */
const watch = (world: MoneyWorld, violations: string[]): MoneyWorld => ({
  ...world,
  stripe: {
    ...world.stripe,
    createRefund: async (sent) => {
      // Every body names its step; M7 holds it to that.
      const { metadata } = JSON.parse(sent.body) as { metadata: { op: string } };
      const step = await findOperation(world.store.read, metadata.op);
      if (step?.firstSentAt === null) violations.push(`${sent.key}: sent before it was noted`);
      if (step?.idempotencyKey !== sent.key) violations.push(`${sent.key}: not the noted key`);
      return world.stripe.createRefund(sent);
    },
  },
});

async function twiceTheSame(world: MoneyWorld): Promise<string[]> {
  const charge = 'ch_twice';
  await world.charge(charge);
  const wrong: string[] = [];
  for (const ground of ['technical_issue', 'duplicate_charge'] as const) {
    const step = await approvedRefund(world, { paymentId: charge, ground, amount: 1_000 });
    try {
      const [end] = await processAll(world, step.requestId);
      if (end?.state !== 'succeeded') wrong.push(`${ground}: ${end?.state}`);
    } catch (error) {
      wrong.push(`${ground}: ${String(error)}`);
    }
  }
  const keys = new Set(postsOf(world, charge).map(({ key }) => key)).size;
  if (keys !== 2) wrong.push(`the same amount twice: ${keys} keys`);
  return wrong;
}

/** How long Stripe works on a refund while we ask again and again. */
const AT_WORK_MS = 1_500;

/** M3: Stripe is still at work on the first try when the second comes; it is made once, and never failed. */
export const stillAtWork = async (world: MoneyWorld, runs: number): Promise<Figure> => {
  const violations: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const charge = `ch_work_${run}`;
    await world.charge(charge);
    world.sandbox.server.script.add({ fault: 'slow', charge, ms: AT_WORK_MS });
    const step = await approvedRefund(world, { paymentId: charge });
    for (let pass = 0; pass < 6; pass += 1) {
      await processDueOperations(world);
      const now = await findOperation(world.store.read, step.id);
      // On a busy machine Stripe may be done before we have asked so often.
      if (now?.state !== 'sending' && now?.state !== 'succeeded')
        violations.push(`${charge}: ${now?.state} while at work`);
      world.advance(20 * SECOND);
    }
    await answered(world, charge);
    await processAll(world, step.requestId);
    violations.push(...(await checkRefund(world, step)).map((what) => `${charge}: ${what}`));
  }
  return { name: 'M3 still at work', runs, faults: 1, violations, seed: null };
};
