import { expect, it, onTestFinished } from 'vitest';
import { MINUTE } from '#app/lib/instant.ts';
import { holdSending } from '#app/services/restore/hold-sending.ts';
import { latestRestoration } from '#db/queries/deployment/restorations.ts';
import { openStore } from '#db/store.ts';
import { cookieOf, DEMO_PASSWORD, startTestConsole } from '#tests/support/consoles/test-console.ts';

const BANNER = 'The database was restored: nothing is sent.';
const TOKEN = 'a-token-of-some-length';

/** A console with a restored database, as the command leaves it. */
const restoredSite = async () => {
  const site = await startTestConsole({ INGEST_TOKEN: TOKEN });
  onTestFinished(() => site.close());
  const held = async () => {
    const answer = await site.ask('/metrics', { headers: { Authorization: `Bearer ${TOKEN}` } });
    return /^redress_sending_held (\d)$/m.exec(answer.text)?.[1];
  };
  expect(await held()).toBe('0');
  let ids = 0;
  const deps = { now: site.now, newId: (prefix: string) => `${prefix}_${(ids += 1)}` };
  // Beside the console, as the command does it.
  const store = await openStore(site.databaseUrl);
  onTestFinished(() => store.close());
  await store.write((tx) => holdSending(deps, tx, { kind: 'restored', by: 'a test' }));
  expect(await held()).toBe('1');
  const id = (await latestRestoration(store.read))?.id ?? '';
  const confirm = (form: Record<string, string>, Cookie: string) =>
    site.post('/restored/confirm?_data=pages%2Frestored%2Fconfirm.action', form, { Cookie });
  return { site, held, confirm, form: { id, note: 'Looked at Stripe.', ledgerChecked: 'yes' } };
};

it('a restored database says that nothing is sent, until finance has confirmed it', async () => {
  const { site, held, confirm, form } = await restoredSite();
  const Cookie = await site.signIn('finance@demo.test');
  const see = async (path: string, cookie = Cookie) =>
    (await site.ask(path, { headers: { Cookie: cookie } })).text;
  expect(await see('/')).toContain(BANNER);
  const agent = await site.signIn('agent@demo.test');
  expect(await see('/', agent)).toContain(BANNER);
  expect(await see('/restored')).toContain('Restored from a backup');
  expect((await confirm(form, agent)).status).toBe(403);
  expect((await confirm({ id: form.id, note: 'Looked.' }, Cookie)).text).toContain('ledger');
  expect(await held()).toBe('1');
  expect((await confirm(form, Cookie)).status).toBe(200);
  expect(await held()).toBe('0');
  expect(await see('/')).not.toContain(BANNER);
  expect(await see('/restored')).toContain('Looked at Stripe.');
});

it('who signed in more than 15 minutes ago gives their password before they confirm it', async () => {
  const { site, held, confirm, form } = await restoredSite();
  const before = await site.signIn('finance@demo.test');
  site.forward(15 * MINUTE + 1);
  const refused = await confirm(form, before);
  expect(refused.status).toBe(401);
  expect(JSON.parse(refused.text)).toMatchObject({ refused: { refused: 'sign_in_again' } });
  // What would not be taken anyway is said first.
  const early = await confirm({ id: form.id, note: 'Looked.' }, before);
  expect([early.status, early.text]).toEqual([409, expect.stringContaining('ledger')]);
  expect(await held()).toBe('1');
  const proven = await site.post(
    '/sign-in/again?_data=pages%2Fsign-in%2Fsign-in-again.action',
    { password: DEMO_PASSWORD },
    { Cookie: before },
  );
  const after = cookieOf(proven, 'sid') ?? '';
  expect((await confirm(form, after)).status).toBe(200);
  expect(await held()).toBe('0');
});
