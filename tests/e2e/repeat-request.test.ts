import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn, sandbox, staff } = useBrowser(() => journeyBook(NOW), NOW, { sandbox: true });
let people: StaffOfConsole;
beforeAll(async () => {
  people = await staff();
});
afterAll(() => people?.close());

const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: /Refund/ });
const askedOf = (customerId: string) => requestsOfCustomer(people.store.read, customerId);
/** Opens the panel for the one payment of a customer, for a part of it. */
const openPanel = async (page: Page, amount: string, reason: string): Promise<Locator> => {
  await page.getByRole('button', { name: /^Refund \$[\d.]+…$/ }).click();
  const panel = panelOf(page);
  await panel.getByLabel('Amount (USD)').fill(amount);
  await panel.getByLabel('Reason').fill(reason);
  return panel;
};

test('a form that is sent again after its answer was lost has asked once', async () => {
  const { page, goTo, expectError } = await signIn('agent');
  await goTo('/customers/org_quai?choose=payment%3Ach_org_quai');
  const panel = await openPanel(page, '11', 'Requested by phone.');
  await panel.getByText('A lead approves too.').waitFor();
  expectError(/Failed to load resource|ERR_/);
  await page.route('**/remedies', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await panel.getByRole('button', { name: 'Request approval' }).click();
  await panel.getByText('The connection was lost').waitFor();
  expect(await askedOf('org_quai')).toHaveLength(1);
  await page.unroute('**/remedies');
  await panel.getByRole('button', { name: 'Request approval' }).click();
  await panel.getByText('Already received the first time. It is waiting for approval.').waitFor();
  expect(await askedOf('org_quai')).toHaveLength(1);
});

test('the same again is refused with the first, requested with a reason, and the decider reads it', async () => {
  const about = { customerId: 'org_harbor', paymentId: 'ch_org_harbor', amount: 900 };
  const first = made(await createRequest(await people.as('agent2'), askRefund(about)));
  const yes = { requestId: first.id, hash: first.contentHash, verdict: 'approve' } as const;
  made(await decideRequest(await people.as('finance2'), { ...yes, reason: '', seen: null }));
  await sandbox().refundOf('ch_org_harbor', ({ status }) => status === 'succeeded');

  const { page, goTo } = await signIn('agent');
  await goTo('/customers/org_harbor?choose=payment%3Ach_org_harbor');
  const panel = await openPanel(page, '9', 'A second image was lost.');
  const earlier = panel.getByRole('region', { name: 'Requested before' });
  await earlier.getByText(/^The same was requested and completed .* Refund \$9\.00/).waitFor();
  const link = await earlier.getByRole('link', { name: 'Open' }).getAttribute('href');
  expect(link).toBe(`/requests/${first.id}`);
  const ask = panel.getByRole('button', { name: 'Request approval' });
  expect(await ask.getAttribute('aria-disabled')).toBe('true');
  await earlier.getByLabel('Why again').fill('Another image was lost after the first refund.');
  expect(await panel.getByLabel('Reason').inputValue()).toBe('A second image was lost.');
  await panel.getByLabel('Reason').press('Control+Enter');
  await panel.getByText('Approval requested.').waitFor();

  const finance = await signIn('finance');
  await finance.goTo(
    (await panel.getByRole('link', { name: 'Open the request' }).getAttribute('href')) ?? '',
  );
  const again = finance.page.getByRole('region', { name: 'Requested again' });
  await again.getByText(/^The same was requested and completed .* Refund \$9\.00/).waitFor();
  await again.getByText('Another image was lost after the first refund.').waitFor();
  expect(await again.getByRole('link').getAttribute('href')).toBe(`/requests/${first.id}`);
});
