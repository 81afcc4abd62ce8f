import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { MINUTE } from '#app/lib/instant.ts';
import { dialect } from '#db/dialect/dialect.ts';
import type { Fault } from '#scripts/sandbox/stripe/faults.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { checkRefund } from '#tests/reliability/scenarios/check-refund.ts';
import type { Orders } from '#tests/reliability/scenarios/kill-child.ts';
import { halfListed } from '#tests/reliability/scenarios/half-listed.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

/** The sixteen ways in which a call goes wrong, and none. */
export const SWEPT: readonly (Fault | null)[] = [
  null,
  'reset_before',
  'reset_after',
  'hang_before',
  'hang_after',
  '500_after',
  '500_stored',
  '409_in_use',
  '429',
  'charge_already_refunded',
  'param_mismatch',
  '401',
  'pending',
  'later_failed',
  'truncated_json',
  'html_502',
  'slow',
];

const root = resolve(import.meta.dirname, '../../..');

/** The child as one file: a process of it starts several times faster than from its sources. */
export const buildChild = async (
  name = 'kill-child',
): Promise<{ path: string; remove: () => void }> => {
  // Inside the project, so that its packages are found.
  const folder = join(root, 'node_modules/.cache/redress-trust');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}-${process.pid}.mjs`);
  await build({
    entryPoints: [join(root, `tests/reliability/scenarios/${name}.ts`)],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return { path, remove: () => rmSync(path, { force: true }) };
};

/** Runs the child; how many points it came by, or null where it was killed on its way. */
const runChild = (path: string, orders: Orders): Promise<number | null> =>
  new Promise((done, fail) => {
    const env = { ...process.env, DATABASE_URL: orders.databaseUrl };
    execFile(process.execPath, [path, JSON.stringify(orders)], { env }, (error, out, errors) => {
      if (error === null) done(Number(out));
      else if (error.signal === 'SIGKILL') done(null);
      else fail(new Error(errors, { cause: error }));
    });
  });

/** Until Stripe is done with what the killed process asked of it: minutes of our clock pass in no time. */
export const answered = async ({ sandbox }: MoneyWorld, charge: string): Promise<void> => {
  const isOpen = (): boolean =>
    sandbox.world.posts.some(({ body, status }) => status === null && body.includes(charge));
  while (isOpen()) await delay(10);
};

interface Sweep {
  faults: readonly (Fault | null)[];
  /** Kills at every point, or at every second, third … one. */
  every: number;
  /** Credits taken back in a second step; 0: there is none. */
  takeBack?: number;
}

/**
 * For each fault: a refund sent by a process that is killed at a point, for every point there is on its
 * way; then another process goes on until it has ended. Money must have moved once, or not at all and
 * said so.
 */
export const killSweep = async (
  world: MoneyWorld,
  childPath: string,
  { faults, every, takeBack = 0 }: Sweep,
): Promise<Figure & { kills: number; halves: number }> => {
  const violations: string[] = [];
  let runs = 0;
  let kills = 0;
  let halves = 0;
  for (const fault of faults) {
    for (let killAt: number | null = null, points = 0; ;) {
      const name = `${fault ?? 'no_fault'}_${killAt ?? 'unkilled'}`;
      const charge = `ch_kill${takeBack}_${dialect}_${name}`;
      await world.charge(charge);
      if (fault) world.sandbox.server.script.add({ fault, charge, ms: 400 });
      const step = await approvedRefund(world, { paymentId: charge, takeBack });
      const passed = await runChild(childPath, {
        databaseUrl: world.databaseUrl,
        stripeUrl: world.sandbox.url,
        productUrl: world.productUrl,
        instant: world.now(),
        killAt,
      });
      if (passed === null) kills += 1;
      const half = takeBack > 0 ? await halfListed(world, step.requestId) : 'whole';
      if (half === 'listed') halves += 1;
      if (half === 'not listed') violations.push(`${name}: half done, and the queue is silent`);
      if (fault === 'slow') await answered(world, charge);
      // The child's clock ran ahead of ours.
      world.advance(20 * MINUTE);
      await processAll(world, step.requestId);
      if (fault === 'slow') {
        await answered(world, charge);
        await processAll(world, step.requestId);
      }
      violations.push(...(await checkRefund(world, step)).map((what) => `${name}: ${what}`));
      runs += 1;
      if (killAt === null) points = passed ?? 0;
      killAt = killAt === null ? 1 + (runs % every) : killAt + every;
      if (killAt > points) break;
    }
  }
  const name = takeBack > 0 ? 'M2 kill sweep, two steps' : 'M1 kill sweep';
  return { name, runs, faults: faults.length, violations, seed: null, kills, halves };
};
