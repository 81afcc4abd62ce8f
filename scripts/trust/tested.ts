import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';

/** Batteries that are test files: they are run as tests, and the figure lines they print are read. */
interface Tested {
  id: string;
  name: string;
  files: readonly string[];
}

export const TESTED: readonly Tested[] = [
  {
    ...{ id: 'U1', name: 'U1 chain and tampering' },
    files: ['audit-chain', 'audit-tamper', 'audit-export', 'audit-old-rows'],
  },
  { id: 'U2', name: 'U2 guards of the log', files: ['audit-guards'] },
  { id: 'U4', name: 'U4 search of the log', files: ['audit-search'] },
  { id: 'U5', name: 'U5 canaries', files: ['canaries'] },
  { id: 'U8', name: 'U8 no row, no action', files: ['audit-or-nothing'] },
  { id: 'X2', name: 'X2 every form sent twice', files: ['posted-twice'] },
];

const root = resolve(import.meta.dirname, '../..');
const FIGURE = /runs=(\d+) faults=(\d+) violations=(\d+)/g;

interface Report {
  numTotalTests: number;
  numPassedTests: number;
  testResults: {
    message: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

const run = (args: readonly string[]): Promise<string> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.once('error', fail);
    child.once('close', () => done(said));
  });

const failuresOf = ({ testResults }: Report): string[] =>
  testResults.flatMap(({ message, assertionResults }) => [
    ...(assertionResults.length === 0 ? [message || 'a file could not be run'] : []),
    ...assertionResults
      .filter(({ status }) => status !== 'passed')
      .map(({ status, fullName }) => `${status}: ${fullName}`),
  ]);

/** Runs a battery's test files on one kind of database. A test that did not pass is a violation. */
export const runTested = async (
  { name, files }: Tested,
  database: 'sqlite' | 'postgres',
): Promise<Figure> => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-tested-'));
  try {
    const path = join(folder, 'report.json');
    const said = await run([
      ...[
        'run',
        '--project',
        `services-${database}`,
        '--disable-console-intercept',
        '--hookTimeout=120000',
      ],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${path}`],
      ...files.map((file) => `tests/reliability/${file}.test.ts`),
    ]);
    // Written by vitest.
    const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
    const figures = [...said.matchAll(FIGURE)].map((found) => found.slice(1).map(Number));
    const sum = (at: number): number => figures.reduce((total, one) => total + (one[at] ?? 0), 0);
    const violations = failuresOf(report);
    if (report.numTotalTests === 0) violations.push('no test was run');
    const note = `${report.numPassedTests} of ${report.numTotalTests} tests`;
    return {
      name,
      runs: sum(0) || report.numTotalTests,
      faults: sum(1),
      violations,
      seed: null,
      note,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
