import { setTimeout as delay } from 'node:timers/promises';
import { SECOND } from '#app/lib/instant.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { operationsOnPayment } from '#db/queries/operations/operations.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

/** Repeats for the same seed; 31 bits. */
const dice = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff);
};

const GROUNDS = [
  'technical_issue',
  'duplicate_charge',
  'charge_after_cancellation',
  'other',
] as const;
const FAULTS = [null, null, 'reset_after', 'hang_after', '500_after', 'html_502'] as const;

/** Between looking and sending, so that without its lock another sender would look meanwhile, too. */
const dawdle = async (point: string): Promise<void> => {
  if (point === 'checked-live') await delay(5);
};

/**
 * M4 behind the console: four approved refunds on one charge that together are too much, sent by three
 * senders at once, some without an answer, some charges refunded elsewhere meanwhile. `world` may be a
 * server that enforces neither ceilings nor keys.
 */
export const overRefunds = async (
  world: MoneyWorld,
  { rounds, seed }: { rounds: number; seed: number },
): Promise<Figure> => {
  const roll = dice(seed);
  const violations: string[] = [];
  let posts = 0;
  for (let round = 0; round < rounds; round += 1) {
    const charge = `ch_over_${round}`;
    await world.charge(charge);
    for (const ground of GROUNDS)
      await approvedRefund(world, { paymentId: charge, ground, amount: 1 + (roll() % 4_000) });
    const fault = FAULTS[roll() % FAULTS.length];
    if (fault) world.sandbox.server.script.add({ fault, charge });
    if (roll() % 3 === 0) refundElsewhere(world, charge, 1 + (roll() % 1_000));
    for (let pass = 0; pass < 10; pass += 1) {
      await Promise.all(
        ['a', 'b', 'c'].map((owner) =>
          processDueOperations({ ...world, owner, point: dawdle }).catch((error: unknown) =>
            violations.push(`${charge}: ${String(error)}`),
          ),
        ),
      );
      world.advance(20 * SECOND);
    }
    violations.push(...(await wrongOn(world, charge)));
    posts = world.sandbox.world.posts.length;
  }
  return {
    ...{ name: 'M4 over-refunds', runs: rounds, faults: 4, violations, seed },
    note: `${rounds * GROUNDS.length} refunds wanted, ${posts} sent`,
  };
};

function refundElsewhere({ sandbox }: MoneyWorld, id: string, amount: number): void {
  const charge = sandbox.world.get('charge', id);
  if (charge) makeRefund(sandbox.world, charge, { amount, reason: null, metadata: {} });
}

async function wrongOn(world: MoneyWorld, charge: string): Promise<string[]> {
  const made = world.sandbox.world.all('refund').filter((refund) => refund.charge === charge);
  const sum = made.reduce((total, { amount }) => total + amount, 0);
  const wrong = sum > 4_900 ? [`${charge}: ${sum} of 4900 refunded`] : [];
  const ops = made.flatMap(({ metadata }) => metadata['op'] ?? []);
  if (new Set(ops).size !== ops.length) wrong.push(`${charge}: one operation refunded twice`);
  for (const { state, id } of await operationsOnPayment(world.store.read, [charge])) {
    if (!['succeeded', 'failed', 'needs_review'].includes(state))
      wrong.push(`${charge}: ${id} is stuck in ${state}`);
    if ((state === 'succeeded') !== ops.includes(id)) wrong.push(`${charge}: ${id} says ${state}`);
  }
  return wrong;
}
