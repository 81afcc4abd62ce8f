import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIds } from '#app/lib/ids.ts';
import type { Deps } from '#app/services/deps.ts';
import {
  addStaff,
  changeStaffPassword,
  changeStaffRole,
  disableStaff,
  enableStaff,
} from '#app/services/access/manage-staff.ts';
import { hashPassword, passwordProblem } from '#app/services/access/passwords.ts';
import { resolveSession } from '#app/services/access/resolve-session.ts';
import { signIn } from '#app/services/access/sign-in.ts';
import { insertStaff, listStaff } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { staff } from '#db/schema/staff.ts';
import { openStore } from '#db/store.ts';
import { freshDatabase, freshStore } from '#tests/support/fresh-store.ts';

const PASSWORD = 'blue heron eats seven plums';
const ANN = { email: 'Ann@Example.test', name: 'Ann', role: 'agent', password: PASSWORD } as const;

const desk = async () => {
  const store = await freshStore();
  const now = () => Date.parse('2026-05-03T09:00:00Z');
  const app: Deps = { store, now, newId: createIds(now) };
  const enter = async (password = PASSWORD): Promise<string | null> => {
    const outcome = await signIn(
      { ...app, requestId: 'req_1', secret: 'secret', markSecret: 'secret', demo: false },
      {
        email: 'ann@example.test',
        password,
        address: '::1',
        browserMark: null,
        formerSessionHash: null,
      },
    );
    return outcome.kind === 'signed-in' ? outcome.sessionValue : null;
  };
  const isIn = async (session: string | null): Promise<boolean> =>
    session !== null && (await resolveSession({ ...app, demo: false }, session, true)) !== null;
  return { app, store, enter, isIn };
};

describe('accounts', () => {
  it('are added once, under one spelling, with argon2id', async () => {
    const { app, store, enter, isIn } = await desk();
    expect(await addStaff(app, ANN)).toMatchObject({ kind: 'done' });
    expect(await addStaff(app, { ...ANN, email: 'ann@example.TEST' })).toMatchObject({
      kind: 'refused',
      why: 'known',
    });
    const [row] = await store.read.select().from(staff);
    expect(row).toMatchObject({ email: 'ann@example.test', role: 'agent', demo: false });
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isIn(await enter())).toBe(true);
  });

  it('that are shut, get another role or password lose their sessions, and each change is on record', async () => {
    const { app, store, enter, isIn } = await desk();
    await addStaff(app, ANN);
    const changes = [
      () => changeStaffRole(app, ANN.email, 'lead'),
      () => disableStaff(app, ANN.email),
      () => enableStaff(app, ANN.email),
      () => changeStaffPassword(app, ANN.email, 'nine green bottles on a wall'),
    ];
    for (const change of changes) {
      const session = await enter();
      await change();
      expect(await isIn(session)).toBe(false);
    }
    expect(await enter()).toBeNull();
    expect(await isIn(await enter('nine green bottles on a wall'))).toBe(true);
    const kinds = (await store.read.select().from(auditEvent)).map(({ kind }) => kind);
    for (const kind of ['added', 'role_changed', 'disabled', 'enabled', 'password_changed'])
      expect(kinds).toContain(`staff.${kind}`);
  });

  it('that are not there cannot be changed', async () => {
    const { app } = await desk();
    expect(await disableStaff(app, 'nobody@example.test')).toMatchObject({ why: 'unknown' });
  });
});

