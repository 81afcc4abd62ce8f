/*
 * Runs the batteries on the database of DATABASE_URL and prints a figure a line as JSON. Started by
 * scripts/trust.ts, once for each kind of database, because a process knows only one kind.
 */
import { SIZES } from '#scripts/trust/sizes.ts';
import type { SizeName } from '#scripts/trust/sizes.ts';
import { amounts } from '#tests/trust/battery/amounts.ts';
import { answersOfOthers } from '#tests/trust/battery/answers-of-others.ts';
import { askingAtOnce } from '#tests/trust/battery/asking-at-once.ts';
import { auditClasses } from '#tests/trust/battery/audit-classes.ts';
import { backDoors } from '#tests/trust/battery/back-doors.ts';
import { brokenGlass } from '#tests/trust/battery/broken-glass.ts';
import { clocks } from '#tests/trust/battery/clocks.ts';
import { decisionsAtOnce } from '#tests/trust/battery/decisions-at-once.ts';
import { delegations } from '#tests/trust/battery/delegations.ts';
import { drifts } from '#tests/trust/battery/drifts.ts';
import { editedApprovals } from '#tests/trust/battery/edited-approvals.ts';
import type { Figure } from '#tests/trust/battery/figure.ts';
import { keyHygiene } from '#tests/trust/battery/keys.ts';
import { buildChild, killSweep, SWEPT } from '#tests/trust/battery/kill-sweep.ts';
import { lateFailure } from '#tests/trust/battery/late-failure.ts';
import { letters } from '#tests/trust/battery/letters.ts';
import { logInjection } from '#tests/trust/battery/log-injection.ts';
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';
import { modelsAtOnce } from '#tests/trust/battery/models-at-once.ts';
import { mutationCheck } from '#tests/trust/battery/mutation-check.ts';
import { ordersOfUnknowns } from '#tests/trust/battery/orders-of-unknowns.ts';
import { overRefunds } from '#tests/trust/battery/over-refunds.ts';
import { postsAtOnce } from '#tests/trust/battery/posts-at-once.ts';
import { prunedKey } from '#tests/trust/battery/pruned-key.ts';
import { reconcileRace } from '#tests/trust/battery/reconcile-race.ts';
import { retriesOnTheWire, stillAtWork } from '#tests/trust/battery/retries.ts';
import { simulationsAtOnce } from '#tests/trust/battery/simulations-at-once.ts';
import { remediesAtOnce } from '#tests/trust/battery/remedies-at-once.ts';
import { AGES, restoreOfAge } from '#tests/trust/battery/restores.ts';
import { retention } from '#tests/trust/battery/retention.ts';
import { splittingAtOnce } from '#tests/trust/battery/splitting-at-once.ts';
import {
  changedFields,
  changedWorlds,
  lateAndTwice,
} from '#tests/trust/battery/stale-decisions.ts';
import { twoConsoles } from '#tests/trust/battery/two-consoles.ts';
import { whoSaw } from '#tests/trust/battery/who-saw.ts';
import { wrongDeciders } from '#tests/trust/battery/wrong-deciders.ts';

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
