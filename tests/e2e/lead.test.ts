import { expect, test } from 'vitest';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn } = useBrowser(() => journeyBook(NOW), NOW);

test('filters the queue and dismisses a flag with a reason', async () => {
  const { page, url } = await signIn('lead');
  await page
    .getByRole('navigation', { name: 'Rules' })
    .getByRole('link', { name: /No invoice/ })
    .click();
  await page.waitForURL(`${url}/?rule=missing-invoice`);
  const rows = page.getByRole('table', { name: 'Flags' }).getByRole('row');
  await rows.filter({ hasText: 'Harbor & Finch' }).waitFor();
  // The address changes an instant before the list does, and Harbor & Finch stands in both lists.
  await rows.filter({ hasText: 'Osei Architects' }).waitFor({ state: 'detached' });

  await rows.filter({ hasText: 'Harbor & Finch' }).click();
  await page.getByRole('button', { name: 'Dismiss…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Dismiss flag' });
  await dialog.getByRole('button', { name: 'Settled outside the console' }).click();
  await dialog.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await page.getByRole('status').filter({ hasText: '1 flag dismissed.' }).waitFor();
  await rows.filter({ hasText: 'Harbor & Finch' }).waitFor({ state: 'detached' });

  await page
    .getByRole('navigation', { name: 'State' })
    .getByRole('link', { name: 'dismissed' })
    .click();
  await page.waitForURL(`${url}/?state=dismissed&rule=missing-invoice`);
  await rows.filter({ hasText: 'Harbor & Finch' }).click();
  const history = page.getByRole('list', { name: 'History of the flag' });
  await history.getByText('Dismissed: Settled outside the console').waitFor();
  await history.getByText('Opened').waitFor();
});

test('assigns and snoozes by keys', async () => {
  const { page, url } = await signIn('lead');
  const rows = page.getByRole('table', { name: 'Flags' }).getByRole('row');
  const osei = rows.filter({ hasText: 'Osei Architects' });
  await osei.click();
  await page.keyboard.press('a');
  const assign = page.getByRole('dialog', { name: 'Assign flag' });
  await assign.getByLabel('To').selectOption({ label: 'Avery Agent' });
  await assign.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByRole('status').filter({ hasText: '1 flag assigned.' }).waitFor();
  await osei.getByText('Avery Agent').waitFor();

  await page.keyboard.press('s');
  const snooze = page.getByRole('dialog', { name: 'Snooze flag' });
  await snooze.getByRole('button', { name: '1 week' }).click();
  await snooze.getByLabel('Reason').fill('The bank decides within the week');
  await snooze.getByRole('button', { name: 'Snooze', exact: true }).click();
  await page.getByRole('status').filter({ hasText: '1 flag snoozed.' }).waitFor();
  await page.goto(`${url}/?state=snoozed`);
  await osei.getByText('Until 11 May').waitFor();
});

test('decides several flags at once, with an outcome for each', async () => {
  const { page, goTo } = await signIn('lead');
  await goTo('/?rule=missing-invoice');
  const second = await signIn('lead');
  await second.goTo('/?rule=missing-invoice');

  // Somebody else is quicker with one of them.
  const theirs = second.page.getByRole('table', { name: 'Flags' }).getByRole('row');
  await theirs.filter({ hasText: 'Tin Roof Pictures' }).click();
  await page.getByLabel('Select No invoice, Tin Roof Pictures').check();
  await page.getByLabel('Select No invoice, Quai Nord').check();
  await page.getByText('2 selected').waitFor();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Dismiss 2 flags' });
  await dialog.getByLabel('Reason').fill('Sent by hand');
  await second.page.keyboard.press('a');
  const assign = second.page.getByRole('dialog', { name: 'Assign flag' });
  await assign.getByRole('button', { name: 'Assign', exact: true }).click();
  await second.page.getByRole('status').filter({ hasText: '1 flag assigned.' }).waitFor();

  await dialog.getByRole('button', { name: 'Dismiss', exact: true }).click();
  const status = page.getByRole('status').filter({ hasText: '1 flag dismissed, 1 failed' });
  await status.getByText(/This flag changed since the page loaded\./).waitFor();
  expect(await status.getByRole('listitem').count()).toBe(1);
});

test('filters by severity, assignee and order stay in the address', async () => {
  const { page, url } = await signIn('lead');
  await page.getByRole('combobox', { name: 'Severity', exact: true }).selectOption('high');
  await page.waitForURL(`${url}/?severity=high`);
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('age');
  await page.waitForURL(/severity=high.*sort=age/);
  await page.getByRole('combobox', { name: 'Assigned to' }).selectOption('me');
  await page.waitForURL(/assignee=me/);
  await page.getByText('No flags match').waitFor();
  await page.getByRole('link', { name: 'Show all open flags' }).click();
  await page.waitForURL(`${url}/`);
});
