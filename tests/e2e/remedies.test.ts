import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newFormKey } from '#app/pages/shared/form-key.ts';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn, sandbox } = useBrowser(() => journeyBook(NOW), NOW, { sandbox: true });

const panelOf = (page: Page): Locator =>
  page.getByRole('complementary', { name: /Return|Refund|Grant|Hold|Release/ });

/** Presses what a person presses, and counts. */
const counting = () => {
  let clicks = 0;
  const click = async (what: Locator): Promise<void> => {
    clicks += 1;
    await what.click();
  };
  return { click, clicks: () => clicks };
};

test('returns missing credits alone, and the flag closes before the agent’s eyes', async () => {
  const { page, goTo } = await signIn('agent');
  await goTo('/customers/org_late');
  const flags = page.getByRole('region', { name: 'Flags' });
  await flags.getByText(/Image failed 3 hours ago/).waitFor();
  const { click, clicks } = counting();
  await click(flags.getByRole('button', { name: 'Return 24' }));
  const panel = panelOf(page);
  await panel.getByText('No approval needed').waitFor();
  await click(panel.getByRole('button', { name: 'Apply now' }));
  await panel.getByText('Approved automatically. Sending…').waitFor();
  expect(clicks()).toBeLessThanOrEqual(3);
  await flags.getByText(/Image failed 3 hours ago/).waitFor({ state: 'detached' });
  await page.getByText('1 request closed in the last 30 days').waitFor();
  await page.keyboard.press('Enter');
  await panel.waitFor({ state: 'detached' });
});

test('asks for a refund in three clicks, twice pressed and once requested', async () => {
  const { page, goTo } = await signIn('agent');
  await goTo('/customers/org_late');
  const flags = page.getByRole('region', { name: 'Flags' });
  const { click, clicks } = counting();
  await click(flags.getByRole('button', { name: 'Refund $49.00…' }));
  const panel = panelOf(page);
  await panel.getByText('Finance approves.').waitFor();
  await panel.getByText('$49.00 can still be refunded').waitFor();
  expect(await panel.getByLabel('Amount (USD)').inputValue()).toBe('49.00');
  const ask = panel.getByRole('button', { name: 'Request approval' });
  await ask.dblclick();
  await click(page.getByText('Approval requested.'));
  expect(clicks()).toBeLessThanOrEqual(3);
  const banners = page.getByRole('region', { name: 'Requests' }).getByRole('listitem');
  await banners.filter({ hasText: 'Waiting for finance' }).waitFor();
  expect(await banners.filter({ hasText: 'Waiting for finance' }).count()).toBe(1);
  await flags.getByRole('link', { name: 'Refund $49.00 requested' }).waitFor();
  expect(sandbox().refunds('ch_late')).toEqual([]);
});

test('somebody else’s request is met while one’s own is written, and nothing written is lost', async () => {
  const { page, goTo } = await signIn('agent');
  await goTo('/customers/org_tin?choose=payment%3Ach_org_tin');
  await page.getByRole('button', { name: 'Refund $49.00…' }).focus();
  await page.keyboard.press('Enter');
  const panel = panelOf(page);
  const amount = panel.getByLabel('Amount (USD)');
  await amount.waitFor();
  expect(await amount.evaluate((field) => field === document.activeElement)).toBe(true);
  await panel.getByLabel('Reason').fill('Requested by phone.');
  await panel.getByText('A lead approves too.').waitFor();

  const lead = await signIn('lead');
  await lead.goTo('/customers/org_tin?choose=payment%3Ach_org_tin');
  await lead.page.getByRole('button', { name: 'Refund $49.00…' }).click();
  await panelOf(lead.page).getByLabel('Amount (USD)').fill('9');
  await panelOf(lead.page).getByLabel('Reason').fill('Requested by mail.');
  await lead.page.keyboard.press('Control+Enter');
  await panelOf(lead.page).getByText('Approval requested.').waitFor();

  await panel.getByText('This was already requested').first().waitFor();
  const other = await panel.getByRole('link', { name: 'Open' }).getAttribute('href');
  const banner = page.getByRole('region', { name: 'Requests' }).getByRole('link');
  expect(await banner.getAttribute('href')).toBe(other);
  expect(await panel.getByLabel('Reason').inputValue()).toBe('Requested by phone.');

  // On another ground it is another request, of what is left.
  await panel.getByLabel('Basis').selectOption({ label: 'Technical issue that prevented use' });
  await panel.getByText('$40.00 can still be refunded').first().waitFor();
  await amount.fill('40');
  const earlier = panel.getByRole('region', { name: 'Requested before' });
  await earlier
    .getByText(/^Another refund of this payment was already requested .* \$9\.00/)
    .waitFor();
  await earlier.getByLabel('Why again').fill('The rest never worked.');
  await panel.getByText('✓').first().waitFor();
  await amount.press('Control+Enter');
  await panel.getByText('Approval requested.').waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await page.getByText('Refund $40.00').first().waitFor();
});

