import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, toIso } from '#app/lib/instant.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { decisionsOf } from '#db/queries/requests/decisions.ts';
import { session } from '#db/schema/staff.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const AMOUNT = 60_000;
const captured = toIso(NOW - HOUR);
const { signIn, staff } = useBrowser(
  () => [
    {
      ...{ type: 'payment', id: 'ch_big', customerId: 'org_big', purpose: 'credit_pack' },
      ...{ product: 'pack_60000', credits: 60_000, amount: AMOUNT, currency: 'usd' },
      ...{ status: 'succeeded', createdAt: captured, capturedAt: captured },
    },
  ],
  NOW,
  { sandbox: true },
);
let people: StaffOfConsole;
beforeAll(async () => {
  people = await staff();
});
afterAll(() => people?.close());

test('who signed in long ago gives their password for what moves much, and is back where they were', async () => {
  const about = { customerId: 'org_big', paymentId: 'ch_big', amount: AMOUNT };
  const asked = askRefund({ ...about, evidence: ['payment:ch_big'] });
  made(await createRequest(await people.as('agent'), asked));
  const visit = await signIn('finance');
  const { page, goTo } = visit;
  await people.store.write(async (tx) => {
    await tx
      .update(session)
      .set({ authenticatedAt: NOW - HOUR })
      .returning({ idHash: session.idHash });
  });
  await goTo('/requests');
  await page.keyboard.press('j');
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  visit.expectError(/status of 4(01|22)/);
  await page.keyboard.press('a');
  const form = page.getByRole('form', { name: 'Password' });
  const password = form.getByLabel('Your password');
  await expect.poll(() => password.evaluate((it) => it === document.activeElement)).toBe(true);
  await page.keyboard.type('not the right one');
  await page.keyboard.press('Enter');
  await form.getByText('Wrong password.').waitFor();
  await password.fill('redress demo only');
  await page.keyboard.press('Enter');
  await page.getByText('Approved: Refund $600.00.').waitFor();
  const [request] = await requestsOfCustomer(people.store.read, 'org_big');
  const decisions = await decisionsOf(people.store.read, request?.id ?? '');
  expect(decisions.map(({ verdict }) => verdict)).toEqual(['approve']);
});
