import { expect, test } from 'vitest';
import { creditsMissing } from '#tests/factories/refund-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const CUSTOMERS = 130;
const nameOf = (number: number): string => `Studio ${String(number).padStart(3, '0')}`;
const { signIn } = useBrowser(
  () =>
    Array.from({ length: CUSTOMERS }, (_, number) =>
      creditsMissing(`org_${number}`, nameOf(number), NOW),
    ).flat(),
  NOW,
);

test('flags far down are loaded by scrolling, assigned, and can be decided about again', async () => {
  const { page, goTo } = await signIn('lead');
  await goTo('/');
  const table = page.getByRole('table', { name: 'Flags' });
  const rows = table.getByRole('row');
  // To the end of what is loaded, until all of it is.
  const last = rows.and(page.locator(`[aria-rowindex="${CUSTOMERS + 1}"][aria-current="true"]`));
  await table.click({ position: { x: 200, y: 45 } });
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return last.count();
    })
    .toBe(1);
  // A row of the page before the last.
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('PageUp');
  const chosen = rows.and(
    page.locator(`[aria-rowindex="${CUSTOMERS + 1 - 36}"][aria-current="true"]`),
  );
  const name = (await chosen.textContent())?.match(/Studio \d{3}/)?.[0] ?? '';
  const row = rows.filter({ hasText: name });
  await page.keyboard.press('a');
  const assign = page.getByRole('dialog', { name: 'Assign flag' });
  await assign.getByLabel('To').selectOption({ label: 'Avery Agent' });
  await assign.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByRole('status').filter({ hasText: '1 flag assigned.' }).waitFor();
  await row.getByText('Avery Agent').waitFor();

  // Nobody else has touched it, and the page knows which version this person saw.
  await page.keyboard.press('s');
  const snooze = page.getByRole('dialog', { name: 'Snooze flag' });
  await snooze.getByRole('button', { name: '1 week' }).click();
  await snooze.getByLabel('Reason').fill('Their bank decides within the week');
  await snooze.getByRole('button', { name: 'Snooze', exact: true }).click();
  await page.getByRole('status').filter({ hasText: '1 flag snoozed.' }).waitFor();
  await row.waitFor({ state: 'detached' });
});
