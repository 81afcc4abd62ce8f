import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { chargedTwice } from '#tests/factories/refund-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';

/* Who presses a key or a button once more, at once or two seconds later, has decided one request. */

const NOW = Date.parse('2026-05-04T09:12:00Z');
const NAMES = [
  'Amber',
  'Birch',
  'Cedar',
  'Delta',
  'Ember',
  'Fjord',
  'Grove',
  'Heath',
  'Islet',
  'Juniper',
];
const { signIn, sandbox, staff } = useBrowser(
  () => NAMES.flatMap((name) => chargedTwice(`org_${name}`, `${name} Studio`, NOW)),
  NOW,
  { sandbox: true },
);
let people: StaffOfConsole;
beforeAll(async () => {
  people = await staff();
});
afterAll(() => people?.close());

const askFor = async (name: string): Promise<string> => {
  const paymentId = `ch_org_${name}_2`;
  const about = { customerId: `org_${name}`, paymentId, amount: 4_900 };
  const asked = askRefund({ ...about, evidence: [`payment:${paymentId}`] });
  return made(await createRequest(await people.as('agent'), asked)).id;
};
const stateOf = async (id: string) => (await findRequest(people.store.read, id))?.state;
const receiptOf = (page: Page, name: string) =>
  page.getByRole('article', { name: 'Receipt' }).filter({ hasText: `${name} Studio` });
const approve = (page: Page, name: string) =>
  page.getByRole('button', { name: `Approve $49.00 for ${name} Studio` });

test('the same key again, at once or two seconds later, decides nothing more', async () => {
  const [first, second] = [await askFor('Amber'), await askFor('Birch')];
  const { page, goTo } = await signIn('finance');
  await page.clock.install();
  await goTo('/requests');
  await page.keyboard.press('j');
  await approve(page, 'Amber').waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press('a');
  await receiptOf(page, 'Amber').waitFor();
  for (const key of ['a', 'r', 'b', 'e', ' ']) await page.keyboard.press(key);
  await page.clock.fastForward(2_000);
  for (const key of ['a', 'r', 'b', 'e', ' ']) await page.keyboard.press(key);
  await receiptOf(page, 'Amber').getByText('Finley Finance').waitFor();
  await sandbox().refundOf('ch_org_Amber_2', ({ status }) => status === 'succeeded');
  expect(await stateOf(first)).not.toBe('requested');
  expect(await stateOf(second)).toBe('requested');
  expect(sandbox().refunds('ch_org_Birch_2')).toEqual([]);

  // The next one comes by Enter, and a key that was pressed before anybody can have read it does nothing.
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.press('Enter');
  await page.clock.runFor(200);
  await approve(page, 'Birch').waitFor();
  await page.keyboard.press('a');
  await page.getByText('This request just opened. Review it first.').waitFor();
  expect(await stateOf(second)).toBe('requested');
  await page.clock.runFor(2_000);
  await page.keyboard.press('a');
  await receiptOf(page, 'Birch').waitFor();
  await page.getByRole('button', { name: 'Done' }).waitFor();
  expect(await stateOf(second)).not.toBe('requested');
});

test('the same place clicked again and again approves one request', async () => {
  const ids = [await askFor('Cedar'), await askFor('Delta'), await askFor('Ember')];
  const { page, goTo } = await signIn('finance');
  await goTo('/requests');
  await page.getByRole('row').filter({ hasText: 'Cedar Studio' }).getByRole('cell').first().click();
  await approve(page, 'Cedar').waitFor();
  const box = await approve(page, 'Cedar').boundingBox();
  if (box === null) throw new Error('the button is not in view');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.dblclick(x, y);
  await receiptOf(page, 'Cedar').waitFor();
  for (let times = 0; times < 4; times += 1) await page.mouse.click(x, y);
  await receiptOf(page, 'Cedar').waitFor();
  await sandbox().refundOf('ch_org_Cedar_2', ({ status }) => status === 'succeeded');
  const states = await Promise.all(ids.map(stateOf));
  expect(states.filter((state) => state === 'requested')).toHaveLength(2);
});

test('decisions in a row take two keys each', async () => {
  for (const name of NAMES.slice(5)) await askFor(name);
  const { page, goTo } = await signIn('finance');
  await page.clock.install();
  await goTo('/requests');
  const decided = new Set<string>();
  await page.keyboard.press('j');
  for (let nth = 0; nth < 7; nth += 1) {
    const button = page.getByRole('button', { name: /^Approve \$49\.00 for/ });
    await button.waitFor();
    decided.add(((await button.textContent()) ?? '').replace(/^.* for /, ''));
    await page.clock.fastForward(1_000);
    await page.keyboard.press('a');
    await page.getByRole('article', { name: 'Receipt' }).waitFor();
    await page.keyboard.press('Enter');
  }
  expect(decided.size).toBe(7);
  await page.getByText('Nothing is waiting for you').waitFor();
});
