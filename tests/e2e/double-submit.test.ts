import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';

/* People who press the next key before the last one has been answered, and a network that is slow with it. */

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn, sandbox, staff } = useBrowser(() => journeyBook(NOW), NOW, { sandbox: true });
let people: StaffOfConsole;
beforeAll(async () => {
  people = await staff();
  for (const of of ['harbor', 'tin', 'quai']) {
    const about = { customerId: `org_${of}`, paymentId: `ch_org_${of}`, amount: 4_900 };
    const asked = askRefund({ ...about, evidence: [`payment:ch_org_${of}`] });
    made(await createRequest(await people.as('agent'), asked));
  }
});
afterAll(() => people?.close());

const headingOf = (page: Page, customer: string) =>
  page.getByRole('article').filter({ hasText: customer }).getByRole('heading').first();
const chosenRow = (page: Page) =>
  page.getByRole('table', { name: 'Requests' }).locator('tr[aria-current="true"]');

/** Holds back what is posted to such an address until it is let go. */
async function hold(page: Page, address: string): Promise<() => void> {
  let letGo = (): void => {};
  const free = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(address, async (route) => {
    await free;
    await route.continue();
  });
  return letGo;
}

test('a key that belongs to the buttons does nothing while a reason is being written', async () => {
  const { page, goTo } = await signIn('finance');
  await goTo('/requests');
  await page.keyboard.press('j');
  await headingOf(page, 'Harbor & Finch').waitFor();
  await page.keyboard.press('r');
  const reason = page.getByLabel('Reason for rejecting');
  await reason.fill('It was used.');
  await headingOf(page, 'Harbor & Finch').click();
  await page.keyboard.press('a');
  await page.keyboard.press('b');
  expect(await reason.inputValue()).toBe('It was used.');
  await page.getByRole('button', { name: 'Reject', exact: true }).click();
  await page.getByText('Rejected: Refund $49.00.').waitFor();
  expect(sandbox().refunds('ch_org_harbor')).toEqual([]);
});

test('nobody leaves a request while its decision is sending, and Enter opens the next one', async () => {
  const { page, goTo } = await signIn('finance');
  await goTo('/requests');
  await page.keyboard.press('j');
  await headingOf(page, 'Tin Roof Pictures').waitFor();
  const letGo = await hold(page, '**/decision');
  await page.keyboard.press('a');
  await page.keyboard.press('j');
  await page.getByText('Sending. The result will appear here.').waitFor();
  await page.keyboard.press('Escape');
  await chosenRow(page).getByText('Tin Roof Pictures').waitFor();
  letGo();
  await page.getByText('Approved: Refund $49.00.').waitFor();
  await page.keyboard.press('Enter');
  await headingOf(page, 'Quai Nord').waitFor();
  await chosenRow(page).getByText('Quai Nord').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/requests\/req_/);
  await headingOf(page, 'Quai Nord').waitFor();
});

test('a decision about a flag stays on the screen until it is answered', async () => {
  const { page } = await signIn('lead');
  const row = page.getByRole('table', { name: 'Flags' }).getByRole('row');
  await row.filter({ hasText: 'Osei Architects' }).click();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Assign flag' });
  const letGo = await hold(page, '**/flags/*');
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
  await dialog.getByRole('button', { name: 'Sending…' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(await dialog.isVisible()).toBe(true);
  letGo();
  await page.getByRole('status').filter({ hasText: '1 flag assigned.' }).waitFor();
  await dialog.waitFor({ state: 'detached' });
});

test('a gateway without its server is waited for like a connection', async () => {
  const visit = await signIn('lead');
  const { page, url } = visit;
  visit.expectError(/502/);
  const down = (route: Route) => route.fulfill({ status: 502, body: 'Bad Gateway' });
  await page.route(/_data=/, down);
  await page.getByRole('link', { name: 'Requests' }).click();
  await page.getByRole('status').filter({ hasText: 'Trying again' }).waitFor();
  expect(page.url()).toBe(`${url}/`);
  await page.unroute(/_data=/, down);
  await page.waitForURL(`${url}/requests`);
  await page.getByRole('table', { name: 'Requests' }).waitFor();
});

test('a page that the gateway has cut off from news listens again by itself', async () => {
  const visit = await signIn('lead');
  const { page, url } = visit;
  visit.expectError(/502/);
  const down = (route: Route) => route.fulfill({ status: 502, body: 'Bad Gateway' });
  await page.route('**/events*', down);
  const answered = (status: number) =>
    page.waitForResponse((it) => it.url().includes('/events') && it.status() === status);
  const refused = answered(502);
  await page.goto(`${url}/requests`);
  await refused;
  const heard = answered(200);
  await page.unroute('**/events*', down);
  await heard;
});

test('a filter keeps the focus when it is chosen by keys', async () => {
  const { page, goTo, url } = await signIn('finance');
  await goTo('/requests');
  const filter = page.getByRole('form', { name: 'Filters' }).getByRole('combobox').first();
  await filter.focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForURL(/\/requests\?/);
  await expect
    .poll(() => filter.evaluate((element) => element === document.activeElement))
    .toBe(true);
  await page.goBack();
  await page.waitForURL(`${url}/requests`);
  await expect.poll(() => filter.inputValue()).toBe('');
});
