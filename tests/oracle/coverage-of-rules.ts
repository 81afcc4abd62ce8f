import fc from 'fast-check';
import { naiveFindings, NAIVE_RULES } from '#tests/oracle/naive-findings.ts';
import { randomBook } from '#tests/oracle/random-book.ts';

/** In how many of `books` random books each rule speaks at all, and in how many it is silent. */
export function countSpeaking(books: number, seed: number): Map<string, number> {
  const speaking = new Map(Object.keys(NAIVE_RULES).map((rule) => [rule, 0]));
  for (const { records, policies, asOf } of fc.sample(randomBook, { numRuns: books, seed })) {
    const rules = new Set(naiveFindings(records, policies, asOf).map((finding) => finding.rule));
    for (const rule of rules) speaking.set(rule, (speaking.get(rule) ?? 0) + 1);
  }
  return speaking;
}
