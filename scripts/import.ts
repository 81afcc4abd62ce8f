import '#app/config/env-file.ts';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { createClock } from '#app/lib/clock.ts';
import { env } from '#app/config/env.ts';
import { createIds } from '#app/lib/ids.ts';
import type { Deps } from '#app/services/deps.ts';
import type { Beside } from '#app/services/import/types.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { findDeployment } from '#db/queries/deployment/deployment.ts';
import { openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
import { isExclusivelyUsed } from '#db/exclusive-use.ts';
import { loadFile } from '#scripts/import/load-file.ts';
import { keepHeapSmall, letHeapGrow } from '#scripts/import/small-heap.ts';
import { progressBar } from '#scripts/import/progress-bar.ts';
const HELP = `npm run import -- [--dry-run] [--no-sweep] FILE…

Loads books: one JSON record a line, .ndjson or .ndjson.gz; - reads standard input.
Loading is idempotent, and a load that was cut off goes on where it stopped when it is started again.

  --dry-run   checks every line and loads nothing
  --no-sweep  leaves the flags of changed customers to the running console

Refused lines go to FILE.rejects.ndjson (of standard input: stdin.rejects.ndjson), each with its line
number and the reason. Put them right there and load that file; what is told about a line may stay.
Exit status: 0 all loaded, 2 some lines refused, 1 failed.`;

/** Brings the flags of customers whose records have changed up to date. */
const sweepChanged = async (deps: Deps): Promise<void> => {
  // Not before: the load is to be small.
  const { sweepAccounts } = await import('#app/services/sweep/sweep-accounts.ts');
  const bar = progressBar(process.stderr);
  const report = await sweepAccounts(deps, { customers: 'dirty' }, ({ customers }) =>
    bar.show(null, `${customers.toLocaleString('en-US')} customers looked at`),
  );
  bar.clear();
  console.log(
    `${report.customers.toLocaleString('en-US')} changed customers looked at, ` +
      `${report.findings.toLocaleString('en-US')} findings`,
  );
};

/** The demo's own book goes where it belongs; what else is loaded there is open to whoever knows the demo. */
const warnInDemo = async ({ read }: Store, files: readonly string[]): Promise<void> => {
  if (files.every((file) => basename(file) === 'demo-book.ndjson')) return;
  if ((await findDeployment(read))?.demo !== true) return;
  console.error(
    'This is the demo’s own database: everybody on this machine can sign in there, with the published passwords. For real customers set DATABASE_URL to another database.',
  );
};

/** What a console that has the database open waits for at most; in the pauses it writes what its people do. */
const BESIDE_A_CONSOLE: Beside = { blockBytes: 1 << 17, pause: 20 };

/** Answers how many lines were refused. */
const loadAll = async (files: readonly string[], sweep: boolean): Promise<number> => {
  const { DATABASE_URL, REDRESS_NOW } = env();
  const beside = isExclusivelyUsed(DATABASE_URL) ? undefined : BESIDE_A_CONSOLE;
  await migrate(DATABASE_URL, { keepPostponed: true });
  const store = await openStore(DATABASE_URL);
  try {
    await warnInDemo(store, files);
    const now = createClock(REDRESS_NOW);
    const deps: Deps = { store, now, newId: createIds(now) };
    let refused = 0;
    keepHeapSmall();
    for (const file of files) refused += (await loadFile(deps, file, beside)).refused;
    letHeapGrow();
    if (sweep) await sweepChanged(deps);
    return refused;
  } finally {
    await store.close();
  }
};

const checkAll = async (files: readonly string[]): Promise<number> => {
  let refused = 0;
  for (const file of files) refused += (await loadFile(null, file)).refused;
  return refused;
};

try {
  const { values, positionals: files } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      'dry-run': { type: 'boolean' },
      'no-sweep': { type: 'boolean' },
    },
  });
  if (values.help) console.log(HELP);
  else if (files.length === 0) throw new Error(`Which file?\n\n${HELP}`);
  else {
    const refused = values['dry-run']
      ? await checkAll(files)
      : await loadAll(files, !values['no-sweep']);
    process.exitCode = refused > 0 ? 2 : 0;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
