import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import { setOutOfOffice } from '#app/services/requests/approvals/out-of-office.ts';
import { chargedTwice } from '#tests/factories/refund-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn, staff } = useBrowser(
  () => [
    ...chargedTwice('org_north', 'Northlight Animation', NOW),
    ...chargedTwice('org_copper', 'Copper Kettle', NOW),
    ...chargedTwice('org_velvet', 'Velvet Anchor', NOW),
    ...chargedTwice('org_amber', 'Amber Kiosk', NOW),
  ],
  NOW,
  { sandbox: true },
);

const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: /Refund/ });

/** An agent asks for the refund that the flag offers. Answers the path of the request. */
const askForRefund = async (customerId: string): Promise<string> => {
  const { page, goTo } = await signIn('agent');
  await goTo(`/customers/${customerId}`);
  const flags = page.getByRole('region', { name: 'Flags' });
  await flags.getByRole('button', { name: /^Refund \$49\.00/ }).click();
  await panelOf(page).getByRole('button', { name: 'Request approval' }).click();
  const link = panelOf(page).getByRole('link', { name: 'Open the request' });
  return (await link.getAttribute('href')) ?? '';
};

test('a press that began before the preview came is not lost', async () => {
  const { page, goTo } = await signIn('agent');
  await goTo('/customers/org_amber');
  let show: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (show = resolve));
  await page.route('**/remedies/preview', async (route) => {
    await held;
    await route.continue();
  });
  const flags = page.getByRole('region', { name: 'Flags' });
  await flags.getByRole('button', { name: /^Refund \$49\.00/ }).click();
  await panelOf(page).getByRole('button', { name: 'Request approval' }).hover();
  await page.mouse.down();
  show();
  await panelOf(page).getByText('can still be refunded').waitFor();
  await page.mouse.up();
  await panelOf(page).getByText('Approval requested.').waitFor();
});

test('whatever goes wrong on the way, the reason stays as it was typed and can be sent again', async () => {
  const path = await askForRefund('org_north');
  const { page, goTo, expectError } = await signIn('finance');
  expectError(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|status of (401|409|429)/);
  await goTo(path);
  await page.getByRole('button', { name: 'Send back…' }).click();
  const reason = page.getByLabel('What should change');
  await reason.fill('Which of the two charges is it?');
  const send = page.getByRole('button', { name: 'Send back', exact: true });
  const said = page.getByRole('alert').filter({ hasText: /./ });

  const address = `**${path}/decision`;
  const meet = async (how: Parameters<Page['route']>[1], words: RegExp): Promise<void> => {
    await page.route(address, how);
    await send.click();
    await said.filter({ hasText: words }).waitFor();
    expect(await reason.inputValue()).toBe('Which of the two charges is it?');
    await page.unroute(address);
  };
  await meet((route) => route.abort(), /The connection was lost.*nothing is done twice/);
  const json = (status: number, body: object) => ({ status, json: body });
  await meet(
    (route) => route.fulfill(json(401, { error: 'sign_in_first' })),
    /You are signed out.*Nothing you typed is lost/,
  );
  await meet(
    (route) => route.fulfill(json(429, { error: 'too_many', message: 'Too many requests.' })),
    /Too many requests/,
  );
  // It arrives, and only its answer is lost: sent again, it is not done again.
  await meet(async (route) => {
    await route.fetch();
    await route.abort();
  }, /The connection was lost/);
  await page.getByRole('article').getByText('sent back', { exact: true }).first().waitFor();
  await send.click();
  await page.getByRole('status').filter({ hasText: 'Sent back: Refund $49.00.' }).waitFor();
  expect(await page.getByText('Sent back: Which of the two charges is it?').count()).toBe(1);
});

