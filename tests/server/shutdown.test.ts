import { describe, expect, it, vi } from 'vitest';
import { endInTime } from '#app/server/shutdown.ts';
import { consoleClocks } from '#db/queries/deployment/console-clocks.ts';
import { openStore } from '#db/store.ts';
import { startTestConsole } from '#tests/support/consoles/test-console.ts';
import type { TestConsole } from '#tests/support/consoles/test-console.ts';

const done = async (): Promise<void> => undefined;
const never = (): Promise<void> => new Promise(() => undefined);

describe('ending the parts of a console', () => {
  it('ends the others where one fails, and logs which', async () => {
    const error = vi.fn();
    const gone = new Error('the database is gone');
    const ended = vi.fn(done);
    const open = await endInTime(
      [
        { name: 'clocks', end: () => Promise.reject(gone) },
        { name: 'requests', end: ended },
      ],
      60_000,
      { error },
    );
    expect(open).toEqual([]);
    expect(ended).toHaveBeenCalledOnce();
    expect(error).toHaveBeenCalledExactlyOnceWith(
      { err: gone, part: 'clocks' },
      'a part of the console ended with an error',
    );
  });

  it('does not wait for one that never ends, and names it', async () => {
    const endings = [
      { name: 'money', end: never },
      { name: 'sweep', end: done },
    ];
    expect(await endInTime(endings, 1, { error: vi.fn() })).toEqual(['money']);
  });
});

const onPostgres = ({ store }: TestConsole): boolean => store.dialect === 'postgres';

/** What its log says of trouble, from the end on. */
const troubleAtEnd = async (site: TestConsole): Promise<unknown[]> => {
  const told = site.log.length;
  await site.close();
  return site.log.slice(told).flatMap(({ level, msg }) => (level === 'info' ? [] : [msg]));
};

it('a console that ends takes its clock out of the comparison', async () => {
  const site = await startTestConsole();
  expect(await consoleClocks(site.store.read)).toHaveLength(onPostgres(site) ? 1 : 0);
  expect(await troubleAtEnd(site)).toEqual([]);
  const store = await openStore(site.databaseUrl);
  expect(await consoleClocks(store.read)).toEqual([]);
  await store.close();
});

it('a console whose database is gone ends all the same, and says what it could not write', async () => {
  const site = await startTestConsole();
  await site.store.close();
  const said = await troubleAtEnd(site);
  expect(said).toContain('the end of the audit log could not be written down');
  if (onPostgres(site)) expect(said).toContain('a part of the console ended with an error');
  expect(said).not.toContain('ended without waiting any longer');
});
