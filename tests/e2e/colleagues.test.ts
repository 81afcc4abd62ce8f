import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { chargedTwice } from '#tests/factories/refund-book.ts';
import { useBrowser } from '#tests/support/browser.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const { signIn } = useBrowser(
  () => [
    ...chargedTwice('org_north', 'Northlight Animation', NOW),
    ...chargedTwice('org_copper', 'Copper Kettle', NOW),
  ],
  NOW,
  { sandbox: true },
);

const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: /Refund/ });

/** An agent asks for the refund that the flag offers. Answers the path of the request. */
const askForRefund = async (customerId: string): Promise<string> => {
  const { page, goTo } = await signIn('agent');
  await goTo(`/customers/${customerId}`);
  const flags = page.getByRole('region', { name: 'Flags' });
  await flags.getByRole('button', { name: /^Refund \$49\.00/ }).click();
  await panelOf(page).getByRole('button', { name: 'Ask for it' }).click();
  const link = panelOf(page).getByRole('link', { name: 'Open the request' });
  return (await link.getAttribute('href')) ?? '';
};

test('whatever goes wrong on the way, the reason stays as it was typed and can be sent again', async () => {
  const path = await askForRefund('org_north');
  const { page, goTo, expectError } = await signIn('finance');
  expectError(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|status of (401|409|429)/);
  await goTo(path);
  await page.getByRole('button', { name: 'Send back…' }).click();
  const reason = page.getByLabel('What is to be changed');
  await reason.fill('Which of the two charges is it?');
  const send = page.getByRole('button', { name: 'Send back', exact: true });
  const said = page.getByRole('alert').filter({ hasText: /./ });

  const address = `**${path}/decision`;
  const meet = async (how: Parameters<Page['route']>[1], words: RegExp): Promise<void> => {
    await page.route(address, how);
    await send.click();
    await said.filter({ hasText: words }).waitFor();
    expect(await reason.inputValue()).toBe('Which of the two charges is it?');
    await page.unroute(address);
  };
  await meet((route) => route.abort(), /The connection broke.*nothing is done twice/);
  const json = (status: number, body: object) => ({ status, json: body });
  await meet(
    (route) => route.fulfill(json(401, { error: 'sign_in_first' })),
    /You are signed out.*nothing typed here is lost/,
  );
  await meet(
    (route) => route.fulfill(json(429, { error: 'too_many', message: 'Too many at once.' })),
    /Too many at once/,
  );
  // It arrives, and only its answer is lost: sent again, it is not done again.
  await meet(async (route) => {
    await route.fetch();
    await route.abort();
  }, /The connection broke/);
  await send.click();
  await said.filter({ hasText: /Not done\./ }).waitFor();
  await page.getByText('sent back').first().waitFor();
});
