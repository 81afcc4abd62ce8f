import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { chargedTwice, creditsMissing } from '#tests/factories/refund-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn, sandbox } = useBrowser(
  () => [
    ...creditsMissing('org_harbor', 'Harbor & Finch', NOW),
    ...chargedTwice('org_north', 'Northlight Animation', NOW),
    ...chargedTwice('org_copper', 'Copper Kettle', NOW),
    ...chargedTwice('org_velvet', 'Velvet Anchor', NOW),
  ],
  NOW,
  { sandbox: true },
);

const flagsOf = (page: Page): Locator => page.getByRole('region', { name: 'Flags' });
const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: /Refund|Grant/ });
const queueRow = (page: Page, name: string): Locator =>
  page.getByRole('table', { name: 'Requests' }).getByRole('row').filter({ hasText: name });

/** An agent opens a customer and asks for what the flag offers. Answers the agent's page. */
const askFromFlag = async (customerId: string, button: RegExp, verdict: string): Promise<Page> => {
  const { page, goTo } = await signIn('agent');
  await goTo(`/customers/${customerId}`);
  await flagsOf(page).getByRole('button', { name: button }).click();
  await panelOf(page).getByText(verdict).waitFor();
  await panelOf(page).getByRole('button', { name: 'Request approval' }).click();
  await panelOf(page).getByText('Approval requested.').waitFor();
  return page;
};

/** Somebody else decides from the queue: one click to the request, one to the decision. */
const approveFromQueue = async (role: 'lead' | 'finance', customerName: string): Promise<void> => {
  const { page, goTo } = await signIn(role);
  await goTo('/requests');
  await queueRow(page, customerName).getByRole('cell').first().click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('status').filter({ hasText: 'Approved:' }).waitFor();
};

test('missing credits are requested, granted by a lead, and the flag closes before the agent’s eyes', async () => {
  const page = await askFromFlag('org_harbor', /^Grant 5,000/, 'A lead or finance approves');
  const flag = flagsOf(page).getByText(/bought 5,000 credits; none have arrived/);
  await flag.waitFor();
  await approveFromQueue('lead', 'Harbor & Finch');
  await flag.waitFor({ state: 'detached' });
  await page.getByText('Ledger 10,000').waitFor();
  const told = await sandbox().mail(/^5,000 credits added/);
  expect(told.to).toEqual(['billing@org-harbor.example']);
  expect(sandbox().refunds('ch_org_harbor_1')).toEqual([]);
});

test('a confirmed duplicate is refunded by two people, and the customer is told the truth', async () => {
  const page = await askFromFlag('org_north', /^Refund \$49\.00/, 'Finance approves.');
  const banners = page.getByRole('region', { name: 'Requests' });
  await banners.getByText('Waiting for finance').waitFor();
  expect(sandbox().refunds('ch_org_north_2')).toEqual([]);
  const mail = await signIn('agent');
  await mail.goTo('/mail');
  await approveFromQueue('finance', 'Northlight Animation');
  const refund = await sandbox().refundOf('ch_org_north_2', ({ status }) => status === 'succeeded');
  expect(refund.amount).toBe(4_900);
  await flagsOf(page)
    .getByText(/Charged twice/)
    .waitFor({ state: 'detached' });
  await page.getByText('1 request closed in the last 30 days: Refund $49.00, done').click();
  await banners.getByText('billing@org-north.example').waitFor();
  await banners.getByText('Text of the e-mail').click();
  await banners
    .getByText(/\$49\.00/)
    .last()
    .waitFor();
  const told = await sandbox().mail(/^Your refund of \$49\.00 is on its way/);
  expect(told.to).toEqual(['billing@org-north.example']);
  const seen = mail.page.getByRole('listitem').filter({ hasText: 'billing@org-north.example' });
  await seen.getByText('Your refund of $49.00 is on its way').first().waitFor();
  expect(sandbox().overRefunded()).toEqual([]);
});

test('a refund that the bank sends back later is shown, told and can be requested again', async () => {
  const page = await askFromFlag('org_copper', /^Refund \$49\.00/, 'Finance approves.');
  await approveFromQueue('finance', 'Copper Kettle');
  const { id } = await sandbox().refundOf(
    'ch_org_copper_2',
    ({ status }) => status === 'succeeded',
  );
  await flagsOf(page)
    .getByText(/Charged twice/)
    .waitFor({ state: 'detached' });
  // Of a failure only those are told who had been told of the refund.
  const told = () =>
    sandbox()
      .mails()
      .filter(({ to }) => to.includes('billing@org-copper.example'))
      .map(({ headers }) => headers['subject']);
  const onItsWay = 'Your refund of $49.00 is on its way';
  await expect.poll(told, { timeout: 20_000 }).toContain(onItsWay);
  await sandbox().endRefund(id, 'fail');
  await flagsOf(page)
    .getByText(/A refund of \$49\.00 .* failed/)
    .waitFor();
  await page.getByText(/closed in the last 30 days: Refund \$49\.00, failed/).waitFor();
  await sandbox().mail(/^Your refund of \$49\.00 did not go through/);
  await flagsOf(page)
    .getByRole('button', { name: /^Refund \$49\.00/ })
    .first()
    .waitFor();
  expect(sandbox().refunds('ch_org_copper_2')).toHaveLength(1);
});

test('nobody approves what they have requested, not even by a request made by hand', async () => {
  const visit = await signIn('finance');
  const { page, goTo, url } = visit;
  await goTo('/customers/org_velvet');
  await flagsOf(page)
    .getByRole('button', { name: /^Refund \$49\.00/ })
    .click();
  await panelOf(page).getByRole('button', { name: 'Request approval' }).click();
  await panelOf(page).getByText('Approval requested.').waitFor();
  const link = panelOf(page).getByRole('link', { name: 'Open the request' });
  const path = (await link.getAttribute('href')) ?? '';
  await goTo(path);
  const approve = page.getByRole('button', { name: 'Approve' });
  expect(await approve.getAttribute('aria-disabled')).toBe('true');
  expect(await approve.getAttribute('title')).toContain('you can’t approve it');

  visit.expectError(/status of 403/);
  const status = await page.evaluate(async (to) => {
    const facts = await fetch(`${to}?_data=pages%2Frequests%2Fdetail%2Frequest.page`);
    // What the page itself is made of.
    const { line } = (await facts.json()) as { line: { hash: string } };
    const form = new URLSearchParams({ verdict: 'approve', hash: line.hash, reason: '' });
    return (await fetch(`${to}/decision`, { method: 'POST', body: form })).status;
  }, `${url}${path}`);
  expect(status).toBe(403);
  await page.reload();
  await page.getByText('Waiting for finance').first().waitFor();
  expect(sandbox().refunds('ch_org_velvet_2')).toEqual([]);
});
