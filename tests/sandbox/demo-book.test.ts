import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StreamsKnown } from '#app/domain/book/book.ts';
import { parseLine } from '#app/domain/book/parse-line.ts';
import type { BookRecord, RecordType } from '#app/domain/book/records.ts';
import { MINUTE } from '#app/lib/instant.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { Evaluation } from '#app/domain/rules/evaluate.ts';
import { RULE_IDS } from '#app/domain/rules/rule.ts';
import type { Finding } from '#app/domain/rules/rule.ts';
import { accountLines, demoBookLines } from '#scripts/demo-book/book-lines.ts';
import { DEMO_CASES } from '#scripts/demo-book/cases/cases.ts';
import { makeCompany, watermarks } from '#scripts/demo-book/company.ts';
import type { Expected } from '#scripts/demo-book/planting.ts';
import { leanBooks } from '#tests/support/lean-books.ts';

// A Sunday: nothing can fall due at a weekend, so it is the harder day for what is soon late.
const NOW = Date.parse('2026-11-22T09:00:00.000Z');
const MONDAY_NIGHT = Date.parse('2026-02-02T23:58:31.250Z');

const streamsAt = (now: number): StreamsKnown => {
  const known: StreamsKnown = {
    payments: null,
    invoices: null,
    ledger: Infinity,
    generations: null,
  };
  for (const { id, through } of watermarks(now)) known[id] = through;
  return known;
};

interface Customer {
  id: string;
  expected: Expected[];
  records: BookRecord[];
}

const parsed = (line: string): BookRecord => {
  const answer = parseLine(line);
  if ('refused' in answer) throw new Error(`${answer.refused}: ${line}`);
  return answer.ok;
};

const company = (now: number, customers = 1_500): Customer[] =>
  [...makeCompany({ now, customers })].map(({ account, expected }) => ({
    id: account.id,
    expected,
    records: [...accountLines(account)].map(parsed),
  }));

const evaluated = (records: BookRecord[], asOf: number, streams: StreamsKnown): Evaluation => {
  const [book, ...others] = leanBooks(records);
  if (book === undefined || others.length > 0) throw new Error('not one customer');
  return evaluate(book, { policies: [], streams }, asOf);
};

const identities = (found: readonly Expected[]): string[] =>
  found.map(({ rule, subject }) => `${rule} ${subject}`).toSorted();

const hashOf = (lines: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('hex');
};

