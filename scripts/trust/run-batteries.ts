/*
 * Runs the batteries on the database of DATABASE_URL and prints a figure a line as JSON. Started by
 * scripts/trust.ts, once for each kind of database, because a process knows only one kind.
 */
import { SIZES } from '#scripts/trust/sizes.ts';
import type { SizeName } from '#scripts/trust/sizes.ts';
import { amounts } from '#tests/reliability/scenarios/amounts.ts';
import { answersOfOthers } from '#tests/reliability/scenarios/answers-of-others.ts';
import { askingAtOnce } from '#tests/reliability/scenarios/asking-at-once.ts';
import { auditClasses } from '#tests/reliability/scenarios/audit-classes.ts';
import { backDoors } from '#tests/reliability/scenarios/back-doors.ts';
import { brokenGlass } from '#tests/reliability/scenarios/break-glass.ts';
import { clocks } from '#tests/reliability/scenarios/clocks.ts';
import { decisionsAtOnce } from '#tests/reliability/scenarios/decisions-at-once.ts';
import { delegations } from '#tests/reliability/scenarios/delegations.ts';
import { drifts } from '#tests/reliability/scenarios/drifts.ts';
import { editedApprovals } from '#tests/reliability/scenarios/edited-approvals.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { keyHygiene } from '#tests/reliability/scenarios/keys.ts';
import { buildChild, killSweep, SWEPT } from '#tests/reliability/scenarios/kill-sweep.ts';
import { lateFailure } from '#tests/reliability/scenarios/late-failure.ts';
import { letters } from '#tests/reliability/scenarios/letters.ts';
import { logInjection } from '#tests/reliability/scenarios/log-injection.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { modelsAtOnce } from '#tests/reliability/scenarios/models-at-once.ts';
import { mutationCheck } from '#tests/reliability/scenarios/mutation-check.ts';
import { ordersOfUnknowns } from '#tests/reliability/scenarios/orders-of-unknowns.ts';
import { overRefunds } from '#tests/reliability/scenarios/over-refunds.ts';
import { postsAtOnce } from '#tests/reliability/scenarios/posts-at-once.ts';
import { prunedKey } from '#tests/reliability/scenarios/pruned-key.ts';
import { reconcileRace } from '#tests/reliability/scenarios/reconcile-race.ts';
import { retriesOnTheWire, stillAtWork } from '#tests/reliability/scenarios/retries.ts';
import { simulationsAtOnce } from '#tests/reliability/scenarios/simulations-at-once.ts';
import { remediesAtOnce } from '#tests/reliability/scenarios/remedies-at-once.ts';
import { AGES, restoreOfAge } from '#tests/reliability/scenarios/restores.ts';
import { retention } from '#tests/reliability/scenarios/retention.ts';
import { splittingAtOnce } from '#tests/reliability/scenarios/splitting-at-once.ts';
import {
  changedFields,
  changedWorlds,
  lateAndTwice,
} from '#tests/reliability/scenarios/stale-decisions.ts';
import { twoConsoles } from '#tests/reliability/scenarios/two-consoles.ts';
import { whoSaw } from '#tests/reliability/scenarios/who-saw.ts';
import { wrongDeciders } from '#tests/reliability/scenarios/wrong-deciders.ts';

interface Battery {
  id: string;
  lax?: boolean;
  run: (world: MoneyWorld) => Promise<Figure>;
}

const [sizeName, only, ...urls] = process.argv.slice(2);
// Given by scripts/trust.ts.
const size = SIZES[(sizeName ?? 'small') as SizeName];

const kills = async (world: MoneyWorld): Promise<Figure> => {
  const child = await buildChild();
  try {
    const swept = await killSweep(world, child.path, { faults: SWEPT, every: size.killEvery });
    return { ...swept, note: `${swept.kills} kills` };
  } finally {
    child.remove();
  }
};

