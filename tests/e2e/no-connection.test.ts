import { expect, test } from 'vitest';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';
import type { Visit } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn } = useBrowser(() => journeyBook(NOW), NOW);

const flagOf = ({ page }: Visit, customer: string) =>
  page.getByRole('table', { name: 'Flags' }).getByRole('row').filter({ hasText: customer });
const cut = async ({ page, expectError }: Visit): Promise<void> => {
  expectError(/ERR_INTERNET_DISCONNECTED/);
  await page.context().setOffline(true);
};
const mend = ({ page }: Visit): Promise<void> => page.context().setOffline(false);

test('a page that cannot be loaded is waited for, and the one that is there stays', async () => {
  const visit = await signIn('lead');
  const { page, url } = visit;
  const [requests, flags] = ['Requests', 'Flags'].map((name) => page.getByRole('link', { name }));
  await requests?.click();
  await page.waitForURL(`${url}/requests`);
  await flags?.click();
  await flagOf(visit, 'Osei Architects').waitFor();
  await cut(visit);
  await requests?.click();
  const said = page.getByRole('status').filter({ hasText: 'No connection. Trying again' });
  await said.waitFor();
  await flagOf(visit, 'Osei Architects').waitFor();
  expect(page.url()).toBe(`${url}/`);
  await mend(visit);
  await page.waitForURL(`${url}/requests`);
  await page.getByRole('table', { name: 'Requests' }).waitFor();
  await said.waitFor({ state: 'detached' });
});

test('a decision that cannot be sent keeps its reason, and is taken once it arrives', async () => {
  const visit = await signIn('lead');
  const { page } = visit;
  await flagOf(visit, 'Harbor & Finch').click();
  await page.getByRole('button', { name: 'Dismiss…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Dismiss flag' });
  const reason = dialog.getByLabel('Reason');
  await reason.fill('Their own bookkeeper has written the invoice.');
  await cut(visit);
  const dismiss = dialog.getByRole('button', { name: 'Dismiss', exact: true });
  await dismiss.click();
  await dialog.getByRole('alert').filter({ hasText: 'The connection was lost' }).waitFor();
  expect(await reason.inputValue()).toBe('Their own bookkeeper has written the invoice.');
  await mend(visit);
  await dismiss.click();
  await page.getByRole('status').filter({ hasText: '1 flag dismissed.' }).waitFor();
  await flagOf(visit, 'Harbor & Finch').waitFor({ state: 'detached' });
});
