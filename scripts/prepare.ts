/**
 * What `npm start` does before the server: migrates the database and, in the demo, loads the demo book
 * into an empty one. A load that was cut off goes on where it stopped.
 */
import '#app/platform/env-file.ts';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeClock } from '#app/platform/clock.ts';
import { env } from '#app/platform/env.ts';
import { claimDatabase } from '#app/services/claim-database.ts';
import { migrate } from '#db/migrate.ts';
import { hasCustomers } from '#db/queries/live-changes.ts';
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
    const now = new Date(makeClock(settings.REDRESS_NOW)()).toISOString();
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
const claim = async (): Promise<void> => {
  const store = await openStore(settings.DATABASE_URL);
  try {
    await claimDatabase(store, settings.live, makeClock(settings.REDRESS_NOW)());
  } finally {
    await store.close();
  }
};

try {
  await migrate(settings.DATABASE_URL);
  await claim();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
if (settings.demo) await loadDemoBook();
