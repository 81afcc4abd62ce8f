import { expect, test } from 'vitest';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn } = useBrowser(() => journeyBook(NOW), NOW);

test('finds a customer from a pasted payment address and reads what is wrong', async () => {
  const { page, url } = await signIn('agent');
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText(' https://dashboard.stripe.com/payments/ch_late ');
  await page.getByRole('option', { name: /Løvely Studio/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/customers/org_late?choose=payment%3Ach_late`);

  await page.getByRole('heading', { name: 'Løvely Studio' }).waitFor();
  await page
    .getByText(/\$49\.00 captured 42 minutes ago bought 5,000 credits; none have arrived\./)
    .first()
    .waitFor();
  await page
    .getByText(/Image failed 3 hours ago/)
    .first()
    .waitFor();
  for (const name of ['Ledger', 'Payments', 'Generations']) {
    await page.getByRole('region', { name }).waitFor();
  }
  // The payment that was asked for is the row that is chosen.
  const payments = page.getByRole('region', { name: 'Payments' }).getByRole('row');
  await payments.and(page.locator('[aria-current]')).filter({ hasText: '$49.00' }).waitFor();
});

test('what was pasted is not in any address', async () => {
  const { page } = await signIn('agent');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('combobox', { name: 'Search' }).fill('billing@org-late.example');
  await page.getByRole('option', { name: /Løvely Studio/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Løvely Studio' }).waitFor();
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.filter((address) => /billing|org-late\.example/.test(address))).toEqual([]);
});

test('chooses a suggestion by keys, and finds a payment by what a statement shows', async () => {
  const { page, url } = await signIn('agent');
  await page.keyboard.press('/');
  await page.keyboard.type('harb');
  const box = page.getByRole('combobox', { name: 'Search' });
  await page.getByRole('option', { name: /Harbor & Finch/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  const active = await box.getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active}"]`).textContent()).toContain('Harbor & Finch');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/customers/org_harbor`);

  await page.goto(`${url}/search`);
  await page.getByRole('main').getByRole('searchbox').fill('49.00 4 May 4242');
  await page.keyboard.press('Enter');
  const results = page.getByRole('list', { name: 'Results' });
  await results
    .getByRole('link', { name: /Løvely Studio.*payment \$49\.00, 4 May, ·4242/ })
    .click();
  await page.waitForURL(`${url}/customers/org_late?choose=payment%3Ach_late`);
});

test('comes back from one hit to the others', async () => {
  const { page, url } = await signIn('agent');
  await page.getByRole('combobox', { name: 'Search' }).fill('org');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/search`);
  const results = page.getByRole('list', { name: 'Results' }).getByRole('link');
  await results.first().waitFor();
  const count = await results.count();
  expect(count).toBeGreaterThan(1);
  await results.first().click();
  await page.waitForURL(/\/customers\//);
  await page.goBack();
  await page.waitForURL(`${url}/search`);
  await results.nth(count - 1).waitFor();
  await expect.poll(() => results.count()).toBe(count);
  expect(await page.getByRole('main').getByRole('searchbox').inputValue()).toBe('org');
});

test('dismisses a low flag, and reads why a high one is not theirs', async () => {
  const { page } = await signIn('agent');
  const rows = page.getByRole('table', { name: 'Flags' }).getByRole('row');
  await rows.filter({ hasText: 'Osei Architects' }).click();
  const dismiss = page.getByRole('button', { name: 'Dismiss…' });
  expect(await dismiss.getAttribute('aria-disabled')).toBe('true');
  await dismiss.focus();
  await page.keyboard.press('Enter');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await dismiss.getAttribute('title')).toBe(
    'Only a team lead can dismiss flags above low severity.',
  );
  await rows.filter({ hasText: 'Quai Nord' }).click();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Dismiss flag' });
  await dialog.getByLabel('Reason').fill('Invoice sent by post');
  await dialog.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await page.getByRole('status').filter({ hasText: '1 flag dismissed.' }).waitFor();
  await rows.filter({ hasText: 'Quai Nord' }).waitFor({ state: 'detached' });
});
