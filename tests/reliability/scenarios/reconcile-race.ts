import * as fc from 'fast-check';
import { MINUTE } from '#app/lib/instant.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { pollPendingRefunds } from '#app/services/stripe/poll-pending-refunds.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { isReversed, laterStatus } from '#app/domain/book/refund-status.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { openNearStripe } from '#tests/reliability/scenarios/near-stripe.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

type Status = 'succeeded' | 'failed';
/** What becomes of the refund while everybody is at work. */
const MEANWHILE: readonly (readonly Status[])[] = [
  [],
  ['succeeded'],
  ['failed'],
  ['succeeded', 'failed'],
];

/**
 * M11: the reconciler, the sender's tracker and events about one refund at work at once; every answer of
 * Stripe and every write waits for its turn, in an order that a seed has drawn. Nothing moves backwards.
 */
export const reconcileRace = async (
  world: MoneyWorld,
  { runs, seed }: { runs: number; seed: number },
): Promise<Figure> => {
  let turns = 0;
  let run = 0;
  const property = fc.asyncProperty(
    fc.scheduler(),
    fc.constantFrom(...MEANWHILE),
    fc.boolean(),
    async (order, statuses, overtaken) => {
      const wrong = await oneRace(world, { order, statuses, overtaken, run: (run += 1) });
      turns += order.report().length;
      if (wrong) throw new Error(wrong);
    },
  );
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: true });
  return {
    ...{ name: 'M11 reconciler race', runs: details.numRuns, faults: turns, seed },
    violations: details.failed ? [String(details.errorInstance)] : [],
    note: `${turns} turns drawn`,
  };
};

interface Race {
  order: fc.Scheduler;
  statuses: readonly Status[];
  /** The reconciler writes down what it has read only when everything has been heard. */
  overtaken: boolean;
  run: number;
}

async function oneRace(
  world: MoneyWorld,
  { order, statuses, overtaken, run }: Race,
): Promise<string | null> {
  const charge = `ch_race_${run}`;
  await world.charge(charge);
  world.sandbox.server.script.add({ fault: 'pending', charge });
  const { id, requestId } = await approvedRefund(world, { paymentId: charge });
  const begun = world.now() - 1_000;
  await processAll(world, requestId);
  // Long enough for the tracker to ask about it.
  world.advance(11 * MINUTE);
  const seen: string[] = [];
  const deps = inTurn(world, order, async () => {
    seen.push((await findOperation(world.store.read, id))?.externalStatus ?? 'none');
  });
  const heard = live(deps, { world, charge, statuses, order });
  const reconciler = overtaken ? lateReader(deps, heard) : deps;
  await order.waitFor(Promise.all([reconcile(reconciler, begun), pollPendingRefunds(deps), heard]));
  const after = await findOperation(world.store.read, id);
  const wanted = statuses.at(-1) ?? 'pending';
  if (statuses.length === 0)
    settleRefund(world.sandbox.world, refundOf(world, charge), { status: 'succeeded' });
  await pollPendingRefunds(world);
  world.advance(5_000);
  const back = seen.find(
    (status, at) => at > 0 && laterStatus(seen[at - 1] ?? null, status) !== status,
  );
  if (back !== undefined) return `${charge}: back to ${back} of ${seen.join(', ')}`;
  const state = isReversed(wanted) ? 'failed' : 'succeeded';
  return after?.externalStatus === wanted && after.state === state
    ? null
    : `${charge}: ${after?.state} ${after?.externalStatus}, not ${wanted}`;
}

const lateReader = (deps: RemedyDeps, heard: Promise<void>): RemedyDeps => ({
  ...deps,
  stripe: {
    ...deps.stripe,
    listRefundsSince: async (since) => {
      const read = await deps.stripe.listRefundsSince(since);
      await heard;
      return read;
    },
  },
});

const refundOf = (world: MoneyWorld, charge: string) => {
  const refund = world.sandbox.world.all('refund').find((made) => made.charge === charge);
  if (!refund) throw new Error('nothing was refunded');
  return refund;
};

/** Stripe settles the refund, and tells of it in whatever order. */
async function live(
  deps: RemedyDeps,
  {
    world,
    charge,
    statuses,
    order,
  }: { world: MoneyWorld; charge: string; statuses: readonly Status[]; order: fc.Scheduler },
): Promise<void> {
  const heard: Promise<unknown>[] = [];
  for (const status of statuses) {
    await order.schedule(Promise.resolve(), `Stripe: ${status}`);
    const refund = refundOf(world, charge);
    settleRefund(world.sandbox.world, refund, { status });
    const event = {
      ...{ id: world.newId('evt'), type: 'refund.updated', createdAt: world.now() },
      object: { kind: 'refund', id: refund.id, chargeId: charge, paymentIntentId: null },
    };
    heard.push(handleWebhook(deps, event));
  }
  await Promise.all(heard);
}

/** Services for which each answer of Stripe and each write comes when it is its turn. */
function inTurn(
  world: MoneyWorld,
  order: fc.Scheduler,
  afterWrite: () => Promise<void>,
): RemedyDeps {
  const turn = (what: string): Promise<void> => order.schedule(Promise.resolve(), what);
  const slow =
    <A extends unknown[], R>(what: string, ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const answer = await ask(...args);
      await turn(`answer of ${what}`);
      return answer;
    };
  const stripe = openNearStripe(world.sandbox.server);
  return {
    ...world,
    stripe: {
      ...stripe,
      readCharge: slow('readCharge', stripe.readCharge),
      listRefunds: slow('listRefunds', stripe.listRefunds),
      listRefundsSince: slow('listRefundsSince', stripe.listRefundsSince),
      readRefund: slow('readRefund', stripe.readRefund),
    },
    store: {
      ...world.store,
      write: async (body) => {
        await turn('write');
        const result = await world.store.write(body);
        await afterWrite();
        return result;
      },
    },
  };
}
