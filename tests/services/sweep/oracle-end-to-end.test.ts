import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BookRecord } from '#app/domain/book/records.ts';
import { toIso } from '#app/lib/instant.ts';
import type { NaiveFinding } from '#tests/oracle/naive-types.ts';
import { naiveFindings } from '#tests/oracle/naive-findings.ts';
import { AS_OF, randomRecords } from '#tests/oracle/random-book.ts';
import { DEFAULT_NAIVE_POLICY } from '#tests/oracle/random-policies.ts';
import { MINUTE } from '#tests/oracle/random-values.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { toNdjson } from '#tests/support/ndjson-lines.ts';
import { prefixed } from '#tests/support/prefixed-records.ts';
import { comparable } from '#tests/support/public-findings.ts';

const BOOKS = 40;

/** The command as a person runs it; what it prints on stdout. */
function run(databaseUrl: string, script: string, ...args: string[]): string {
  const child = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    // The test runner has a BASE_URL of its own; empty counts as absent.
    env: { ...process.env, BASE_URL: '', DATABASE_URL: databaseUrl },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(child.status, `${script}: ${child.stderr}`).toBe(0);
  return child.stdout;
}

function temporaryFile(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'redress-books-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const mark = (id: 'ledger' | 'invoices', through: number): BookRecord => ({
  type: 'watermark',
  record: { id, through },
});

/** Watermarks hold for a whole database: every kind of them gets a database of its own. */
const MARKS: [string, (asOf: number) => BookRecord[]][] = [
  ['no watermarks', () => []],
  ['ledger too early', (asOf) => [mark('ledger', asOf - 16 * MINUTE), mark('invoices', asOf)]],
];

describe.each(MARKS)('books in a database, %s', (_, marksAt) => {
  test(
    'import and sweep --json say what the second implementation says',
    { timeout: 120_000 },
    async () => {
      const seed = Math.floor(Math.random() * 2 ** 31);
      const asOf = AS_OF[seed % AS_OF.length] ?? AS_OF[0];
      const books = fc.sample(randomRecords(asOf), { numRuns: BOOKS, seed });
      const records = [
        ...marksAt(asOf),
        ...books.flatMap((book, index) => prefixed(book, `b${index}~`)),
      ];
      const databaseUrl = await freshDatabase();
      const file = temporaryFile('books.ndjson', toNdjson(records));
      run(databaseUrl, 'scripts/import.ts', '--no-sweep', file);
      const sweep = ['--json', '--dry-run', '--as-of', toIso(asOf)];
      const lines = run(databaseUrl, 'scripts/sweep.ts', ...sweep)
        .split('\n')
        .filter(Boolean);
      // The public form is what the command promises; the comparison looks at each of its fields.
      const program = comparable(lines.map((line) => JSON.parse(line) as NaiveFinding));
      const policies = [{ appliesFrom: 0, policy: DEFAULT_NAIVE_POLICY }];
      const naive = comparable(naiveFindings(records, policies, asOf));
      expect(program, `seed ${seed}, as of ${toIso(asOf)}`).toEqual(naive);
      expect(naive.length).toBeGreaterThan(BOOKS);
    },
  );
});
