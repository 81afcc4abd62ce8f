import { spawn } from 'node:child_process';
import { mkdtempSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { account } from '#db/schema/account.ts';
import { member, payment } from '#db/schema/book.ts';
import { GOOD } from '#tests/factories/good-lines.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

const TSX = createRequire(import.meta.url).resolve('tsx/cli');
/** Starts of a program, which the machine may be slow at. */
const TIMEOUT = 120_000;

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'redress-import-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

/** `npm run import` with these arguments. */
const runImport = async (databaseUrl: string, args: string[], input = '', cwd?: string) => {
  const child = spawn(process.execPath, [TSX, join(process.cwd(), 'scripts/import.ts'), ...args], {
    // Nothing of the test runner's own settings, some of which are settings of the console too.
    env: {
      NODE_ENV: 'production',
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATABASE_URL: databaseUrl,
    },
    cwd,
  });
  child.stdin.end(input);
  const [out, err, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  return { out, err, status };
};

const lines = (...records: object[]): string =>
  records.map((line) => JSON.stringify(line)).join('\n');

test(
  'a good file: status 0, flags are up to date, no reject file',
  async () => {
    const store = await freshStore();
    const path = join(folder(), 'book.ndjson.gz');
    writeFileSync(path, gzipSync(`\ufeff${lines(...Object.values(GOOD))}\r\n`));
    const { out, err, status } = await runImport(store.databaseUrl, [path]);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('10 lines read, 10 loaded, 0 refused');
    expect(existsSync(`${path}.rejects.ndjson`)).toBe(false);
    expect(await store.read.select().from(account)).toMatchObject([{ dirty: false }]);
  },
  TIMEOUT,
);

test(
  'refused lines: status 2, the rest is loaded; put right in the reject file they load',
  async () => {
    const store = await freshStore();
    const path = join(folder(), 'book.ndjson');
    const bad = { ...GOOD.payment, id: 'ch_bad', amount: -4900 };
    writeFileSync(path, `${lines(GOOD.member, bad)}\n{"cut":\n${lines(GOOD.payment)}`);
    const first = await runImport(store.databaseUrl, [path]);
    expect(first.status).toBe(2);
    expect(first.err).toContain('line 2: amount must not be negative\nline 3: is not JSON');
    expect(await store.read.select().from(member)).toHaveLength(1);
    expect(await store.read.select().from(payment)).toHaveLength(1);

    const rejects = `${path}.rejects.ndjson`;
    expect(statSync(rejects).mode & 0o777).toBe(0o600);
    const told = readFileSync(rejects, 'utf8');
    expect(
      told
        .split('\n')
        .slice(0, 2)
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { line: 2, refused: 'amount must not be negative', id: 'ch_bad' },
      { line: 3, refused: 'is not JSON', text: '{"cut":' },
    ]);
    writeFileSync(rejects, told.replace('-4900', '4900').split('\n').slice(0, 1).join('\n'));
    const second = await runImport(store.databaseUrl, [rejects]);
    expect(second.status).toBe(0);
    expect(await store.read.select().from(payment)).toHaveLength(2);
  },
  TIMEOUT,
);

test(
  'a dry run tells what is wrong and leaves everything as it is',
  async () => {
    const store = await freshStore();
    const path = join(folder(), 'book.ndjson');
    writeFileSync(path, lines(GOOD.member, { type: 'member' }));
    const { out, err, status } = await runImport(store.databaseUrl, ['--dry-run', path]);
    expect(status).toBe(2);
    expect(out).toContain('2 lines read, 1 good, 1 refused');
    expect(err).toContain('line 2: id is missing; customerId is missing');
    expect(existsSync(`${path}.rejects.ndjson`)).toBe(false);
    expect(await store.read.select().from(member)).toEqual([]);
  },
  TIMEOUT,
);

test(
  'standard input is read where the file is -',
  async () => {
    const store = await freshStore();
    const cwd = folder();
    const input = `${lines(GOOD.member)}\n[]\n`;
    const { status } = await runImport(store.databaseUrl, ['--no-sweep', '-'], input, cwd);
    expect(status).toBe(2);
    expect(await store.read.select().from(member)).toHaveLength(1);
    expect(readFileSync(join(cwd, 'stdin.rejects.ndjson'), 'utf8')).toContain('"line":2');
  },
  TIMEOUT,
);

test(
  'what cannot be done ends with status 1 and says why',
  async () => {
    const { databaseUrl } = await freshStore();
    const home = folder();
    const damaged = join(home, 'book.ndjson.gz');
    const packed = gzipSync(lines(...Object.values(GOOD)));
    writeFileSync(damaged, packed.subarray(0, packed.length - 30));
    const results = await Promise.all([
      runImport(databaseUrl, ['--dry-run', join(home, 'none.ndjson')]),
      runImport(databaseUrl, ['--dry-run', damaged]),
      runImport(databaseUrl, []),
      runImport(databaseUrl, ['--fast', damaged]),
      runImport('mysql://elsewhere', [damaged]),
    ]);
    expect(results.map(({ status }) => status)).toEqual([1, 1, 1, 1, 1]);
    const said = [
      'no such file',
      'unexpected end of file',
      'Which file?',
      '--fast',
      'DATABASE_URL',
    ];
    results.forEach(({ err }, at) => expect(err).toContain(said[at]));
  },
  TIMEOUT,
);
