import type { NaivePolicy, NaivePolicyVersion } from '#tests/oracle/naive-types.ts';

const UNIT = new Map([
  ['s', 1000],
  ['m', 60 * 1000],
  ['h', 60 * 60 * 1000],
  ['d', 24 * 60 * 60 * 1000],
]);

/** `15m` → 900000 milliseconds. */
export function duration(text: string): number {
  const unit = UNIT.get(text.slice(-1));
  const count = Number(text.slice(0, -1));
  if (unit === undefined || !Number.isInteger(count)) throw new Error(`not a duration: ${text}`);
  return count * unit;
}

/** The policy of the latest version that applies at `instant`. */
export function policyAt(policies: NaivePolicyVersion[], instant: number): NaivePolicy {
  let best: NaivePolicyVersion | undefined;
  for (const version of policies) {
    if (version.appliesFrom > instant) continue;
    if (best === undefined || version.appliesFrom >= best.appliesFrom) best = version;
  }
  if (best === undefined) throw new Error(`no policy applies at ${instant}`);
  return best.policy;
}

/** The grace of a purpose, in milliseconds. */
export function graceOf(policy: NaivePolicy, purpose: string): number {
  if (purpose === 'credit_pack') return duration(policy.grace.credit_pack);
  if (purpose === 'renewal') return duration(policy.grace.renewal);
  if (purpose === 'upgrade') return duration(policy.grace.upgrade);
  throw new Error(`a payment of purpose ${purpose} has no grace`);
}