describe('the demo book', () => {
  let customers: Customer[];
  let answers: Map<string, Evaluation>;
  let findings: Finding[];

  beforeAll(() => {
    customers = company(NOW);
    answers = new Map(
      customers.map(({ id, records }) => [id, evaluated(records, NOW, streamsAt(NOW))]),
    );
    findings = [...answers.values()].flatMap((answer) => answer.findings);
  }, 60_000);

  const recordsOf = (id: string): BookRecord[] =>
    customers.find((customer) => customer.id === id)?.records ?? [];

  it('is the same, byte for byte, for the same seed and instant, and another for others', () => {
    const first = hashOf(demoBookLines({ now: NOW, customers: 200 }));
    expect(hashOf(demoBookLines({ now: NOW, customers: 200 }))).toBe(first);
    expect(hashOf(demoBookLines({ now: NOW, customers: 200, seed: 'other' }))).not.toBe(first);
    expect(hashOf(demoBookLines({ now: NOW + 1, customers: 200 }))).not.toBe(first);
  }, 30_000);

  it('is a company of 1,500 customers and about 250,000 records', () => {
    const counts: Partial<Record<RecordType, number>> = {};
    for (const { records } of customers) {
      for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
    }
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(customers).toHaveLength(1_500);
    // One customer is known only from what other records say of it.
    expect(counts.customer).toBe(1_499);
    expect(total).toBeGreaterThan(235_000);
    expect(total).toBeLessThan(275_000);
    expect(Object.keys(counts)).toHaveLength(9);
  });

  it('has one customer with 50,000 ledger entries, and most with few', () => {
    const entries = customers
      .map(({ records }) => records.filter(({ type }) => type === 'ledgerEntry').length)
      .toSorted((a, b) => b - a);
    expect(entries[0]).toBeGreaterThan(49_000);
    expect(entries[0]).toBeLessThan(52_000);
    expect(entries[2]).toBeGreaterThan(1_000);
    expect(entries[750]).toBeLessThan(80);
  });

  it('has ids that are unique within their type, and nothing from the future', () => {
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const { type, record } of customers.flatMap(({ records }) => records)) {
      const key = `${type} ${record.id}`;
      if (seen.has(key)) wrong.push(`${key} twice`);
      seen.add(key);
      for (const field of ['createdAt', 'occurredAt', 'startedAt', 'finishedAt', 'capturedAt']) {
        const at: unknown = Reflect.get(record, field);
        if (typeof at === 'number' && at > NOW) wrong.push(`${key} ${field} is in the future`);
      }
    }
    expect(wrong).toEqual([]);
  }, 30_000);

  it('lets no balance fall below zero but where that is the story', () => {
    const below = customers.filter(({ records }) =>
      records.some((each) => each.type === 'ledgerEntry' && (each.record.balanceAfter ?? 0) < 0),
    );
    for (const { id, expected } of below) {
      const told = expected.some(({ rule }) => rule === 'negative-balance');
      expect(told || id === 'org_trap_dipped_below_zero', id).toBe(true);
    }
  });

  it('was at work in the last minutes', () => {
    const recent = customers.flatMap(({ records }) =>
      records.filter(
        (each) => each.type === 'generation' && each.record.startedAt > NOW - 20 * MINUTE,
      ),
    );
    expect(recent.length).toBeGreaterThan(10);
  });

  it.each(DEMO_CASES.map((each) => [each.customerId, each] as const))(
    '%s shows what it is there for and nothing else',
    (id, each) => {
      expect(identities(answers.get(id)?.findings ?? [])).toEqual(identities(each.findings));
    },
  );

  it('finds what was planted elsewhere and nothing with ordinary customers', () => {
    for (const { id, expected } of customers) {
      if (DEMO_CASES.some(({ customerId }) => customerId === id)) continue;
      expect(identities(answers.get(id)?.findings ?? []), id).toEqual(identities(expected));
    }
  });

  it('shows each rule at least three times', () => {
    for (const rule of RULE_IDS) {
      expect(findings.filter((finding) => finding.rule === rule).length, rule).toBeGreaterThan(2);
    }
  });

  it('keeps the queue in proportion: few critical, more that is small', () => {
    const count = (severity: Finding['severity']): number =>
      findings.filter((finding) => finding.severity === severity).length;
    expect(findings.length).toBeGreaterThanOrEqual(60);
    expect(findings.length).toBeLessThanOrEqual(120);
    expect(count('critical')).toBeGreaterThanOrEqual(3);
    expect(count('critical')).toBeLessThan(8);
    expect(count('high')).toBeGreaterThan(2 * count('critical'));
    expect(count('medium')).toBeGreaterThan(count('high'));
    expect(count('low')).toBeGreaterThan(count('medium'));
  });

  it.each(DEMO_CASES.filter((each) => each.later !== null).map((each) => [each.customerId, each]))(
    '%s becomes late by itself, to the millisecond',
    (_, each) => {
      const { after, finding } = each.later ?? { after: 0, finding: { rule: '', subject: '' } };
      const records = recordsOf(each.customerId);
      const at = (asOf: number): string[] =>
        identities(evaluated(records, asOf, streamsAt(NOW)).findings);
      expect(at(NOW + after - 1)).not.toContain(`${finding.rule} ${finding.subject}`);
      expect(at(NOW + after)).toContain(`${finding.rule} ${finding.subject}`);
    },
  );

  it('cannot tell yet of one payment, because invoices lag', () => {
    const waiting = [...answers].filter(([, { undecided }]) => undecided.length > 0);
    expect(waiting.map(([id]) => id)).toEqual(['org_cannot_tell_yet']);
    expect(waiting[0]?.[1].undecided[0]?.stream).toBe('invoices');
  });

  it('calls no credits missing in a book into which no ledger was ever loaded', () => {
    for (const { records } of customers.slice(0, 100)) {
      const without = records.filter(({ type }) => type !== 'ledgerEntry');
      const { findings: found } = evaluated(without, NOW, { ...streamsAt(NOW), ledger: null });
      expect(found.filter(({ rule }) => rule === 'missing-credits')).toEqual([]);
    }
  });

  it('counts what the rate card does not price', () => {
    expect(answers.get('org_trap_unpriced_tier')?.unpriced).toBe(1);
  });

  it('holds at another hour of another season', () => {
    const streams = streamsAt(MONDAY_NIGHT);
    for (const { id, expected, records } of company(MONDAY_NIGHT, 400)) {
      const named = DEMO_CASES.find(({ customerId }) => customerId === id);
      const found = identities(evaluated(records, MONDAY_NIGHT, streams).findings);
      expect(found, id).toEqual(identities(named?.findings ?? expected));
    }
  }, 60_000);
});