test('Escape closes the panel, gives the focus back and leaves the chosen row', async () => {
  const { page, goTo } = await signIn('agent');
  await goTo('/customers/org_harbor?choose=payment%3Ach_org_harbor');
  const open = page.getByRole('button', { name: 'Refund $49.00…' });
  await open.focus();
  await page.keyboard.press('Enter');
  const panel = panelOf(page);
  await panel.getByLabel('Reason').waitFor();
  await panel.getByRole('button', { name: 'Close (Esc)' }).focus();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  expect(await open.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.getByRole('region', { name: 'Selected record' }).waitFor();
});

test('a broken connection costs nothing that was typed, and can be tried again', async () => {
  const { page, goTo, expectError } = await signIn('agent');
  await goTo('/customers/org_harbor?choose=payment%3Ach_org_harbor');
  await page.getByRole('button', { name: 'Refund $49.00…' }).click();
  const panel = panelOf(page);
  await panel.getByLabel('Reason').fill('Requested by phone.');
  await panel.getByText('A lead approves too.').waitFor();
  expectError(/Failed to load resource|ERR_/);
  await page.route('**/remedies', (route) => route.abort());
  const ask = panel.getByRole('button', { name: 'Request approval' });
  await ask.click();
  await panel.getByText('The connection was lost').waitFor();
  expect(await panel.getByLabel('Reason').inputValue()).toBe('Requested by phone.');
  await page.unroute('**/remedies');
  await ask.click();
  await panel.getByText('Approval requested.').waitFor();
});

test('a hold is said to everybody on the page, and let go from there', async () => {
  const { page, goTo } = await signIn('agent');
  const watching = await signIn('auditor');
  await goTo('/customers/org_quai');
  await watching.goTo('/customers/org_quai');
  // No flag of this book offers one: it is asked for as the panel asks.
  const answer = await page.evaluate(async (key) => {
    const asked = { kind: 'generation_hold', hold: 'true', reason: 'Until it is put right.', key };
    const path = '/customers/org_quai/remedies';
    return (await fetch(path, { method: 'POST', body: new URLSearchParams(asked) })).status;
  }, newFormKey());
  expect(answer).toBe(200);
  await watching.page.getByText('Generation on hold').waitFor();
  const release = watching.page.getByRole('button', { name: 'Release hold' });
  expect(await release.getAttribute('aria-disabled')).toBe('true');
  expect(await release.getAttribute('title')).toBe('Your role can’t request remedies.');
  await page.getByRole('button', { name: 'Release hold' }).click();
  const panel = panelOf(page);
  await panel.getByText('A hold needs no approval.').waitFor();
  await panel.getByRole('button', { name: 'Apply now' }).click();
  await panel.getByText('Approved automatically').waitFor();
  await page.getByText('Generation on hold').waitFor({ state: 'detached' });
  await watching.page.getByText('Generation on hold').waitFor({ state: 'detached' });
});
