import { AxeBuilder } from '@axe-core/playwright';
import { beforeAll, expect, test } from 'vitest';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { useBrowser } from '#tests/support/consoles/browser.ts';
import type { Visit } from '#tests/support/consoles/browser.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { open, signIn, sandbox, staff } = useBrowser(() => journeyBook(NOW), NOW, { sandbox: true });

/** Harbor's refund waits for a lead's word; what became of Tin Roof's nobody knows. */
beforeAll(async () => {
  const people = await staff();
  const ask = async (of: string, change: object = {}) => {
    const about = { customerId: `org_${of}`, paymentId: `ch_org_${of}`, amount: 4_900 };
    const asked = askRefund({ ...about, evidence: [`payment:ch_org_${of}`], ...change });
    return made(await createRequest(await people.as('agent'), asked));
  };
  await ask('harbor', { ground: 'other' });
  sandbox().faultNext({ fault: 'approval_required', charge: 'ch_org_tin' });
  const { id: requestId, contentHash: hash } = await ask('tin');
  const decision = { requestId, hash, verdict: 'approve', reason: '', seen: null } as const;
  made(await decideRequest(await people.as('finance'), decision));
  await people.close();
});

const chooseRequest = async ({ page, goTo }: Visit, customer: string): Promise<void> => {
  await goTo('/requests');
  const rows = page.getByRole('table', { name: 'Requests' }).getByRole('row');
  await rows.filter({ hasText: customer }).getByRole('cell').first().click();
  await page.getByRole('article').filter({ hasText: customer }).waitFor();
};

/** Each state of each page that people come to see. */
const SIGHTS: Record<string, (visit: Visit) => Promise<unknown>> = {
  queue: async ({ page }) => page.getByRole('row').nth(2).waitFor(),
  'queue with a chosen flag': async ({ page }) => {
    await page.getByRole('row').nth(2).click();
    await page.getByRole('list', { name: 'History of the flag' }).waitFor();
  },
  'queue with figures by day': async ({ page }) => {
    await page.getByText(/opened in 30 days/).click();
    await page.getByRole('columnheader', { name: '4 May' }).waitFor();
  },
  'dismiss dialog': async ({ page }) => {
    await page.getByRole('row').nth(2).click();
    await page.keyboard.press('d');
    await page.getByRole('dialog').waitFor();
  },
  'snooze dialog': async ({ page }) => {
    await page.getByRole('row').nth(2).click();
    await page.keyboard.press('s');
    await page.getByRole('dialog').waitFor();
  },
  'assign dialog': async ({ page }) => {
    await page.getByRole('row').nth(2).click();
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
  },
  'empty queue': async ({ page, url }) => page.goto(`${url}/?state=closed`),
  'key help': async ({ page }) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  },
  suggestions: async ({ page }) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('studio');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
  },
  'mail of the demo': async ({ page, url }) => page.goto(`${url}/mail`),
  search: async ({ page, url }) => page.goto(`${url}/search`),
  'search results': async ({ page, url }) => {
    await page.goto(`${url}/search`);
    await page.getByRole('main').getByRole('searchbox').fill('49.00');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Results' }).waitFor();
  },
  customer: async ({ page, url }) => {
    await page.goto(`${url}/customers/org_late?choose=payment%3Ach_late`);
    await page.getByRole('region', { name: 'Payments' }).waitFor();
  },
  'customer with a remedy being requested': async (visit) => {
    await visit.goTo('/customers/org_late?choose=payment%3Ach_late');
    await visit.page.getByRole('button', { name: 'Refund $49.00…' }).first().click();
    const panel = visit.page.getByRole('complementary', { name: 'Refund $49.00' });
    await panel.getByLabel('Reason').fill('');
    await panel.getByText('Add a short reason.').first().waitFor();
    await panel.getByText('Text of the e-mail').click();
  },
  'customer with a return that would be done': async (visit) => {
    await visit.goTo('/customers/org_late');
    await visit.page.getByRole('button', { name: 'Return 24' }).click();
    await visit.page.getByText('No approval needed').waitFor();
  },
  'customer of the past': async ({ page, url }) =>
    page.goto(`${url}/customers/org_late?asOf=2026-05-04T09:00:00Z`),
  'hostile customer': async ({ page, url }) => page.goto(`${url}/customers/org_bold`),
  requests: async ({ page, url }) => page.goto(`${url}/requests`),
  'request to vouch for': async (visit) => {
    await chooseRequest(visit, 'Harbor & Finch');
    await visit.page
      .getByRole('button', { name: 'Approve as lead: $49.00 for Harbor & Finch' })
      .waitFor();
  },
  'request to send back': async (visit) => {
    await chooseRequest(visit, 'Harbor & Finch');
    await visit.page.keyboard.press('b');
    await visit.page.getByLabel('What should change').waitFor();
  },
  'request to change': async (visit) => {
    await chooseRequest(visit, 'Harbor & Finch');
    await visit.page.keyboard.press('e');
    const preview = visit.page.getByRole('region', { name: 'What will happen' });
    await preview.getByText(/Finance approves/).waitFor();
  },
  'request in review': async (visit) => {
    await chooseRequest(visit, 'Tin Roof Pictures');
    await visit.page.getByRole('region', { name: 'Review' }).waitFor();
  },
  'own page of a request': async (visit) => {
    await chooseRequest(visit, 'Harbor & Finch');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('heading', { level: 1, name: 'Request', exact: true }).waitFor();
  },
  'settled requests': async ({ page, url }) => page.goto(`${url}/requests/settled`),
  'who decides': async ({ page, url }) => page.goto(`${url}/requests/people`),
  'differs from Stripe': async ({ page, url }) => page.goto(`${url}/requests/drift`),
  'not found': async ({ page, url, expectError }) => {
    expectError(/status of 404/);
    await page.goto(`${url}/customers/org_nobody`);
  },
  'bad parameter': async ({ page, url, expectError }) => {
    expectError(/status of 400/);
    await page.goto(`${url}/?rule=nonsense`);
  },
};

/** In both colour schemes, which the page follows without being loaded anew. */
const violationsOf = async ({ page }: Visit): Promise<string[]> => {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
  }
  return found;
};

test('sign-in', async () => {
  const visit = await open();
  await visit.page.goto(`${visit.url}/sign-in`);
  await visit.page.getByRole('button', { name: 'Sign in' }).waitFor();
  const colour = () => visit.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colour();
  expect(await violationsOf(visit)).toEqual([]);
  // It is dark now.
  expect(await colour()).not.toBe(light);
});

test.each(Object.entries(SIGHTS))('%s', async (_name, show) => {
  const visit = await signIn('lead');
  await show(visit);
  await visit.page.getByRole('main').waitFor();
  expect(await violationsOf(visit)).toEqual([]);
});
