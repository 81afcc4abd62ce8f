import type { Generation } from '#app/domain/book/records.ts';
import type { NaiveFinding, NaivePolicyVersion, Seen } from '#tests/oracle/naive-types.ts';
import { isFinal, netCost } from '#tests/oracle/ledger-words.ts';
import { iso } from '#tests/oracle/order-words.ts';
import { duration, policyAt } from '#tests/oracle/policy-words.ts';

function listed(card: Record<string, number>, name: string): bigint | undefined {
  for (const [key, value] of Object.entries(card)) if (key === name) return BigInt(value);
  return undefined;
}

/** Credits by the card in force at the start; undefined where the card does not price it. */
export function priceOf(
  policies: NaivePolicyVersion[],
  generation: Generation,
): bigint | undefined {
  const { rateCard } = policyAt(policies, generation.startedAt);
  if (generation.kind === 'training') return BigInt(rateCard.training);
  if (generation.kind === 'video') {
    const rate = listed(rateCard.video, generation.tier);
    if (rate === undefined || generation.durationSeconds === null) return undefined;
    return rate * BigInt(Math.ceil(generation.durationSeconds));
  }
  const base = listed(rateCard.image, generation.tier);
  if (base === undefined) return undefined;
  let multiplier: bigint | undefined = 1n;
  if (generation.resolution !== null) {
    multiplier = listed(rateCard.resolution, generation.resolution);
  }
  if (multiplier === undefined) return undefined;
  return base * multiplier * BigInt(generation.count ?? 1);
}

export function failedGenerationCharge(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  const grace = duration(seen.policy.grace.failedGeneration);
  for (const generation of seen.generations) {
    const { finishedAt } = generation;
    if (generation.status !== 'failed' || !isFinal(seen, generation)) continue;
    if (finishedAt === null || seen.asOf - finishedAt < grace) continue;
    if (!seen.known('ledger', finishedAt + grace)) continue;
    const cost = netCost(seen, generation);
    if (cost <= 0n) continue;
    findings.push({
      rule: 'failed-generation-charge',
      customerId: seen.customerId,
      subject: `generation:${generation.id}`,
      severity: 'medium',
      confidence: 'confirmed',
      credits: Number(cost),
      since: iso(finishedAt),
    });
  }
  return findings;
}

export function overchargedGeneration(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const generation of seen.generations) {
    if (generation.status !== 'succeeded' || !isFinal(seen, generation)) continue;
    const price = priceOf(seen.policies, generation);
    const cost = netCost(seen, generation);
    if (price === undefined || cost <= price) continue;
    findings.push({
      rule: 'overcharged-generation',
      customerId: seen.customerId,
      subject: `generation:${generation.id}`,
      severity: 'medium',
      confidence: 'confirmed',
      credits: Number(cost - price),
      since: iso(generation.finishedAt ?? generation.startedAt),
    });
  }
  return findings;
}

export function excessReturn(seen: Seen): NaiveFinding[] {
  const findings: NaiveFinding[] = [];
  for (const generation of seen.generations) {
    const cost = netCost(seen, generation);
    if (cost >= 0n) continue;
    findings.push({
      rule: 'excess-return',
      customerId: seen.customerId,
      subject: `generation:${generation.id}`,
      severity: 'low',
      confidence: 'confirmed',
      credits: Number(-cost),
      since: iso(generation.finishedAt ?? generation.startedAt),
    });
  }
  return findings;
}