/** With a second step, so that the kill also falls between the two. */
const killsBetween = async (world: MoneyWorld): Promise<Figure> => {
  const child = await buildChild();
  try {
    const faults = [null, 'reset_after', 'hang_before', '500_after'] as const;
    const sweep = { faults, every: size.killEvery, takeBack: 500 };
    const swept = await killSweep(world, child.path, sweep);
    return { ...swept, note: `${swept.kills} kills, ${swept.halves} listed as half done` };
  } finally {
    child.remove();
  }
};

const enforcing = 'a server that enforces nothing';
const BATTERIES: readonly Battery[] = [
  { id: 'M1', run: kills },
  { id: 'M2', run: killsBetween },
  { id: 'M3', run: ordersOfUnknowns },
  { id: 'M3', run: (world) => stillAtWork(world, 3) },
  { id: 'M4', run: (world) => overRefunds(world, { rounds: size.overRounds, seed: 7 }) },
  {
    ...{ id: 'M4', lax: true },
    run: async (world) => {
      const figure = await overRefunds(world, { rounds: size.overRounds, seed: 9 });
      return { ...figure, name: `${figure.name}, ${enforcing}` };
    },
  },
  {
    id: 'M4',
    run: (world) => askingAtOnce(world, { rounds: size.askRounds, processes: 8, seed: 3 }),
  },
  { id: 'M5', run: (world) => decisionsAtOnce(world, { rounds: size.approveRounds, times: 50 }) },
  { id: 'M5', run: (world) => postsAtOnce(world, { rounds: size.approveRounds, times: 50 }) },
  { id: 'M6', run: (world) => twoConsoles(world, { ...size.consoles, seed: 5 }) },
  { id: 'M7', run: async () => keyHygiene(size.keys, 1) },
  { id: 'M7', run: retriesOnTheWire },
  { id: 'M8', run: prunedKey },
  { id: 'M9', run: lateFailure },
  { id: 'M10', run: (world) => drifts(world, size.charges) },
  { id: 'M11', run: (world) => reconcileRace(world, { runs: size.races, seed: 6 }) },
  { id: 'M12', run: (world) => modelsAtOnce(world, { runs: size.models, seed: 12 }) },
  { id: 'M13', run: (world) => simulationsAtOnce(world, size.months) },
  { id: 'M15', run: (world) => mutationCheck(world, { every: size.mutateEvery }) },
  { id: 'M14', run: amounts },
  { id: 'A1', run: wrongDeciders },
  { id: 'A2', run: changedFields },
  { id: 'A3', run: editedApprovals },
  { id: 'A4', run: changedWorlds },
  { id: 'A5', run: lateAndTwice },
  { id: 'U4', run: (world) => whoSaw(world, size.auditRows) },
  {
    id: 'A6',
    run: (world) => splittingAtOnce(world, { sequences: size.sequences, seed: 11 }),
  },
  { id: 'A7', run: (world) => delegations(world) },
  { id: 'A8', run: async () => backDoors() },
  { id: 'A11', run: brokenGlass },
  { id: 'U3', run: async () => auditClasses() },
  { id: 'U6', run: logInjection },
  { id: 'U7', run: retention },
  { id: 'X1', run: (world) => remediesAtOnce(world, { sequences: size.remedies, seed: 21 }) },
  { id: 'X3', run: (world) => letters(world, size.wholeLetters) },
  ...AGES.map((age) => ({
    id: 'X4',
    run: (world: MoneyWorld) => restoreOfAge(world, age),
  })),
  { id: 'X5', run: answersOfOthers },
  { id: 'X6', lax: true, run: clocks },
];

for (const [at, { id, lax = false, run }] of BATTERIES.entries()) {
  const databaseUrl = urls[at];
  if (databaseUrl === undefined) throw new Error('a database for each battery is needed');
  if (only !== 'all' && !only?.split(',').includes(id)) continue;
  const world = await openMoneyWorld({ databaseUrl, lax });
  const started = performance.now();
  const figure = await run(world).finally(() => world.close());
  const seconds = Math.round((performance.now() - started) / 1_000);
  process.stdout.write(`${JSON.stringify({ ...figure, seconds })}\n`);
}
process.exit(0);
