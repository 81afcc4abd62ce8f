import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Instant } from '#app/lib/instant.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { findChromium } from '#scripts/installed.mjs';
import { runConsole } from '#tests/support/consoles/running-console.ts';
import type { RunningConsole, RunOptions } from '#tests/support/consoles/running-console.ts';
import type { SandboxHands } from '#tests/support/sandbox-controls.ts';
import { staffOfConsole } from '#tests/support/consoles/staff-of-console.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PASSWORD = 'redress demo only';

/** What each window showed when a journey ended badly: its message alone rarely says why. */
const sayWhatStands = async (browser: Browser, journey: string): Promise<void> => {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const page of pages) {
    const shown = await page.locator('body').ariaSnapshot({ timeout: 5_000 }).catch(String);
    console.error(`${journey}: ${page.url()} showed\n${shown}`);
  }
};

/** Runs in the page, first of all: what the content policy refuses is an error, even where a script catches it. */
const sayViolations = (): void =>
  document.addEventListener('securitypolicyviolation', (event) =>
    console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`),
  );

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;

export interface Visit {
  page: Page;
  url: string;
  /** Goes to a page that follows changes and waits until it does: before, its keys go nowhere. */
  goTo: (path: string) => Promise<void>;
  /** The next console message that matches is expected: a refused page is one for the browser. */
  expectError: (pattern: RegExp) => void;
}

/**
 * One console and one browser for a file of journeys; each unexpected error of a page fails its test.
 * With `{ sandbox: true }` the console can move money: `sandbox()` is what is outside of it.
 */
export function useBrowser(book: () => readonly object[], now: Instant, options: RunOptions = {}) {
  let running: RunningConsole;
  let browser: Browser;
  const errors: string[] = [];
  const expected: RegExp[] = [];

  beforeAll(async () => {
    [running, browser] = await Promise.all([
      runConsole(book(), now, options),
      chromium.launch({ executablePath: findChromium() ?? undefined, args: ARGS }),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await sayWhatStands(browser, task.name);
    await Promise.all(browser.contexts().map((context) => context.close()));
    const unexpected = errors.filter((text) => !expected.some((pattern) => pattern.test(text)));
    errors.length = 0;
    expected.length = 0;
    expect(unexpected, 'errors in the browser’s console').toEqual([]);
  });

  /** A new, empty browser window on the console. */
  const open = async (window: BrowserContextOptions = {}): Promise<Visit> => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...window,
    });
    await context.addInitScript(sayViolations);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} (${page.url()})`);
    });
    page.on('pageerror', (error) => errors.push(`${error.message} (${page.url()})`));
    const { url } = running;
    const goTo = async (path: string): Promise<void> => {
      const listens = page.waitForRequest((request) => request.url().startsWith(`${url}/events`));
      await page.goto(url + path);
      await listens;
    };
    return { page, url, goTo, expectError: (pattern) => expected.push(pattern) };
  };

  const sessions = new Map<Role, StorageState>();
  const signInFirst = async (role: Role): Promise<StorageState> => {
    const { page, url } = await open();
    await page.goto(`${url}/sign-in`);
    await page.getByLabel('E-mail').fill(`${role}@demo.test`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${url}/`);
    const state = await page.context().storageState();
    await page.context().close();
    sessions.set(role, state);
    return state;
  };
  /** A window of somebody of this role, signed in once for the file, who sees the queue. */
  const signIn = async (role: Role, window: BrowserContextOptions = {}): Promise<Visit> => {
    const storageState = sessions.get(role) ?? (await signInFirst(role));
    const visit = await open({ ...window, storageState });
    await visit.goTo('/');
    return visit;
  };
  const sandbox = (): SandboxHands => {
    if (running.sandbox === null) throw new Error('these journeys run without a sandbox');
    return running.sandbox;
  };
  /** People who act beside those in the browser. */
  const staff = (): Promise<StaffOfConsole> =>
    staffOfConsole(running.databaseUrl, sandbox().sandbox.stripe.url, now);
  return { open, signIn, sandbox, staff };
}
