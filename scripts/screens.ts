import type { Page } from 'playwright-core';
import { toFormFields } from '#app/domain/remedies/remedy-draft.ts';
import { newFormKey } from '#app/pages/shared/form-key.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';

/** A screen: its name, and how one gets there once signed in. */
interface Screen {
  name: string;
  open(page: Page, url: string): Promise<unknown>;
}

const flagOf = (page: Page, button: RegExp) =>
  page.getByRole('region', { name: 'Flags' }).getByRole('button', { name: button });

export const SCREENS: readonly Screen[] = [
  { name: 'flags', open: (page, url) => page.goto(url) },
  {
    name: 'search',
    async open(page, url) {
      await page.goto(`${url}/search`);
      await page.getByRole('main').getByRole('searchbox').fill('harbor');
      await page.keyboard.press('Enter');
      await page.waitForLoadState('networkidle');
    },
  },
  { name: 'customer', open: (page, url) => page.goto(`${url}/customers/org_1k2?ticket=ZD-4411`) },
  {
    name: 'customer-panel',
    async open(page, url) {
      await page.goto(`${url}/customers/org_1k2?ticket=ZD-4411`);
      await flagOf(page, /^Grant 5,000/).click();
      await page.getByText('a lead or finance decides').waitFor();
    },
  },
  {
    name: 'customer-heavy',
    open: (page, url) => page.goto(`${url}/customers/org_meridian_frames`),
  },
  {
    name: 'customer-waiting',
    open: (page, url) => page.goto(`${url}/customers/org_cannot_tell_yet`),
  },
  {
    name: 'requests',
    async open(page, url) {
      await page.goto(`${url}/requests`);
      const rows = page.getByRole('table', { name: 'Requests' }).getByRole('row');
      await rows.filter({ hasText: 'Northlight' }).getByRole('cell').first().click();
      await page.getByRole('group', { name: 'Decision' }).waitFor();
    },
  },
  { name: 'people', open: (page, url) => page.goto(`${url}/requests/people`) },
];

/** What has been asked for by the time of the screenshots: of whom, and how its button begins. */
const ASKED = [
  ['org_76jit', 'Refund'],
  ['org_k9xdh', 'Grant'],
  ['org_766bu', 'Refund'],
  ['org_charge_after_cancellation', 'Refund'],
  ['org_duplicate_charge', 'Refund'],
  ['org_qt3ue', 'Refund'],
  ['org_ma0ui', 'Set right'],
] as const;

interface Offered {
  flags: { offer: { proposals: { label: string; asked: RemedyDraft }[] } | null }[];
}

/** Somebody who is signed in asks for what the flags of these customers offer. */
export const askForRemedies = async (page: Page, url: string): Promise<void> => {
  const { request } = page.context();
  for (const [id, button] of ASKED) {
    const facts = `${url}/customers/${id}?_data=pages%2Fcustomer%2Fcustomer.page`;
    // What the page itself is made of.
    const { flags } = (await (await request.get(facts)).json()) as Offered;
    const proposals = flags.flatMap(({ offer }) => offer?.proposals ?? []);
    const wanted = proposals.find(({ label }) => label.startsWith(button));
    if (wanted === undefined) throw new Error(`${id} is offered nothing like “${button}”`);
    const answer = await request.post(`${url}/customers/${id}/remedies`, {
      data: `${toFormFields(wanted.asked)}&key=${newFormKey()}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: url },
    });
    if (!answer.ok()) throw new Error(`${id}: ${answer.status()} ${await answer.text()}`);
  }
};
