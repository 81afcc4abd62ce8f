import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '#app/lib/instant.ts';
import { bookOfOneLate } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const CAPTURED = Date.parse('2026-05-04T09:00:00Z');
/** Time for a browser to start and sign in before the quarter of an hour is over. */
const BEFORE = 25 * SECOND;
const { signIn } = useBrowser(() => bookOfOneLate(CAPTURED), CAPTURED + 15 * MINUTE - BEFORE);

test('credits that do not come become a flag by themselves', async () => {
  const { page } = await signIn('agent');
  const table = page.getByRole('table', { name: 'Flags' });
  await table.getByRole('link', { name: 'Harbor & Finch' }).waitFor();
  expect(await table.getByText('Missing credits').count()).toBe(0);

  // A high flag belongs above the low one: it says so, and nothing moves until it is asked for.
  const news = page.getByRole('button', { name: '1 new flag Show' });
  await news.waitFor({ timeout: 60_000 });
  expect(await table.getByText('Missing credits').count()).toBe(0);
  await news.click();
  const row = table.getByRole('row').filter({ hasText: 'Sunday Fox Studio' });
  await row.getByText('Missing credits').waitFor();
  await row.getByText(/\$49\.00 captured 15 minutes ago bought 5,000 credits/).waitFor();
});
