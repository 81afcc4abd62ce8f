/*
 * Promise: a generation that went wrong gives back what it took, and no more. "Failed generations
 * shouldn't charge credits."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookGeneration } from '#app/domain/book/book.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  view.netCosts.forEach((net, index) => {
    const generation = view.generations[index];
    if (net < 0 && generation !== undefined) findings.push(findingOf(view, generation, -net));
  });
  return findings.length === 0 ? NOTHING : { findings, undecided: [] };
}

function findingOf(view: AccountView, generation: BookGeneration, excess: number): Finding {
  const entries = view.entriesOfGeneration(generation.id);
  const returned = entries.reduce((sum, { credits }) => sum + Math.max(0, credits), 0);
  return {
    rule: 'excess-return',
    customerId: view.customerId,
    subject: refTo('generation', generation.id),
    severity: 'low',
    confidence: 'confirmed',
    credits: excess,
    since: generation.finishedAt ?? generation.startedAt,
    evidence: [
      refTo('generation', generation.id),
      ...entries.map(({ id }) => refTo('ledgerEntry', id)),
    ],
    facts: { kind: generation.kind, returned, charged: returned - excess },
  };
}

export const excessReturn: Rule = {
  id: 'excess-return',
  title: 'Returned too much',
  promise: {
    says: 'A generation gives back what it took, and no more.',
    line: "Failed generations shouldn't charge credits",
  },
  severity: 'low',
  find,
  nextCheck: () => null,
};
