/*
 * Promise: a generation costs what the rate card says. "Higher resolutions cost more (2K = 2x, 4K = 3x).
 * Video costs depend on duration and model tier. Model training costs 400 credits."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookGeneration } from '#app/domain/book/book.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Finding, Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
function find(view: AccountView): RuleAnswer {
  const findings: Finding[] = [];
  view.generations.forEach((generation, index) => {
    if (generation.status !== 'succeeded' || !view.isFinal(generation)) return;
    const net = view.netCosts[index] ?? 0;
    if (net <= 0) return;
    const price = view.priceOf(generation);
    if (price !== null && net > price) findings.push(findingOf(view, generation, net, price));
  });
  return findings.length === 0 ? NOTHING : { findings, undecided: [] };
}

/** Finally succeeded generations that the rate card does not price: counted, never flagged. */
export function countUnpriced(view: AccountView): number {
  let count = 0;
  for (const generation of view.generations) {
    if (generation.status !== 'succeeded' || !view.isFinal(generation)) continue;
    if (view.priceOf(generation) === null) count += 1;
  }
  return count;
}

function findingOf(
  view: AccountView,
  generation: BookGeneration,
  net: number,
  price: number,
): Finding {
  const entries = view.entriesOfGeneration(generation.id);
  return {
    rule: 'overcharged-generation',
    customerId: view.customerId,
    subject: refTo('generation', generation.id),
    severity: 'medium',
    confidence: 'confirmed',
    credits: net - price,
    since: generation.finishedAt ?? generation.startedAt,
    evidence: [
      refTo('generation', generation.id),
      ...entries.map(({ id }) => refTo('ledgerEntry', id)),
    ],
    facts: {
      kind: generation.kind,
      tier: generation.tier,
      resolution: generation.resolution,
      seconds: generation.durationSeconds,
      count: generation.count ?? 1,
      net,
      price,
    },
  };
}

export const overchargedGeneration: Rule = {
  id: 'overcharged-generation',
  title: 'Overcharged',
  promise: {
    says: 'A generation costs what the rate card says, and no more.',
    line: 'Higher resolutions cost more (2K = 2x, 4K = 3x)',
  },
  severity: 'medium',
  find,
  nextCheck: () => null,
};
