import { expect, it, onTestFinished } from 'vitest';
import { holdSending } from '#app/services/restore/hold-sending.ts';
import { latestRestoration } from '#db/queries/restorations.ts';
import { openStore } from '#db/store.ts';
import { startTestConsole } from '#tests/support/test-console.ts';

const BANNER = 'The database was restored: nothing is sent.';
const TOKEN = 'a-token-of-some-length';

it('a restored database says that nothing is sent, until finance has confirmed it', async () => {
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
  const Cookie = await site.signIn('finance@demo.test');
  const see = async (path: string, cookie = Cookie) =>
    (await site.ask(path, { headers: { Cookie: cookie } })).text;
  expect(await see('/')).toContain(BANNER);
  const agent = await site.signIn('agent@demo.test');
  expect(await see('/', agent)).toContain(BANNER);
  expect(await see('/restored')).toContain('Restored from a backup');
  const id = (await latestRestoration(store.read))?.id ?? '';
  const confirm = (form: Record<string, string>, cookie = Cookie) =>
    site.post('/restored/confirm?_data=pages%2Frestored%2Fconfirm.action', form, {
      Cookie: cookie,
    });
  const form = { id, note: 'Looked at Stripe.', ledgerChecked: 'yes' };
  expect((await confirm(form, agent)).status).toBe(403);
  expect((await confirm({ id, note: 'Looked.' })).text).toContain('ledger');
  expect(await held()).toBe('1');
  expect((await confirm(form)).status).toBe(200);
  expect(await held()).toBe('0');
  expect(await see('/')).not.toContain(BANNER);
  expect(await see('/restored')).toContain('Looked at Stripe.');
});