describe('an account of before', () => {
  it('whose password is refused by now signs in, and gets no other such password', async () => {
    const { app, store, enter } = await desk();
    const common = 'iloveyou iloveyou';
    await store.write(async (tx) =>
      insertStaff(tx, {
        ...{ id: 'stf_old', email: ANN.email, name: 'Ann', role: 'agent' },
        ...{ passwordHash: await hashPassword(common), createdAt: app.now() },
      }),
    );
    expect(await enter(common)).not.toBeNull();
    expect(await changeStaffPassword(app, ANN.email, 'Iloveyou-Iloveyou')).toMatchObject({
      why: 'password',
    });
    expect(await enter(common)).not.toBeNull();
  });

  it('whose address is refused by now can be changed and shut by the command', async () => {
    const databaseUrl = await freshDatabase();
    const store = await openStore(databaseUrl);
    onTestFinished(() => store.close());
    const email = 'ann,on-call@example.test';
    await store.write((tx) =>
      insertStaff(tx, {
        ...{ id: 'stf_old', email, name: 'Ann', role: 'agent', passwordHash: 'x', createdAt: 1 },
      }),
    );
    const staffCommand = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/staff.ts', ...words], {
        env: { ...process.env, BASE_URL: '', DATABASE_URL: databaseUrl },
      });
    expect((await staffCommand('disable', email)).stdout).toBe(`${email} is shut out.\n`);
    expect((await listStaff(store.read))[0]?.disabledAt).not.toBeNull();
    await expect(
      staffCommand('add', 'eve,on-call@example.test', '--role', 'lead'),
    ).rejects.toMatchObject({ stderr: 'EMAIL contains several addresses.\n' });
    await expect(
      staffCommand('add', 'eve@example.test', '--role', 'lead', '--name', 'Eve\nBcc: a@b.test'),
    ).rejects.toMatchObject({
      stderr: '--name has a line break or a control character in it.\n',
    });
    expect(await listStaff(store.read)).toHaveLength(1);
  });
});

describe('passwords', () => {
  it.each([
    ['fourteen chars'],
    ['redress demo only'],
    ['Redress demo only 2026'],
    ['iloveyou iloveyou'],
    ['michaelmichael12'],
    ['ncc1701ncc1701x!'],
    ['basketball-2026-!!!'],
    ['12Starwars Starwars'],
    ['password welcome'],
    ['LetMeIn-iLoveYou!'],
    ['sunshine+football2026'],
    ['passwordpassword'],
    ['Password-Password-1'],
    ['qwertyuiopasdfgh'],
    ['1234567890123456'],
    ['aaaaaaaaaaaaaaaa'],
    ['abababababababab'],
    ['correct horse battery staple'],
    ['changeme-changeme'],
    ['ann.miller@example'],
    ['x'.repeat(257)],
    [''],
  ])('%j is refused', async (password) => {
    expect(await passwordProblem(password, 'ann.miller@example.test')).not.toBeNull();
  });

  it.each([
    [PASSWORD],
    ['kF8!xq-Wz0#mLr2v'],
    ['Bär trägt grünen Hut'],
    ['毎日朝七時に川まで散歩して帰ります'],
    ['dragon monkey princess football'],
  ])('%j will do', async (password) =>
    expect(await passwordProblem(password, 'ann.miller@example.test')).toBeNull(),
  );

  it('are refused where they are one of the 3,000 commonest, twice over or with a little around it', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    const common = dictionary['passwords-common'].slice(0, 3_000).map(String);
    const long = common.filter((one) => /^[a-z0-9]{5,}$/.test(one));
    expect(long.length).toBeGreaterThan(2_000);
    for (const one of long) {
      const password = `${one.repeat(Math.ceil(13 / one.length))}!-#7Q`;
      expect([one, await passwordProblem(password, 'a@b.test')]).not.toEqual([one, null]);
    }
  });

  it.each([
    ['email', { email: 'ann@example.test\r\nBcc: eve@example.test' }, 'line break'],
    ['email', { email: 'ann@example.test,eve@example.test' }, 'several'],
    ['email', { email: 'Ann <ann@example.test>' }, 'not an address'],
    ['email', { email: '' }, 'empty'],
    ['name', { name: 'Ann\nBcc: eve@example.test' }, 'line break'],
    ['name', { name: '  ' }, 'empty'],
    ['name', { name: 'n'.repeat(201) }, 'longer than 200'],
    ['name', { name: 'Ann \u202eeve' }, 'control character'],
    ['name', { name: 'Ann\u0000' }, 'control character'],
  ])('are not added with a wrong %s: %o', async (why, wrong, words) => {
    const { app, store } = await desk();
    const outcome = await addStaff(app, { ...ANN, ...wrong });
    expect(outcome).toMatchObject({
      kind: 'refused',
      why,
      problem: expect.stringContaining(words) as unknown,
    });
    expect(await store.read.select().from(staff)).toEqual([]);
  });
});
