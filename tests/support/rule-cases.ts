import { describe, expect, it } from 'vitest';
import type { Book, StreamsKnown } from '#app/domain/book/book.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { PolicyVersion } from '#app/domain/policy/policy.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { Finding, RuleId } from '#app/domain/rules/rule.ts';
import { book } from '#tests/factories/account.ts';

/** Every stream known throughout, as in a book that holds records of each and no watermark. */
export const KNOWN: StreamsKnown = {
  payments: Infinity,
  invoices: Infinity,
  ledger: Infinity,
  generations: Infinity,
};

export interface RuleCase {
  name: string;
  book: Partial<Book>;
  asOf: Instant;
  streams?: Partial<StreamsKnown>;
  policies?: PolicyVersion[];
  /** What the rule finds, in order: a subject, or the fields that matter. */
  finds: (string | Partial<Finding>)[];
  /** Subjects on which the rule cannot tell yet. */
  waits?: string[];
}

/** One test a case: what the rule, and only it, answers when all rules run over the book. */
export function describeRule(rule: RuleId, cases: RuleCase[]): void {
  describe(rule, () => {
    it.each(cases)(
      '$name',
      ({ book: records, asOf, streams, policies = [], finds, waits = [] }) => {
        const world = { policies, streams: { ...KNOWN, ...streams } };
        const evaluation = evaluate(book(records), world, asOf);
        const findings = evaluation.findings.filter((finding) => finding.rule === rule);
        const undecided = evaluation.undecided.filter((waiting) => waiting.rule === rule);
        const expected = finds.map((find) => (typeof find === 'string' ? { subject: find } : find));
        expect(findings.map(({ subject }) => subject)).toEqual(
          expected.map(({ subject }) => subject ?? findings[0]?.subject),
        );
        // A figure that the rule does not define must be absent, which a case says by `undefined`.
        const absent = { credits: undefined, amount: undefined, currency: undefined };
        expect(findings.map((finding) => ({ ...absent, ...finding }))).toMatchObject(expected);
        expect(undecided.map(({ subject }) => subject)).toEqual(waits);
      },
    );
  });
}
