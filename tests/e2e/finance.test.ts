import { afterAll, beforeAll, expect, test } from 'vitest';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { askInsisting } from '#tests/support/consoles/ask-insisting.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';
import type { Visit } from '#tests/support/consoles/browser.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn, sandbox, staff } = useBrowser(() => journeyBook(NOW), NOW, { sandbox: true });
let people: StaffOfConsole;
beforeAll(async () => {
  people = await staff();
});
afterAll(() => people?.close());

/** All of the $49.00 that a customer of the book paid, asked for by an agent. */
const askFor = async (of: string, change: object = {}): Promise<StoredRequest> => {
  const about = { customerId: `org_${of}`, paymentId: `ch_org_${of}`, amount: 4_900 };
  const asked = askRefund({ ...about, evidence: [`payment:ch_org_${of}`], ...change });
  return made(await askInsisting(await people.as('agent'), asked));
};
const sheetOf = ({ page }: Visit, customer: string) =>
  page.getByRole('article').filter({ hasText: customer });
const rowOf = ({ page }: Visit, customer: string) =>
  page.getByRole('table', { name: 'Requests' }).getByRole('row').filter({ hasText: customer });
const approveButton = ({ page }: Visit) => page.getByRole('button', { name: 'Approve' });

test('finance decides by keys, reads the receipt, and goes on to the next one', async () => {
  await askFor('harbor');
  await askFor('tin');
  const visit = await signIn('finance');
  const { page } = visit;
  await visit.goTo('/requests');
  await page.getByTitle('2 waiting for you').waitFor();
  await page.keyboard.press('j');
  await sheetOf(visit, 'Harbor & Finch').getByText('$49.00 can still be refunded').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('status').filter({ hasText: 'Approved: Refund $49.00.' }).waitFor();
  const refund = await sandbox().refundOf('ch_org_harbor', ({ status }) => status === 'succeeded');
  expect(refund.amount).toBe(4_900);
  await page.getByTitle('1 waiting for you').waitFor();
  const receipt = page.getByRole('article', { name: 'Receipt' });
  await receipt.filter({ hasText: 'Harbor & Finch' }).getByText('Finley Finance').waitFor();
  await receipt.getByText('Your refund of $49.00 is on its way').waitFor();
  await page.getByRole('button', { name: 'Next: Refund $49.00' }).waitFor();
  await page.keyboard.press('Enter');

  await sheetOf(visit, 'Tin Roof Pictures').getByText('Waiting for finance.').waitFor();
  await page.keyboard.press('r');
  await page.getByLabel('Reason for rejecting').fill('Two seats were bought, one for each.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Rejected: Refund $49.00. Nothing else is waiting for you.').waitFor();
  await page.getByTitle('0 waiting for you').waitFor();
  await rowOf(visit, 'Harbor & Finch').waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Closed' }).click();
  const settled = page.getByRole('table', { name: 'Closed requests' }).getByRole('row');
  await settled.filter({ hasText: 'Tin Roof Pictures' }).getByText('Two seats').waitFor();
  await settled.filter({ hasText: 'Harbor & Finch' }).getByRole('cell').first().dblclick();
  const done = sheetOf(visit, 'Harbor & Finch');
  await done.getByText('On the customer’s statement between').waitFor();
  await done.getByText('Your refund of $49.00 is on its way').waitFor();
  expect(sandbox().overRefunded()).toEqual([]);
});

test('a decision is refused because the world has changed, and says what is different', async () => {
  await askFor('quai');
  const visit = await signIn('finance');
  const { page } = visit;
  await visit.goTo('/requests');
  await rowOf(visit, 'Quai Nord').getByRole('cell').first().click();
  await approveButton(visit).waitFor();
  await sandbox().refundInDashboard('ch_org_quai', 2_000);
  visit.expectError(/status of 409/);
  await page.keyboard.press('a');
  const alert = page.getByRole('alert');
  await alert.getByText(/^Couldn’t be completed\. \$29\.00 can still be refunded/).waitFor();
  await alert.getByText('Refunded: $20.00 instead of $0.00; $20.00 went back meanwhile.').waitFor();
  expect(sandbox().refunds('ch_org_quai')).toHaveLength(1);

  await alert.getByRole('button', { name: 'Got it' }).click();
  await alert.getByText('Couldn’t be completed.').waitFor({ state: 'detached' });
  expect(await approveButton(visit).getAttribute('aria-disabled')).toBe('true');
  await sheetOf(visit, 'Quai Nord')
    .getByRole('region', { name: 'Changes since it was requested' })
    .getByText('$20.00 went back meanwhile')
    .waitFor();
  await page.getByRole('button', { name: 'Send back…' }).click();
  await page.getByLabel('What should change').fill('$20.00 went back by hand: ask for the rest.');
  await page.getByRole('button', { name: 'Send back', exact: true }).click();
  await page.getByText('Sent back: Refund $49.00.').waitFor();
});

test('what changes under the eyes of the decider is said before they can approve it', async () => {
  const request = await askFor('late', { paymentId: 'ch_first', evidence: ['payment:ch_first'] });
  const visit = await signIn('finance');
  const { page } = visit;
  await visit.goTo('/requests');
  await rowOf(visit, 'Løvely Studio').getByRole('cell').first().click();
  await approveButton(visit).waitFor();
  const { id: requestId, version } = request;
  const change = { amount: 1_900, reason: 'Only what was not used.' };
  made(await editRequest(await people.as('agent2'), { requestId, version, change }));
  const alert = page.getByRole('alert');
  await alert.getByText('Amount: $19.00 instead of $49.00.').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('paragraph').filter({ hasText: 'Review the changes first' }).waitFor();
  expect(sandbox().refunds('ch_first')).toEqual([]);
  await alert.getByRole('button', { name: 'Got it' }).click();
  await page.keyboard.press('a');
  await page.getByText('Approved: Refund $19.00.').waitFor();
  expect((await sandbox().refundOf('ch_first')).amount).toBe(1_900);
});

test('sorted by amount, the queue is worked through in the order that is seen', async () => {
  const ofLate = (paymentId: string, amount: number) =>
    askFor('late', { paymentId, amount, evidence: [`payment:${paymentId}`] });
  await ofLate('ch_late', 1_200);
  await ofLate('ch_first', 2_000);
  await askFor('tin', { amount: 900 });
  const visit = await signIn('finance');
  const { page } = visit;
  await visit.goTo('/requests');
  const head = page.getByRole('columnheader', { name: 'Amount' });
  await head.getByRole('button').click();
  await page.locator('th[aria-sort="ascending"]').waitFor();
  await head.getByRole('button').click();
  await page.locator('th[aria-sort="descending"]').waitFor();
  const amounts = page.getByRole('table', { name: 'Requests' }).locator('tbody td:nth-child(4)');
  expect(await amounts.allTextContents()).toEqual(['$49.00', '$20.00', '$12.00', '$9.00']);

  await page.getByRole('cell', { name: '$20.00' }).click();
  await page.getByRole('heading', { name: 'Refund $20.00' }).waitFor();
  await page.keyboard.press('r');
  await page.getByLabel('Reason for rejecting').fill('It was used.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Rejected: Refund $20.00.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Refund $12.00' }).waitFor();
});
