import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFormKey } from '#app/pages/shared/form-key.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { refundForm } from '#tests/reliability/scenarios/sent-again.ts';
import type { Form, Said } from '#tests/reliability/scenarios/sent-again.ts';
import { askingConsole } from '#tests/support/consoles/requesting-console.ts';
import type { AskingConsole } from '#tests/support/consoles/requesting-console.ts';
import { staffOfConsole } from '#tests/support/consoles/staff-of-console.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

let desk: AskingConsole;
let staff: StaffOfConsole;
beforeAll(async () => {
  desk = await askingConsole();
  const { site, sandbox } = desk;
  staff = await staffOfConsole(site.databaseUrl, sandbox.stripe.url, site.now);
}, 60_000);
afterAll(async () => {
  await staff?.close();
  await desk?.close();
});

const read = () => staff.store.read;
const post = async (form: Form): Promise<Said> => {
  const cookie = await desk.site.signIn('agent@demo.test');
  const answer = await desk.site.post('/customers/org_9/remedies', form, { Cookie: cookie });
  return { ...(JSON.parse(answer.text) as object), status: answer.status };
};

describe('a form that asks', () => {
  const asking = (change: Form = {}): Form => {
    const { key: _own, ...form } = refundForm(9);
    return { ...form, ...change };
  };

  it.each([
    ['has no key', {}],
    ['has a short one', { key: 'abc' }],
    ['has one with signs', { key: `${newFormKey()}'--` }],
  ])('is refused where it %s', async (_what, change) => {
    expect(await post(asking(change))).toMatchObject({
      ...{ status: 422, fields: { key: expect.stringContaining('open the form anew') } },
    });
    expect(await requestsOfCustomer(read(), 'org_9')).toEqual([]);
  });

  it('is refused with other content, and says what it was sent for', async () => {
    const form = asking({ key: newFormKey() });
    const first = await post(form);
    const other = await post({ ...form, amount: '1001' });
    expect(other).toMatchObject({
      ...{ status: 409, refused: { otherId: first.asked?.requestId } },
    });
    expect((await findRequest(read(), first.asked?.requestId ?? ''))?.amount).toBe(1_000);
  });
});
