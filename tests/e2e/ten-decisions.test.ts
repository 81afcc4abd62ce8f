import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { chargedTwice } from '#tests/factories/refund-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';

/* Ten decisions in a row by keys alone, while a colleague decides some of the same queue. */

const NOW = Date.parse('2026-05-04T09:12:00Z');
const NAMES = ['Amber', 'Birch', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Grove', 'Heath', 'Islet'];
const MORE = ['Juniper', 'Kelp', 'Laurel', 'Maple', 'Nettle'];
const { signIn, sandbox, staff } = useBrowser(
  () => [...NAMES, ...MORE].flatMap((name) => chargedTwice(`org_${name}`, `${name} Studio`, NOW)),
  NOW,
  { sandbox: true },
);
let people: StaffOfConsole;
const requests = new Map<string, { id: string; hash: string }>();
beforeAll(async () => {
  people = await staff();
  for (const name of [...NAMES, ...MORE]) {
    const paymentId = `ch_org_${name}_2`;
    const about = { customerId: `org_${name}`, paymentId, amount: 4_900 };
    const asked = askRefund({ ...about, evidence: [`payment:${paymentId}`] });
    const { id, contentHash } = made(await createRequest(await people.as('agent'), asked));
    requests.set(name, { id, hash: contentHash });
  }
});
afterAll(() => people?.close());

/** A colleague of finance says no to the request of a customer. */
const rejectBehind = async (name: string): Promise<void> => {
  const { id: requestId, hash } = requests.get(name) ?? expect.fail();
  const no = { requestId, hash, verdict: 'reject', seen: null } as const;
  made(await decideRequest(await people.as('finance2'), { ...no, reason: 'A colleague’s no.' }));
};
const approveButton = (page: Page) => page.getByRole('button', { name: /^Approve \$49\.00 for/ });
const nextButton = (page: Page) => page.getByRole('button', { name: /^Next: / });
const nameIn = (words: string | null): string => / for (\w+) Studio/.exec(words ?? '')?.[1] ?? '';

test('ten right, none wrong', { timeout: 120_000 }, async () => {
  const { page, goTo } = await signIn('finance');
  await page.clock.install();
  await goTo('/requests');
  await page.keyboard.press('j');
  const wanted = new Map<string, 'approve' | 'reject'>();
  const behind: string[] = [];
  for (let nth = 0; nth < 10; nth += 1) {
    await approveButton(page).waitFor();
    let name = nameIn(await approveButton(page).textContent());
    if (nth === 4) {
      // Somebody else was quicker: the key that was meant for it decides nothing, and the next one is looked at.
      await rejectBehind(name);
      behind.push(name);
      await page
        .getByText(/^A colleague’s no\./)
        .or(page.getByText('Rejected'))
        .first()
        .waitFor();
      await page.clock.fastForward(1_000);
      await page.keyboard.press('a');
      await page.keyboard.press('j');
      await approveButton(page).filter({ hasNotText: name }).waitFor();
      name = nameIn(await approveButton(page).textContent());
    }
    await page.clock.fastForward(1_000);
    const verdict = nth % 3 === 2 ? 'reject' : 'approve';
    wanted.set(name, verdict);
    if (verdict === 'approve') await page.keyboard.press('a');
    else {
      await page.keyboard.press('r');
      await page.getByLabel('Reason for rejecting').waitFor();
      await page.keyboard.type('It was used.');
      await page.keyboard.press('Control+Enter');
    }
    const receipt = page.getByRole('article', { name: 'Receipt' });
    await receipt.filter({ hasText: `${name} Studio` }).waitFor();
    // One word on how far it is, not two.
    expect(await receipt.getByText('Queued').count()).toBeLessThan(2);
    if (nth === 9) break;
    let next = nameIn(await nextButton(page).textContent());
    expect(wanted.has(next) || next === '').toBe(false);
    if (nth === 2 || nth === 6) {
      // What comes next is decided by somebody else while the receipt is read: another one is named.
      await rejectBehind(next);
      behind.push(next);
      await nextButton(page).filter({ hasNotText: next }).waitFor();
      next = nameIn(await nextButton(page).textContent());
    }
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Approve $49.00 for ${next} Studio` }).waitFor();
  }
  expect(wanted.size).toBe(10);
  expect(behind).toHaveLength(3);
  const left = [...requests.keys()].filter((name) => !wanted.has(name) && !behind.includes(name));
  for (const [name, verdict] of wanted) {
    const charge = `ch_org_${name}_2`;
    if (verdict === 'approve')
      await sandbox().refundOf(charge, ({ status }) => status === 'succeeded');
    expect(sandbox().refunds(charge)).toHaveLength(verdict === 'approve' ? 1 : 0);
  }
  for (const name of [...behind, ...left])
    expect(sandbox().refunds(`ch_org_${name}_2`)).toEqual([]);
  const stateOf = async (name: string) =>
    (await findRequest(people.store.read, requests.get(name)?.id ?? ''))?.state;
  expect(await Promise.all(behind.map(stateOf))).toEqual(behind.map(() => 'rejected'));
  expect(await Promise.all(left.map(stateOf))).toEqual(left.map(() => 'requested'));
});
