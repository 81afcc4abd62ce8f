import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Operation } from '#app/domain/operations/operation.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import type { Fault } from '#scripts/sandbox/stripe/faults.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { checkRefund } from '#tests/reliability/scenarios/check-refund.ts';
import type { ConsoleOrders } from '#tests/reliability/scenarios/console-child.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { buildChild } from '#tests/reliability/scenarios/kill-sweep.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

const CONSOLES = 2;
/** Long enough for a kill to fall into the middle of it, in milliseconds of the machine. */
const SLOW_MS = 150;
const FAULTS: readonly (Fault | null)[] = [null, 'slow', 'slow', 'reset_after', 'hang_before'];
const FINAL = ['succeeded', 'failed', 'needs_review', 'canceled'];
/** By the machine's clock, after the last kill, or the last approval where that came later. */
const MOST_SECONDS = 60;

export interface Consoles {
  refunds: number;
  /** Kills go on for so long, by the machine's clock. */
  seconds: number;
  killEveryMs: number;
  /** How much faster the console's clock runs than the machine's. */
  speed: number;
  seed: number;
}

/**
 * M6: two consoles at work on one database, one of them killed every now and then and started anew,
 * while refunds are approved all along; each is made once, and soon after the last kill all have ended.
 */
export const twoConsoles = async (world: MoneyWorld, how: Consoles): Promise<Figure> => {
  const child = await buildChild('console-child');
  const violations: string[] = [];
  /** What the consoles logged: looks that failed, and were made again. */
  const logged: string[] = [];
  const begun = world.now();
  const clock = startClock(world, how.speed);
  const start = (): Promise<ChildProcess> =>
    startConsole(
      child.path,
      { ...doorsOf(world), clock: clock.from, every: 50 },
      { violations, logged },
    );
  const consoles = await Promise.all(Array.from({ length: CONSOLES }, start));
  const steps: Operation[] = [];
  const roll = dice(how.seed);
  let kills = 0;
  let lastKill = Date.now();
  const killing = (async () => {
    const until = Date.now() + how.seconds * 1_000;
    while (Date.now() < until) {
      await delay(how.killEveryMs * (0.5 + (roll() % 1_000) / 1_000));
      const at = roll() % CONSOLES;
      consoles[at]?.kill('SIGKILL');
      kills += 1;
      lastKill = Date.now();
      consoles[at] = await start();
    }
  })();
  const pause = (how.seconds * 1_000) / how.refunds;
  for (let nth = 0; nth < how.refunds; nth += 1) {
    steps.push(await approveOne(world, nth));
    await delay(pause);
  }
  const lastApproval = Date.now();
  await killing;
  const took = await allFinal(world, steps, Math.max(lastKill, lastApproval));
  if (took === null) violations.push(`not all have ended ${MOST_SECONDS} s after the last kill`);
  for (const one of consoles) one.kill('SIGKILL');
  clock.stop();
  child.remove();
  for (const step of steps)
    violations.push(
      ...(await checkRefund(world, step)).map((what) => `${step.paymentId}: ${what}`),
    );
  for (const { kind, chargeId } of (await reconcile(world, begun)).drift)
    violations.push(`${chargeId}: ${kind}`);
  return {
    ...{ name: 'M6 two consoles', runs: how.refunds, faults: kills, violations, seed: how.seed },
    note:
      `${kills} kills, all ended ${took?.toFixed(0) ?? '-'} s after the last; ` +
      `${logged.length} looks failed and were made again${logged[0] ? `: ${logged[0].slice(0, 300)}` : ''}`,
  };
};

const doorsOf = ({ databaseUrl, sandbox, productUrl }: MoneyWorld) => ({
  ...{ databaseUrl, productUrl, stripeUrl: sandbox.url },
});

/** Repeats for the same seed; 15 bits. */
const dice = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >> 16;
};

/** Lets the clock of the world run. */
function startClock(world: MoneyWorld, speed: number) {
  const from = { instant: world.now(), machine: Date.now(), speed };
  const timer = setInterval(() => {
    const due = from.instant + Math.round((Date.now() - from.machine) * speed);
    world.advance(Math.max(0, due - world.now()));
  }, 10);
  return { from, stop: () => clearInterval(timer) };
}

/** Starts a console and waits until it is at work. */
async function startConsole(
  path: string,
  orders: ConsoleOrders,
  { violations, logged }: { violations: string[]; logged: string[] },
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path, JSON.stringify(orders)], {
    env: { ...process.env, DATABASE_URL: orders.databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.on('exit', (code) => {
    if (code !== null) violations.push(`a console ended by itself with ${code}`);
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  child.stdout.on('data', (lines: Buffer) => logged.push(...lines.toString().trim().split('\n')));
  return child;
}

async function approveOne(world: MoneyWorld, nth: number): Promise<Operation> {
  const charge = `ch_two_${nth}`;
  await world.charge(charge, `org_two_${nth}`);
  const fault = FAULTS[nth % FAULTS.length];
  if (fault) world.sandbox.server.script.add({ fault, charge, ms: SLOW_MS });
  return approvedRefund(world, { paymentId: charge, customerId: `org_two_${nth}` });
}

/** Seconds after the last kill, or null where it took too long. */
async function allFinal(
  world: MoneyWorld,
  steps: readonly Operation[],
  since: number,
): Promise<number | null> {
  const ids = steps.map(({ requestId }) => requestId);
  for (;;) {
    const seconds = (Date.now() - since) / 1_000;
    const now = await operationsOf(world.store.read, ids);
    if (now.every(({ state }) => FINAL.includes(state))) return seconds;
    if (seconds > MOST_SECONDS) return null;
    await delay(200);
  }
}
