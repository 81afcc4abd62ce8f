import type { Browser, Page } from 'playwright-core';
import type { Bench } from '#scripts/bench/bench.ts';
import { openReadOnly } from '#scripts/bench/bench.ts';
import {
  newContext,
  openBrowser,
  scriptBytes,
  until,
  visit,
  visitCold,
} from '#scripts/bench/measure/chromium.ts';
import { median } from '#scripts/bench/measure/median.ts';
import { runningOnMain } from '#scripts/bench/measure/running.ts';
import type { Running } from '#scripts/bench/measure/running.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

function nameOf(path: string, customerId: string): string {
  const database = openReadOnly(path);
  const name = database.prepare('select name from customer where id = ?').pluck().get(customerId);
  database.close();
  return String(name);
}

/** In the page that stands: to another customer by the program's own router, until its rows are painted. */
const timeInApp = (page: Page, path: string, name: string): Promise<number> =>
  page.evaluate(
    ([to, title]) =>
      new Promise<number>((done) => {
        const router: unknown = Reflect.get(globalThis, '__remixRouter');
        if (typeof router !== 'object' || router === null || !('navigate' in router)) return;
        const started = performance.now();
        // The router of the framework, whose one method is used as its links use it.
        void (router as { navigate(to: string): Promise<void> }).navigate(to ?? '');
        const shown = () =>
          location.pathname === to &&
          [...document.querySelectorAll('h1')].some((one) =>
            one.textContent?.includes(title ?? ''),
          );
        const look = () => {
          if (!shown()) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
        };
        look();
      }),
    [path, name],
  );

interface Paints {
  cold: number;
  floorCold: number;
  next: number;
  floorNext: number;
}

async function paintsOf(browser: Browser, running: Running, at: number): Promise<Paints> {
  const [first = '', second = ''] = running.busy.slice(at * 2, at * 2 + 2);
  const { cookie } = running.console;
  const cold = await visitCold(browser, running.page(first).url, cookie);
  const floorCold = await visitCold(browser, running.floorPage(first).url);
  const ours = await newContext(browser, cookie);
  const page = await ours.newPage();
  await visit(page, running.page(first).url);
  await until(page, () => Reflect.has(window, '__remixRouter'));
  await page.waitForTimeout(500);
  const next = await timeInApp(page, `/customers/${second}`, nameOf(running.path, second));
  await ours.close();
  const theirs = await newContext(browser);
  const plain = await theirs.newPage();
  await visit(plain, running.floorPage(first).url);
  const { paintedMs: floorNext } = await visit(plain, running.floorPage(second).url);
  await theirs.close();
  return { cold, floorCold, next, floorNext };
}

const ratio = (what: string, above: number, below: number, wanted: number): Result => ({
  goal: 3,
  what,
  measured: `${figure(above)} ms ÷ ${figure(below)} ms`,
  value: above / below,
  unit: '×',
  wanted,
});

/** What a person in Chromium waits for, beside the hand-written page in the same Chromium. */
export async function measureBrowser(bench: Bench): Promise<Result[]> {
  const running = await runningOnMain(bench);
  const browser = await openBrowser();
  bench.onEnd(() => browser.close());
  const paints: Paints[] = [];
  for (let i = 0; i < (bench.small ? 3 : 9); i += 1) {
    bench.say(`pages in Chromium (${i + 1})`);
    paints.push(await paintsOf(browser, running, i));
  }
  const of = (which: keyof Paints) => median(paints.map((one) => one[which]));
  return [
    ratio('cold, rows painted ÷ hand-written HTML', of('cold'), of('floorCold'), 2.3),
    ratio('next customer in-app ÷ hand-written page', of('next'), of('floorNext'), 1.1),
  ];
}

/** Goal 4: all the script that the customer page fetches, as it travels. */
export async function measureScript(bench: Bench): Promise<Result[]> {
  const running = await runningOnMain(bench);
  const browser = await openBrowser();
  bench.onEnd(() => browser.close());
  const [id = ''] = running.busy;
  const bytes = await scriptBytes(browser, running.page(id).url, running.console.cookie);
  if (bytes === 0) throw new Error('no script was fetched');
  return [
    {
      goal: 4,
      what: 'script on the wire, compressed, customer page',
      measured: `${figure(bytes)} bytes`,
      value: bytes / 1024,
      unit: 'KiB',
      wanted: 130,
    },
  ];
}
