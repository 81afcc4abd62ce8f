import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BookRecord } from '#app/domain/book/records.ts';
import { toIso } from '#app/lib/instant.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { NaiveFinding } from '#tests/oracle/naive-types.ts';
import { countSpeaking } from '#tests/oracle/coverage-of-rules.ts';
import { naiveFindings } from '#tests/oracle/naive-findings.ts';
import { randomBook } from '#tests/oracle/random-book.ts';
import type { RandomBook } from '#tests/oracle/random-book.ts';
import { DAY, HOUR, MINUTE } from '#tests/oracle/random-values.ts';
import { leanBooks, streamsOf } from '#tests/support/lean-books.ts';
import { toNdjson } from '#tests/support/ndjson-lines.ts';
import { comparable, programPolicies } from '#tests/support/public-findings.ts';

/** More books on demand: `ORACLE_BOOKS=20000 npx vitest run tests/domain/rules/oracle.test.ts`. */
const BOOKS = Number(process.env['ORACLE_BOOKS'] ?? 500);

interface Answer {
  findings: NaiveFinding[];
  /** The earliest instant at which any customer's answer may change. */
  nextCheck: number;
}

function programAnswer({ records, policies, asOf }: RandomBook): Answer {
  const scope = { policies: programPolicies(policies), streams: streamsOf(records) };
  const findings: NaiveFinding[] = [];
  let nextCheck = Infinity;
  for (const book of leanBooks(records)) {
    const answer = evaluate(book, scope, asOf);
    for (const { facts: _facts, ...finding } of answer.findings) {
      findings.push({ ...finding, since: toIso(finding.since) });
    }
    nextCheck = Math.min(nextCheck, answer.nextCheck ?? Infinity);
  }
  return { findings, nextCheck };
}

function report(records: BookRecord[], asOf: number, program: string[], naive: string[]): string {
  const only = (mine: string[], others: string[]) =>
    mine.filter((line) => !others.includes(line)).map((line) => `  ${line}`);
  return [
    `as of ${toIso(asOf)}, book:`,
    toNdjson(records),
    'only the program says:',
    ...only(program, naive),
    'only the second implementation says:',
    ...only(naive, program),
  ].join('\n');
}

describe('the rules beside their second, naive implementation', () => {
  test(`say the same of ${BOOKS} random books`, { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(randomBook, (book) => {
        const { records, policies, asOf } = book;
        const program = comparable(programAnswer(book).findings);
        const naive = comparable(naiveFindings(records, policies, asOf));
        expect(program, report(records, asOf, program, naive)).toEqual(naive);
      }),
      { numRuns: BOOKS },
    );
  });

  test(`say nothing new before nextCheck`, { timeout: 600_000 }, () => {
    const steps = [1, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, DAY, 15 * DAY, 40 * DAY];
    fc.assert(
      fc.property(randomBook, fc.constantFrom(...steps), (book, step) => {
        const { records, policies, asOf } = book;
        const { findings, nextCheck } = programAnswer(book);
        // The last instant up to `step` at which the program promises that nothing has changed.
        const later = Math.min(asOf + step, nextCheck - 1);
        fc.pre(later > asOf);
        const now = comparable(findings);
        const then = comparable(naiveFindings(records, policies, later));
        expect(now, report(records, later, now, then)).toEqual(then);
      }),
      { numRuns: BOOKS },
    );
  });

  test('every rule speaks in some of the books and is silent in most', { timeout: 60_000 }, () => {
    const speaking = countSpeaking(400, 20_260_304);
    for (const [rule, books] of speaking) {
      expect(books, `${rule} speaks in ${books} of 400 books`).toBeGreaterThanOrEqual(10);
      expect(books, `${rule} speaks in ${books} of 400 books`).toBeLessThanOrEqual(300);
    }
    expect(speaking.size).toBe(18);
  });
});
