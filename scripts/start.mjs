/*
 * `npm start`: on a fresh clone installs, builds, migrates, loads the demo book where there is no Stripe
 * key, and starts the server. Plain JavaScript: nothing is installed yet when it begins.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadBeside, loopbackOf, startBeside, staysHere } from './beside.mjs';
import { passSignalsOn, startChild } from './children.mjs';
import { wordsOf } from './greeting.mjs';
import { ensurePackages, root, run } from './installed.mjs';
import { prepare } from './prepared.mjs';
import { SERVER_FLAGS } from './server-flags.mjs';

const SOURCES = ['app', 'db', 'vite.config.ts', 'remix.config.js', 'package-lock.json'];
const BUNDLE = join(root, 'build/server/index.js');

/** When the newest of these files was changed, in epoch ms; folders are searched. */
function newestOf(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestOf(join(path, name))));
}

async function ensureBuild() {
  const newest = Math.max(...SOURCES.map((name) => newestOf(join(root, name))));
  if (existsSync(BUNDLE) && statSync(BUNDLE).mtimeMs >= newest) return;
  console.log('Building …');
  const args = ['run', '--silent', 'build', '--', '--logLevel', 'warn'];
  const status = await run('npm', args, { NODE_ENV: 'production' });
  if (status !== 0) stop('The build failed: see above.', status);
}

function stop(message, status = 1) {
  console.error(message);
  process.exit(status);
}

/** Better said before minutes of installing than after. Answers the port; of 0 one that is free. */
async function freePort(port, host) {
  const probe = createServer();
  const problem = await new Promise((resolve) => {
    probe.once('error', resolve);
    probe.listen(port, host, () => resolve(null));
  });
  if (problem?.code === 'EADDRINUSE')
    stop(`Port ${port} is in use. Set PORT to a free one, for example: PORT=3100 npm start`);
  if (problem?.code === 'EACCES') stop(`Port ${port} may not be used by this user. Set PORT.`);
  const chosen = problem === null ? probe.address().port : port;
  await new Promise((resolve) => probe.close(resolve));
  return chosen;
}

async function answers(url) {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    // Not yet.
    return false;
  }
}

/** What a start without a Stripe key must know; `firstAdmin` stands where nobody can sign in yet. */
function greet(url, env, { demo, firstAdmin }) {
  console.log(`\n  Redress is ready: ${url}\n`);
  if (!env.STRIPE_SECRET_KEY)
    for (const line of wordsOf(url, env, demo)) console.log(line && `  ${line}`);
  if (firstAdmin)
    console.log(`  Nobody can sign in yet. Add the first admin:\n\n    ${firstAdmin}\n`);
}

/** Ends when the server has ended, with its exit code; what runs beside it ends afterwards. */
async function serve(url, { env, beside, found }) {
  const args = [...SERVER_FLAGS, BUNDLE, '--end-with-input'];
  const stdio = ['pipe', 'inherit', 'inherit'];
  const server = startChild(process.execPath, args, { cwd: root, stdio, env });
  let lost = false;
  server.on('exit', (code, signal) => {
    if (signal !== null) console.error(`The server was ended by ${signal}.`);
    process.exit(lost ? 1 : (code ?? 1));
  });
  beside?.on('exit', () => {
    console.error(
      'The local Stripe, product API and mail server have ended, so the server ends too.',
    );
    lost = true;
    server.kill('SIGTERM');
  });
  while (!(await answers(url))) await wait(50);
  greet(env.BASE_URL || url, env, found);
}

process.chdir(root);
passSignalsOn();
const [major] = process.versions.node.split('.').map(Number);
if (major >= 20 && existsSync('.env')) process.loadEnvFile('.env');
const wanted = Number(process.env.PORT || 3000);
const host = process.env.HOST || '127.0.0.1';
const isPort = Number.isInteger(wanted) && wanted >= 0 && wanted < 65_536;
// What is no port the settings refuse, in their own words.
const port = isPort ? await freePort(wanted, host.replace(/^\[|\]$/g, '')) : wanted;
await ensurePackages();
await ensureBuild();
const reached = loopbackOf(host);
// Loaded while the database is prepared. Beyond this machine nothing stands in for Stripe.
const isTrial = !process.env.STRIPE_SECRET_KEY && staysHere(host, process.env.BASE_URL);
const beside = isTrial ? loadBeside(`http://${reached}:${port}`) : undefined;
const { status, found } = await prepare();
if (status !== 0) stop('Redress was not started: see above.', status);
const settings = beside ? await startBeside(beside) : {};
if (settings === null) stop('Redress was not started: see above.');
await serve(`http://${reached === '127.0.0.1' ? 'localhost' : reached}:${port}`, {
  beside,
  found,
  env: {
    ...(isTrial ? { LOG_LEVEL: 'warn' } : {}),
    ...process.env,
    ...settings,
    ...(isPort ? { PORT: String(port) } : {}),
    NODE_ENV: 'production',
  },
});
