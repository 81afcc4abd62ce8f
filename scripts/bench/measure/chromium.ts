import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The flags under which a browser in a container starts quickly and talks to nobody else. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `CHROMIUM_PATH`, else where distributions put it. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });

/** Ready: three tables show at least ten rows each. */
const THREE_TABLES =
  '[...document.querySelectorAll("table")].filter((t) => (t.tBodies[0]?.rows.length ?? 0) >= 10).length >= 3';

/** Notes, in the page itself, the first frame after that in which the rows stand. */
const WATCH_ROWS = `(() => {
  const look = () => {
    if (document.body && ${THREE_TABLES}) {
      requestAnimationFrame(() => setTimeout(() => { window.benchPaintedAt = performance.now(); }));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

export interface Visit {
  page: Page;
  /** From the start of the navigation until the rows of all three regions were painted. */
  paintedMs: number;
}

/** A context in which every page notes when its rows were painted. */
export async function newContext(browser: Browser, cookie?: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(WATCH_ROWS);
  // The TypeScript runner wraps named functions in this, also those that are sent into a page.
  await context.addInitScript('globalThis.__name = (value) => value');
  // A header, not a jar: the cookie's name and attributes are the server's business.
  if (cookie !== undefined) await context.setExtraHTTPHeaders({ cookie });
  return context;
}

/** Opens the page and waits until its rows are painted. */
export async function visit(page: Page, url: string): Promise<Visit> {
  await page.goto(url, { waitUntil: 'commit' });
  const painted = await until(page, () => Number(Reflect.get(window, 'benchPaintedAt') ?? 0));
  return { page, paintedMs: painted };
}

/**
 * Asks the page until it answers something but 0 and false. The driver's own waiting compiles text in
 * the page, which the console's content policy forbids.
 */
export async function until<T>(page: Page, ask: () => T): Promise<T> {
  for (let tries = 0; tries < 1_500; tries += 1) {
    const answer = await page.evaluate(ask);
    if (answer) return answer;
    await page.waitForTimeout(20);
  }
  throw new Error(`waited in vain on ${page.url()}`);
}

/** The same in a browser that has never seen the site: nothing cached. */
export async function visitCold(browser: Browser, url: string, cookie?: string): Promise<number> {
  const context = await newContext(browser, cookie);
  const { paintedMs } = await visit(await context.newPage(), url);
  await context.close();
  return paintedMs;
}

/** Compressed bytes of the scripts that the page fetches until it is quiet. */
export async function scriptBytes(browser: Browser, url: string, cookie: string): Promise<number> {
  const context = await newContext(browser, cookie);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await visit(page, url);
  await page.waitForTimeout(2_000);
  await context.close();
  return bytes;
}
