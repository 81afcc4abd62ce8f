/**
 * Beside a console without a Stripe key, the demo's or another's: waits for a line on its standard input, starts what the console needs of the
 * outside, prints the settings for it as one line of JSON, and runs until its input ends, which it does
 * however the program that started it ends. Argument: where the console will listen.
 */
import '#app/config/env-file.ts';
import { createClock } from '#app/lib/clock.ts';
import { env } from '#app/config/env.ts';
import { createIds } from '#app/lib/ids.ts';
import { openStore } from '#db/store.ts';
import { sandboxFolder } from '#scripts/sandbox/console/sandbox-folder.ts';
import { startConsoleSandbox } from '#scripts/sandbox/console/start-console-sandbox.ts';

process.umask(0o077);
const settings = env();
if (!settings.keyless || !settings.onLoopback)
  throw new Error('a sandbox runs on this machine only, and never beside real money');
const begun = await new Promise((resolve) => {
  process.stdin.once('data', () => resolve(true)).once('end', () => resolve(false));
});
if (!begun) process.exit(0);
const [consoleUrl = ''] = process.argv.slice(2);
const now = createClock(settings.REDRESS_NOW);
const store = await openStore(settings.DATABASE_URL, { poolSize: 2 });
const deps = { store, now, newId: createIds(now) };
const folder = await sandboxFolder(store.read, settings.DATABASE_URL);
const sandbox = await startConsoleSandbox(deps, settings, { consoleUrl, folder });

const end = (): void => {
  void sandbox
    .close()
    .then(() => store.close())
    .then(() => process.exit(0));
};
// The console is told to end as well (Ctrl-C, a service manager), and its last calls are to find somebody
// here: this ends after it, with its input.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.stdin.once('close', end).resume();
process.stdout.write(`${JSON.stringify(sandbox.settings)}\n`);
