import { expect, it, onTestFinished } from 'vitest';
import { MINUTE } from '#app/lib/instant.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { startTestConsole } from '#tests/support/consoles/test-console.ts';

const TOKEN = 'a-token-of-some-length';
const BANNER = 'The clocks of the servers differ.';

it('a machine a minute ahead of its database server says so, and goes by the server', async () => {
  const site = await startTestConsole({ INGEST_TOKEN: TOKEN }, () => Date.now() + MINUTE);
  onTestFinished(() => site.close());
  const metrics = await site.ask('/metrics', { headers: { Authorization: `Bearer ${TOKEN}` } });
  const ready = await site.ask('/readyz');
  const see = async (name: string) =>
    (await site.ask('/', { headers: { Cookie: await site.signIn(`${name}@demo.test`) } })).text;
  expect(ready.status).toBe(200);
  const said = site.log.filter(({ msg }) => msg === 'the clocks of the machines are apart');
  if (dialect === 'sqlite') {
    expect(metrics.text).toMatch(/^redress_clocks_apart 0$/m);
    expect(ready.text).toBe('ready\n');
    expect(said).toEqual([]);
    expect(await see('lead')).not.toContain(BANNER);
    return;
  }
  expect(metrics.text).toMatch(/^redress_clocks_apart 1$/m);
  expect(metrics.text).toMatch(/^redress_clock_stands_back 0$/m);
  expect(ready.text).toMatch(/^ready\nThe clock of this console’s machine is \d+\.\d s ahead of/);
  expect(said.length).toBeGreaterThan(0);
  expect(await see('lead')).toContain(BANNER);
  expect(await see('agent')).not.toContain(BANNER);
});
