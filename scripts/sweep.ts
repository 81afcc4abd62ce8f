import '#app/config/env-file.ts';
import { createClock } from '#app/lib/clock.ts';
import { env } from '#app/config/env.ts';
import { createIds } from '#app/lib/ids.ts';
import type { Deps } from '#app/services/deps.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { findAccount } from '#db/queries/book/accounts.ts';
import { openStore } from '#db/store.ts';
import { HELP, isAboutNow, Mistake, readCommand } from '#scripts/sweep/options.ts';
import type { SweepCommand } from '#scripts/sweep/options.ts';
import { Counts, printFindings, summary } from '#scripts/sweep/output.ts';

const sweep = async (deps: Deps, command: SweepCommand): Promise<void> => {
  const { json, asOf, customer } = command;
  if (customer !== undefined && !(await findAccount(deps.store.read, customer))) {
    throw new Mistake(`--customer: no record mentions the customer ${JSON.stringify(customer)}.`);
  }
  const started = performance.now();
  const settles = !command.dryRun && isAboutNow(asOf, deps.now());
  const counts = new Counts();
  const report = await sweepAccounts(deps, {
    customers: customer === undefined ? 'all' : [customer],
    asOf,
    dryRun: !settles,
    onEvaluated: async (batch) => (json ? printFindings(batch) : counts.add(batch)),
  });
  if (json) return;
  const seconds = (performance.now() - started) / 1_000;
  process.stdout.write(`${[...counts.lines(), summary(report, settles, seconds)].join('\n')}\n`);
};

const main = async (): Promise<void> => {
  const command = readCommand(process.argv.slice(2));
  if (command.help) {
    process.stdout.write(HELP);
    return;
  }
  const settings = env();
  await migrate(settings.DATABASE_URL);
  const store = await openStore(settings.DATABASE_URL);
  const now = createClock(settings.REDRESS_NOW);
  try {
    await sweep({ store, now, newId: createIds(now) }, command);
  } finally {
    await store.close();
  }
};

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
