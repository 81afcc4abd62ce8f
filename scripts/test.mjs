/*
 * `npm test`: on a fresh clone installs what is missing (a browser too), then checks format, lint,
 * types and exports, builds, and runs every test on both databases and in the browser. The last line counts.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, findChromium, root, run } from './installed.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);

/** Finds or installs a Chromium; null (said aloud) where none can be had. */
async function ensureChromium() {
  const here = findChromium();
  if (here) return here;
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log('No browser found: installing one …');
  if ((await run(bin('playwright-core'), ['install', 'chromium'])) === 0)
    return chromium.executablePath();
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], env);
    await run('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], env);
  }
  return findChromium();
}

/** Runs the vitest projects; returns its own counts. A run that writes no report counts as one failure. */
async function runVitest(env) {
  const report = join(root, '.cache/vitest.json');
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await run(bin('vitest'), [...args, ...process.argv.slice(2)], env);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const said = JSON.parse(readFileSync(report, 'utf8'));
  // A suite that could not even be loaded holds no failed test but fails the run.
  const failed = said.numFailedTests || (said.success && status === 0 ? 0 : 1);
  return { passed: said.numPassedTests, failed, skipped: said.numPendingTests };
}

const count = { passed: 0, failed: 0, skipped: 0 };
function step(name, status) {
  const ok = status === 0;
  count[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
  return ok;
}

await ensurePackages();
const chromium = await ensureChromium();
if (!chromium)
  console.error('No Chromium could be had: set CHROMIUM_PATH. Browser tests will fail.');
step('format', await run(bin('prettier'), ['--check', '--log-level=warn', '.']));
step('lint', await run(bin('oxlint'), ['--type-aware', '--deny-warnings']));
step('types', await run(bin('tsc'), ['--noEmit']));
step('unused exports', await run(bin('knip'), ['--production']));
step('build', await run('npm', ['run', '--silent', 'build']));
const tests = await runVitest(chromium ? { CHROMIUM_PATH: chromium } : {});
count.passed += tests.passed;
count.failed += tests.failed;
count.skipped += tests.skipped;

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exit(count.failed === 0 ? 0 : 1);
