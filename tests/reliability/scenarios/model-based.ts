import * as fc from 'fast-check';
import { MINUTE, SECOND } from '#app/lib/instant.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { pollPendingRefunds } from '#app/services/stripe/poll-pending-refunds.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { answerAll } from '#tests/reliability/scenarios/model/answer-review.ts';
import { COMMANDS } from '#tests/reliability/scenarios/model/commands.ts';
import type { Command } from '#tests/reliability/scenarios/model/commands.ts';
import { checkState, stands } from '#tests/reliability/scenarios/model/check-state.ts';
import { CAPTURED, RealConsole } from '#tests/reliability/scenarios/model/real-console.ts';
import { Wishes } from '#tests/reliability/scenarios/model/wishes.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { hirePeople } from '#tests/reliability/scenarios/people.ts';

const MOST_COMMANDS = 60;
const MOST_PASSES = 120;
const counted = { commands: 0, requests: 0, refunds: 0, crashes: 0, struck: 0, reviews: 0 };

/**
 * M12: whatever people, Stripe, the clock and crashes do in whatever order, the console agrees with a
 * model of it, and when everything has had its time, and people have answered what they were asked, all
 * ends as Stripe has it.
 */
export const modelBased = async (
  world: MoneyWorld,
  { runs, seed }: { runs: number; seed: number },
): Promise<Figure> => {
  await hirePeople(world);
  Object.assign(counted, {
    commands: 0,
    requests: 0,
    refunds: 0,
    crashes: 0,
    struck: 0,
    reviews: 0,
  });
  const started = performance.now();
  let made = 0;
  const property = fc.asyncProperty(
    fc.commands(COMMANDS, { maxCommands: MOST_COMMANDS, size: 'max' }),
    (commands) => oneRun(world, `m${(made += 1)}`, commands),
  );
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: false });
  const rate = (made / (performance.now() - started)) * 1_000;
  const { commands, requests, refunds, crashes, struck, reviews } = counted;
  return {
    ...{ name: 'M12 model', runs: details.numRuns, faults: crashes + struck, seed },
    violations: details.failed ? [await sayFailure(details)] : [],
    note:
      `${commands} commands, ${requests} requests, ${refunds} refunds, ${crashes} crashes, ${struck} tries struck, ` +
      `${reviews} left to people; ${rate.toFixed(1)} runs a second`,
  };
};

const sayFailure = async <T>(details: fc.RunDetails<T>): Promise<string> =>
  `${String(details.errorInstance)}\n${(await fc.asyncDefaultReportMessage(details)) ?? ''}`;

async function oneRun(world: MoneyWorld, name: string, commands: Iterable<Command>): Promise<void> {
  const real = new RealConsole(world, name);
  await real.begin();
  const model = new Wishes(CAPTURED);
  model.now = world.now();
  try {
    await fc.asyncModelRun(() => ({ model, real }), commands);
    await settleEverything(real);
    await checkState(model, real);
    counted.reviews += model.all.filter(({ state }) => state === 'needs_review').length;
    await answerAll(real, settleEverything);
    await checkState(model, real);
    demandEnds(model, real);
  } finally {
    counted.commands += [...commands].length;
    counted.requests += model.all.length;
    counted.refunds += real.refunds().length;
    counted.crashes += real.crashes;
    counted.struck += real.struck;
    await real.retire();
    real.end();
  }
}

/** Nothing goes wrong any more, and every word of Stripe arrives, some of them twice. */
async function settleEverything(real: RealConsole): Promise<void> {
  for (const event of real.events()) await handleWebhook(real.deps, event);
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    await processDueOperations(real.deps);
    const steps = await operationsOf(real.world.store.read, real.requests);
    if (!steps.some(({ state }) => state === 'ready' || state === 'sending')) break;
    real.world.advance(pass < 20 ? 45 * SECOND : 30 * MINUTE);
  }
  real.world.advance(11 * MINUTE);
  await pollPendingRefunds(real.deps);
  await processDueOperations(real.deps);
}

/** Called done is what stands at Stripe, and nothing else stands there. */
function demandEnds(model: Wishes, real: RealConsole): void {
  for (const [at, { state }] of model.all.entries()) {
    if (['approved', 'sending', 'needs_review'].includes(state))
      throw new Error(`request ${at} is stuck: ${state}`);
    const mine = real.refunds().filter(({ metadata }) => metadata['request'] === real.requests[at]);
    const standing = mine.filter(stands).length;
    if (standing !== (state === 'succeeded' ? 1 : 0))
      throw new Error(`request ${at} is ${state}, and ${standing} refunds stand`);
  }
}
