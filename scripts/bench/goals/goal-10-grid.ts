import type { Page } from 'playwright-core';
import type { Bench } from '#scripts/bench/bench.ts';
import { serveGrid } from '#scripts/bench/grid/build-grid.ts';
import { newContext, openBrowser } from '#scripts/bench/measure/chromium.ts';
import { median, percentile } from '#scripts/bench/measure/median.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

/** From a click on the head of a column until the frame after the newly sorted rows stand. */
const timeSort = (page: Page, column: string): Promise<number> =>
  page.evaluate(
    (name) =>
      new Promise<number>((done) => {
        const buttons = [...document.querySelectorAll<HTMLElement>('thead button')];
        const button = buttons.find((one) => one.textContent?.startsWith(name));
        const head = button?.closest('th');
        const before = head?.getAttribute('aria-sort');
        const started = performance.now();
        button?.click();
        const look = () => {
          if (head?.getAttribute('aria-sort') === before) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
        };
        look();
      }),
    column,
  );

/** Milliseconds between frames for two seconds, `pixels` of scrolling a frame; 0: standing still. */
const timeFrames = (page: Page, pixels: number): Promise<number[]> =>
  page.evaluate(
    (by) =>
      new Promise<number[]>((done) => {
        const scroller = document.querySelector('.data-table');
        const frames: number[] = [];
        let last = performance.now();
        const until = last + 2_000;
        const step = () => {
          const now = performance.now();
          frames.push(now - last);
          last = now;
          if (by > 0) scroller?.scrollBy(0, by);
          if (now < until) requestAnimationFrame(step);
          else done(frames.slice(1));
        };
        requestAnimationFrame(step);
      }),
    pixels,
  );

/** From the moment the rows exist until some of them are painted. */
async function timeFirstRows(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.waitForSelector('tbody tr td');
  return page.evaluate(
    () =>
      new Promise<number>((done) =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            const made = performance.getEntriesByName('rows made')[0];
            const paint = performance.getEntriesByType('paint').at(-1);
            done((paint?.startTime ?? performance.now()) - (made?.startTime ?? 0));
          }),
        ),
      ),
  );
}

/** The one table with 100,000 rows in Chromium: sorting and scrolling. */
export async function measureGrid(bench: Bench): Promise<Result[]> {
  bench.say('building the page of the grid');
  const { url, stop } = await serveGrid();
  bench.onEnd(stop);
  const browser = await openBrowser();
  bench.onEnd(() => browser.close());
  const sorts: number[] = [];
  const frames: number[] = [];
  const stills: number[] = [];
  const firsts: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    bench.say(`grid (${i + 1} of 3)`);
    const context = await newContext(browser);
    const page = await context.newPage();
    firsts.push(await timeFirstRows(page, url));
    sorts.push(median([await timeSort(page, 'credits'), await timeSort(page, 'kind')]));
    stills.push(percentile(await timeFrames(page, 0), 0.95));
    frames.push(percentile(await timeFrames(page, 700), 0.95));
    await context.close();
  }
  const measured = `first rows ${figure(median(firsts))} ms`;
  return [
    {
      goal: 10,
      what: 'grid of 100,000 rows: sort',
      measured,
      value: median(sorts),
      unit: 'ms',
      wanted: 200,
    },
    {
      goal: 10,
      what: 'grid of 100,000 rows: p95 frame',
      measured: `two seconds of scrolling; the same page standing still ${figure(median(stills))} ms`,
      value: median(frames),
      unit: 'ms',
      wanted: 33,
    },
  ];
}
