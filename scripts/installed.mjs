/*
 * What must be there before anything else can run. Plain JavaScript without dependencies: on a fresh
 * clone there is no node_modules yet.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './children.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command here with its output shown; answers its exit code. */
export const run = (command, args, env = {}, input = 'ignore') =>
  runChild(command, args, { cwd: root, env: { ...process.env, ...env }, input });

/** Ends this process where its Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Redress needs Node 20.19 or later; this is ${process.version}.`);
  process.exit(1);
}

/** Installs the packages of package-lock.json unless exactly these are installed already. */
export async function ensurePackages() {
  requireNode();
  const marker = join(root, 'node_modules/.package-lock.json');
  const lock = join(root, 'package-lock.json');
  const fresh =
    existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs && sameVersions();
  if (fresh) return;
  console.log('Installing packages (the SQLite driver is compiled: about a minute) …');
  // Not `npm ci`, which begins by deleting every package: here only what has changed is fetched, the driver
  // is not compiled anew each time, and a console that runs out of this folder keeps its own. `--no-save`
  // keeps to the lock file and never rewrites it. NODE_ENV=production would leave out what the build needs.
  const status = await run(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      NODE_ENV: 'development',
    },
  );
  if (status !== 0) {
    console.error('npm install failed: see above. A C++ compiler, make and python3 are needed.');
    process.exit(status);
  }
}

/** Whether each package that package.json names is installed in the version it names. */
function sameVersions() {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return Object.entries({ ...dependencies, ...devDependencies }).every(([name, version]) => {
    const file = join(root, 'node_modules', name, 'package.json');
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version;
  });
}

/** The path of a Chromium that is on this machine, or null. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  const candidates = [
    ...(named ? [named] : []),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return candidates.find((path) => existsSync(path)) ?? null;
}
