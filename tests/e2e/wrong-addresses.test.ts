import { expect, test } from 'vitest';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn } = useBrowser(() => journeyBook(NOW), NOW);

test.each([
  ['/?rule=nonsense', 400, /parameter “rule”/],
  ['/?severity=huge', 400, /parameter “severity”/],
  ['/?state=gone', 400, /parameter “state”/],
  ['/?assignee=stf_nobody', 400, /parameter “assignee”/],
  ['/?sort=colour', 400, /parameter “sort”/],
  ['/?after=1', 400, /parameter “after”/],
  ['/?after=high~x~flg_1', 400, /parameter “after”/],
  ['/?rule=missing-credits&rule=ledger-gap', 400, /parameter “rule”.*more than once/],
  ['/customers/org_late?asOf=yesterday', 400, /parameter “asOf”/],
  ['/customers/org_late?asOf=2026-02-30', 400, /parameter “asOf”/],
  ['/customers/org_nobody', 404, /not found/i],
  ['/customers/%F0%9F%98%80', 404, /not found/i],
  [`/customers/${'x'.repeat(2_000)}`, 404, /not found/i],
  ['/nowhere', 404, /page not found/i],
  ['/search/', 200, /Search for a customer, payment or invoice/],
])('%.60s says what is wrong and shows a way back', async (path, status, says) => {
  const { page, url, expectError } = await signIn('agent');
  expectError(/status of 40[04]/);
  const answer = await page.goto(url + path);
  expect(answer?.status()).toBe(status);
  await page.getByRole('main').getByText(says).first().waitFor();
  if (status === 200) return;
  expect(
    await page.getByText(/\bat (?:Object|async|file:)|node_modules|select .* from/).count(),
  ).toBe(0);
  await page.getByRole('link', { name: 'Back to the flags' }).click();
  await page.getByRole('table', { name: 'Flags' }).waitFor();
});
