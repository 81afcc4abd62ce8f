import { afterAll, beforeAll, expect, it } from 'vitest';
import { may, type Role } from '#app/domain/access/roles.ts';
import routes from '#app/routes.ts';
import { staff } from '#db/schema/staff.ts';
import { eq } from 'drizzle-orm';
import type { Access } from '#tests/pages/access.ts';
import { EXPECTED } from '#tests/pages/expected-access.ts';
import { FORM, startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

type Identity = Role | 'nobody' | 'disabled';
const IDENTITIES: readonly Identity[] = [
  ...(['nobody', 'disabled', 'agent', 'lead', 'finance', 'admin', 'auditor'] as const),
];
const METHODS = [
  'GET',
  'GET _data',
  'HEAD',
  'POST',
  'POST _data',
  'PUT',
  'PATCH',
  'DELETE',
] as const;
type Method = (typeof METHODS)[number];
const SPELLINGS = ['as it is', 'in upper case', 'with a slash'] as const;
type Spelling = (typeof SPELLINGS)[number];

let site: TestConsole;
const cookies = new Map<Identity, string>();

const disable = (email: string, disabledAt: number | null) =>
  site.store.write((tx) =>
    tx.update(staff).set({ disabledAt }).where(eq(staff.email, email)).returning(),
  );

beforeAll(async () => {
  site = await startTestConsole();
  for (const identity of IDENTITIES)
    if (identity !== 'nobody')
      cookies.set(
        identity,
        await site.signIn(`${identity === 'disabled' ? 'agent2' : identity}@demo.test`),
      );
  await disable('agent2@demo.test', site.now());
});
afterAll(() => site.close());

const addressOf = ({ path, id }: Access, method: Method, spelling: Spelling): string => {
  const plain = `/${path.replace('*', 'nowhere').replaceAll(':id', 'x_none')}`;
  const spelled = spelling === 'in upper case' ? plain.toUpperCase() : plain;
  const slash = spelling === 'with a slash' && plain !== '/' ? '/' : '';
  const facts = method.endsWith('_data') ? `?_data=${encodeURIComponent(id)}` : '';
  return `${spelled}${slash}${facts}`;
};

/** What the table says, put together with what holds everywhere. */
const expected = (
  access: Access,
  identity: Identity,
  method: Method,
  spelling: Spelling,
): number => {
  const reading = method.startsWith('GET') || method === 'HEAD';
  if (!reading && !method.startsWith('POST')) return 405;
  const open = access.reads === 'public' && spelling === 'as it is';
  if (identity === 'nobody' || identity === 'disabled') {
    if (!open) return reading && method !== 'GET _data' ? 302 : 401;
    return reading ? 200 : access.post[1];
  }
  const permission = reading ? access.reads : access.acts;
  const [page, facts] = reading ? access.get : access.post;
  const usual = method.endsWith('_data') ? facts : page;
  return permission === null || permission === 'public' || may(identity, permission) ? usual : 403;
};

const actual = async (path: string, identity: Identity, method: Method): Promise<number> => {
  const cookie = cookies.get(identity);
  const answer = await site.ask(path, {
    method: method.split(' ')[0] ?? method,
    headers: {
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...(method.startsWith('POST') ? { Origin: site.origin, 'Content-Type': FORM } : {}),
    },
    ...(method.startsWith('POST') ? { body: '' } : {}),
    headOnly: true,
  });
  // Signing out worked: the next cell needs somebody who is signed in.
  if (path.toLowerCase().startsWith('/sign-out') && method.startsWith('POST'))
    if (answer.status < 300 || answer.status === 303)
      cookies.set(identity, await site.signIn(`${identity}@demo.test`));
  return answer.status;
};

it('has every address of the map in its table, and no other', () => {
  const inTable = EXPECTED.map(({ path, id }) => `/${path} ${id}`);
  const inMap = routes.map(({ path = '', file }) => `/${path} ${file.replace(/\.tsx?$/, '')}`);
  expect(new Set(inTable)).toEqual(new Set(inMap));
});

it('answers everybody at every address by every method as the table says', async () => {
  const surprises: string[] = [];
  let cells = 0;
  for (const access of EXPECTED)
    for (const spelling of SPELLINGS)
      for (const method of METHODS)
        for (const identity of IDENTITIES) {
          const path = addressOf(access, method, spelling);
          const status = await actual(path, identity, method);
          const want = expected(access, identity, method, spelling);
          if (status !== want)
            surprises.push(`${method} ${path} as ${identity}: ${status} instead of ${want}`);
          cells += 1;
        }
  expect(surprises).toEqual([]);
  expect(cells).toBe(EXPECTED.length * 3 * 8 * 7);
}, 240_000);

it('writes nothing when it is only read, but for the views of customers', async () => {
  const { auditEvent } = await import('#db/schema/audit.ts');
  const { flagEvent } = await import('#db/schema/flag.ts');
  const counts = async () => [
    (await site.store.read.select().from(flagEvent)).length,
    (await site.store.read.select().from(auditEvent)).length,
    (await site.store.read.select().from(staff)).length,
  ];
  const before = await counts();
  for (const access of EXPECTED)
    for (const method of ['GET', 'GET _data', 'HEAD'] as const)
      await actual(addressOf(access, method, 'as it is'), 'lead', method);
  expect(await counts()).toEqual(before);
});
