import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { HOSTILE, journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn } = useBrowser(() => journeyBook(NOW), NOW);

/** How far the page, or the part of it that scrolls, is wider than its place, in pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const parts = [document.documentElement, ...document.querySelectorAll('main, header')];
    return Math.max(...parts.map((part) => part.scrollWidth - part.clientWidth));
  });

test.each(Object.entries(HOSTILE))(
  '%s: shown as text on every page, and no page is wider',
  async (key, text) => {
    const { page, url } = await signIn('agent');
    const start = text.slice(0, 60);
    for (const width of [1600, 1280, 820]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(url);
      await page.getByRole('table', { name: 'Flags' }).getByText(start).first().waitFor();
      expect(await overflow(page)).toBe(0);

      await page.goto(`${url}/search`);
      await page.getByRole('main').getByRole('searchbox').fill(start);
      await page.keyboard.press('Enter');
      await page.waitForURL(/customers|search/);
      await page.getByRole('main').getByText(start).first().waitFor();
      expect(await overflow(page)).toBe(0);

      await page.goto(`${url}/customers/org_${key}`);
      await page.getByRole('heading', { level: 1 }).getByText(start).waitFor();
      expect(await overflow(page)).toBe(0);
      expect(await page.locator('main img').count()).toBe(0);
      expect(await page.getByText('Bold', { exact: true }).count()).toBe(0);
    }
  },
);
