/**
 * Screenshots of each screen from the running program: a scratch demo with a clock that starts at a
 * fixed instant, so that two runs show the same company.
 */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { loadBeside, startBeside } from '#scripts/beside.mjs';
import { findChromium, root } from '#scripts/installed.mjs';
import { askForRemedies, SCREENS } from '#scripts/screens.ts';

const HELP = `npm run screenshots -- [--out FOLDER] [--readme]

Writes a screenshot of each screen, light and dark, at 1280×800 and 1600×1000.

  --out FOLDER   where to (default: data/screenshots)
  --readme       also replaces the README's, .github/redress.png

Needs the built program (npm run build) and a Chromium (CHROMIUM_PATH, or one where it usually is).`;

/** A Monday, late in the morning in Berlin. */
const STARTS_AT = '2026-05-04T09:12:00.000Z';
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1600, height: 1000 },
];
const THEMES = ['light', 'dark'] as const;
const BUNDLE = join(root, 'build/server/index.js');

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    // Not yet.
    return false;
  }
};

/** Starts the demo on a scratch database; `stop` ends it and removes the database. */
const startDemo = async (): Promise<{ url: string; stop(): void }> => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-screens-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  // Also for what runs beside it.
  Object.assign(process.env, {
    DATABASE_URL: `file:${join(folder, 'redress.db')}`,
    REDRESS_NOW: STARTS_AT,
    PORT: String(port),
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
  });
  const beside = loadBeside(url);
  const prepared = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/prepare.ts'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (prepared.status !== 0) throw new Error('the demo could not be prepared: see above');
  const settings = await startBeside(beside);
  if (settings === null) throw new Error('what runs beside the demo did not start: see above');
  const env = { ...process.env, ...settings };
  const server = spawn(process.execPath, [BUNDLE], { cwd: root, env, stdio: 'inherit' });
  for (let tries = 0; !(await answers(url)); tries += 1) {
    if (tries > 400 || server.exitCode !== null) throw new Error('the server did not start');
    await wait(50);
  }
  const stop = (): void => {
    server.kill();
    beside.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop };
};

const signIn = async (page: Page, url: string, who: string): Promise<void> => {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(`${who}@demo.test`);
  await page.getByLabel('Password').fill('redress demo only');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/`);
};

/** All screens in one size and one theme, as a lead sees them. */
const shoot = async (
  browser: Browser,
  url: string,
  folder: string,
  { size, theme }: { size: (typeof SIZES)[number]; theme: (typeof THEMES)[number] },
): Promise<void> => {
  const context = await browser.newContext({ viewport: size, colorScheme: theme });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`${page.url()}: ${error.message}`));
  const take = async (name: string): Promise<void> => {
    // The page is whole when nothing is being fetched; its event stream never ends by itself.
    await page.waitForLoadState('load');
    await page.evaluate(() => document.fonts.ready);
    await wait(400);
    await page.screenshot({ path: join(folder, `${name}-${size.width}-${theme}.png`) });
  };
  await page.goto(`${url}/sign-in`);
  await take('sign-in');
  await signIn(page, url, 'lead');
  for (const screen of SCREENS) {
    await screen.open(page, url);
    await take(screen.name);
  }
  await context.close();
};

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'data/screenshots') },
    readme: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const executablePath = findChromium();
if (executablePath === null) throw new Error('no Chromium found: set CHROMIUM_PATH');
if (!existsSync(BUNDLE)) throw new Error('build first: npm run build');
mkdirSync(values.out, { recursive: true });
const demo = await startDemo();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const agent = await browser.newPage();
  await signIn(agent, demo.url, 'agent');
  await askForRemedies(agent, demo.url);
  await agent.close();
  for (const size of SIZES) {
    for (const theme of THEMES) await shoot(browser, demo.url, values.out, { size, theme });
  }
} finally {
  await browser.close();
  demo.stop();
}
if (values.readme) {
  mkdirSync(join(root, '.github'), { recursive: true });
  copyFileSync(join(values.out, 'customer-1280-light.png'), join(root, '.github/redress.png'));
}
