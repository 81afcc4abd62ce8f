/**
 * What `npm start` does before the server: migrates the database, finds out whether it is the demo's and, if
 * so, loads the demo book into an empty one. A load that was cut off goes on where it stopped. What it has
 * found out goes as JSON to the file descriptor that the argument names.
 */
import '#app/config/env-file.ts';
import { existsSync, mkdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createClock } from '#app/lib/clock.ts';
import { env } from '#app/config/env.ts';
import { firstAdminCommand } from '#app/config/first-admin.ts';
import { createIds } from '#app/lib/ids.ts';
import { findMisnamedVariables } from '#app/config/misnamed-variables.ts';
import { assertLivemode } from '#app/services/deployment/assert-livemode.ts';
import { seedDemoStaff } from '#app/services/access/seed-demo-staff.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { hasCustomers } from '#db/queries/flags/flag-changes.ts';
import { hasOwnStaff } from '#db/queries/access/staff.ts';
import { openStore } from '#db/store.ts';
import { endWithInput, passSignalsOn } from '#scripts/children.mjs';
import { run } from '#scripts/installed.mjs';

process.umask(0o077);
passSignalsOn();
endWithInput();

const settings = env();

const script = async (name: string, ...args: string[]): Promise<void> => {
  const status = await run(process.execPath, ['--import', 'tsx', join('scripts', name), ...args]);
  if (status !== 0) process.exit(status);
};

const isEmpty = async (): Promise<boolean> => {
  const store = await openStore(settings.DATABASE_URL);
  try {
    return !(await hasCustomers(store.read));
  } finally {
    await store.close();
  }
};

/** The file lies there for as long as the load is not finished: its times are relative to its making. */
const loadDemoBook = async (): Promise<void> => {
  const path = settings.DATABASE_URL.startsWith('file:')
    ? settings.DATABASE_URL.slice('file:'.length)
    : './data/redress.db';
  const book = join(dirname(path), 'demo-book.ndjson');
  if (!existsSync(book)) {
    if (!(await isEmpty())) return;
    process.stdout.write('Loading the demo book …\n');
    mkdirSync(dirname(book), { recursive: true });
    const now = new Date(createClock(settings.REDRESS_NOW)()).toISOString();
    const unfinished = join(dirname(book), 'unfinished-demo-book.ndjson');
    await script('demo-book/main.ts', '--now', now, '--out', unfinished);
    renameSync(unfinished, book);
  }
  // Its flags are settled as if the console had been running for a month.
  await script('import.ts', '--no-sweep', book);
  await script('demo-book/replay.ts');
  rmSync(book);
};

/** Before anything is loaded, the same refusal that the server would make. */
const claim = async (): Promise<{ demo: boolean; staffed: boolean }> => {
  const store = await openStore(settings.DATABASE_URL);
  try {
    const now = createClock(settings.REDRESS_NOW);
    const { demo } = await assertLivemode({ store, now }, settings);
    if (demo) await seedDemoStaff({ store, now, newId: createIds(now) });
    return { demo, staffed: demo || (await hasOwnStaff(store.read)) };
  } finally {
    await store.close();
  }
};

const tell = (found: object): void => {
  const [reportTo] = process.argv.slice(2);
  if (reportTo !== undefined) writeSync(Number(reportTo), JSON.stringify(found));
};

for (const line of findMisnamedVariables(process.env)) process.stderr.write(`${line}\n`);
try {
  await migrate(settings.DATABASE_URL);
  const { demo, staffed } = await claim();
  if (demo) await loadDemoBook();
  tell({ demo, firstAdmin: staffed ? null : firstAdminCommand(settings.DATABASE_URL) });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