test('whoever goes away lends the right, says until when, and has it back; the glass is there for the rest', async () => {
  const path = await askForRefund('org_copper');
  const { page: finance, goTo } = await signIn('finance');
  await goTo('/requests');
  await finance.getByRole('link', { name: 'Approvers' }).click();
  const lend = finance.getByRole('form', { name: 'Delegate my approvals' });
  await lend.getByLabel('To').selectOption({ label: 'Lee Lead' });
  await lend.getByRole('button', { name: '1 week' }).click();
  await lend.getByLabel('Reason').fill('In the mountains.');
  await lend.getByRole('button', { name: 'Delegate' }).click();
  const loans = finance.getByRole('table', { name: 'Delegations' });
  await loans.getByText('active').waitFor();
  expect(await lend.getByLabel('Reason').inputValue()).toBe('');
  const leave = finance.getByRole('form', { name: 'Out of office' });
  await leave.getByRole('button', { name: '1 week' }).click();
  await leave.getByRole('button', { name: 'Set out of office' }).click();
  const deciders = finance.getByRole('table', { name: 'Approvers' });
  await deciders.getByText(/out of office until 11 May/).waitFor();

  const lead = await signIn('lead');
  await lead.goTo(path);
  const approve = lead.page.getByRole('button', { name: 'Approve' });
  expect(await approve.getAttribute('aria-disabled')).toBeNull();
  await loans.getByRole('button', { name: 'End now' }).click();
  await loans.getByText('ended').waitFor();

  // The other one of finance is away as well: nobody is left.
  const others = await staff();
  await setOutOfOffice(await others.as('finance2'), NOW + 3 * DAY);
  await others.close();
  await lead.page.reload();
  await lead.page.getByText('No available approver', { exact: false }).first().waitFor();
  await lead.page.getByRole('button', { name: 'Emergency approval…' }).click();
  await lead.page.getByLabel('Why can’t this wait?').fill('Their bank closes the account today.');
  await lead.page.getByRole('button', { name: 'Emergency approval', exact: true }).click();
  await lead.page.getByText('one has, one more is needed', { exact: false }).waitFor();
  const again = lead.page.getByRole('button', { name: 'Emergency approval…' });
  expect(await again.getAttribute('title')).toMatch(/Another person must confirm/);

  await leave.getByRole('button', { name: 'I’m back' }).click();
  await leave.getByRole('button', { name: 'Set out of office' }).waitFor();
  await lead.page.reload();
  await lead.page.getByText('Waiting for finance').first().waitFor();
  expect(await again.count()).toBe(0);
});

test('whoever asked takes it back on the customer’s page, and a change shows what it would come to', async () => {
  const path = await askForRefund('org_velvet');
  const { page, goTo, expectError } = await signIn('agent');
  await goTo(path);
  await page.getByRole('button', { name: 'Edit…' }).click();
  const form = page.getByRole('form', { name: 'Edit the request' });
  await form.getByText('Finance approves.').waitFor();
  await form.getByLabel('Amount (USD)').fill('50.00');
  await form.getByText(/Failed:/).waitFor();
  await form.getByLabel('Amount (USD)').fill('20.00');
  await form.getByText(/Failed:/).waitFor({ state: 'detached' });
  await form.getByRole('button', { name: 'Resubmit' }).click();
  await page.getByRole('heading', { name: 'Refund $20.00' }).waitFor();

  await goTo('/customers/org_velvet');
  const banners = page.getByRole('region', { name: 'Requests' });
  await banners.getByRole('button', { name: 'Withdraw…' }).click();
  const reason = banners.getByLabel('Reason for withdrawing');
  await reason.fill('They wanted both.');
  expectError(/ERR_FAILED/);
  await page.route('**/withdraw', (route) => route.abort());
  const send = banners.getByRole('button', { name: 'Withdraw', exact: true });
  await send.click();
  await banners.getByText(/The connection was lost/).waitFor();
  expect(await reason.inputValue()).toBe('They wanted both.');
  await page.unroute('**/withdraw');
  await send.click();
  await banners.getByText(/1 request closed.*Refund \$20\.00, withdrawn/).waitFor();
});
