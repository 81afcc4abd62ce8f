import { expect, test } from 'vitest';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn } = useBrowser(() => journeyBook(NOW), NOW);

test('sees everything and can press nothing that changes it', async () => {
  const { page } = await signIn('auditor');
  await page
    .getByRole('table', { name: 'Flags' })
    .getByRole('row')
    .filter({ hasText: 'Harbor' })
    .click();
  for (const name of ['Assign…', 'Snooze…', 'Dismiss…']) {
    const button = page.getByRole('button', { name });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await button.getAttribute('title')).not.toBe('');
    await button.focus();
    await page.keyboard.press('Enter');
  }
  for (const key of ['a', 's', 'd']) await page.keyboard.press(key);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test.each([
  ['dismiss', { reason: 'By hand' }],
  ['snooze', { reason: 'By hand', until: '2026-05-05T09:00Z' }],
  ['assign', { assignee: '' }],
])('a hand-made request to %s is refused and changes nothing', async (intent, fields) => {
  const { page, expectError } = await signIn('auditor');
  expectError(/status of 403/);
  const row = page
    .getByRole('table', { name: 'Flags' })
    .getByRole('row')
    .filter({ hasText: 'Harbor' });
  const history = page.waitForResponse(/\/flags\/flg_[^/]+\/history/);
  await row.click();
  const flagId = /flags\/(flg_[^/]+)\/history/.exec((await history).url())?.[1] ?? '';
  const send = (path: string, form: Record<string, string>) =>
    page.evaluate(
      async ([to, body]) =>
        (await fetch(to, { method: 'POST', body: new URLSearchParams(body) })).status,
      [path, form] as const,
    );
  expect(await send(`/flags/${flagId}`, { intent, version: '1', ...fields })).toBe(403);
  expect(await send('/flags/bulk', { intent, flag: `${flagId} 1`, ...fields })).toBe(403);
  await page.reload();
  await row.click();
  const steps = page.getByRole('list', { name: 'History of the flag' }).getByRole('listitem');
  await steps.first().waitFor();
  expect(await steps.count()).toBe(1);
});
