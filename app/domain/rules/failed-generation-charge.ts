/*
 * Promise: a generation that failed costs nothing. "Failed generations shouldn't charge credits."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookGeneration } from '#app/domain/book/book.ts';
import type { Instant } from '#app/lib/instant.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer, Undecided } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';
/** When the credits of a failed generation must be back; null where it has not failed for good. */
function backBy(view: AccountView, generation: BookGeneration): Instant | null {
  const { status, finishedAt } = generation;
  if (status !== 'failed' || finishedAt === null || finishedAt > view.asOf) return null;
  return finishedAt + view.policy.grace.failedGeneration;
}

function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  view.generations.forEach((generation, index) => {
    const until = backBy(view, generation);
    if (until === null || view.asOf < until) return;
    const net = view.netCosts[index] ?? 0;
    if (net <= 0) return;
    if (view.isKnown('ledger', until)) {
      findings.push(findingOf(view, generation, net));
    } else {
      const subject = refTo('generation', generation.id);
      undecided.push({ rule: 'failed-generation-charge', subject, stream: 'ledger', until });
    }
  });
  return findings.length + undecided.length === 0 ? NOTHING : { findings, undecided };
}

function findingOf(view: AccountView, generation: BookGeneration, net: number): Finding {
  const entries = view.entriesOfGeneration(generation.id);
  const charged = entries.reduce((sum, { credits }) => sum + Math.max(0, -credits), 0);
  return {
    rule: 'failed-generation-charge',
    customerId: view.customerId,
    subject: refTo('generation', generation.id),
    severity: 'medium',
    confidence: 'confirmed',
    credits: net,
    // Only finished generations are found, so the fallback is never used.
    since: generation.finishedAt ?? generation.startedAt,
    evidence: [
      refTo('generation', generation.id),
      ...entries.map(({ id }) => refTo('ledgerEntry', id)),
    ],
    facts: {
      kind: generation.kind,
      charged,
      returned: charged - net,
      graceMs: view.policy.grace.failedGeneration,
    },
  };
}

export const failedGenerationCharge: Rule = {
  id: 'failed-generation-charge',
  title: 'Charged for a failure',
  promise: {
    says: 'A generation that failed gives its credits back within minutes.',
    line: "Failed generations shouldn't charge credits",
  },
  severity: 'medium',
  find,
  nextCheck(view) {
    const soonest = new EarliestAfter(view.asOf);
    view.generations.forEach((generation, index) => {
      const until = backBy(view, generation);
      if (until === null || until <= view.asOf) return;
      if ((view.netCosts[index] ?? 0) > 0) soonest.consider(until);
    });
    return soonest.instant;
  },
};
