import { policySchema } from '#app/domain/policy/policy.ts';
import type { PolicyVersion } from '#app/domain/policy/policy.ts';
import type { NaiveFinding, NaivePolicyVersion } from '#tests/oracle/naive-types.ts';

/** The rules of which it is said what their evidence is; of the others it may be anything. */
const WITH_EVIDENCE = new Set(['negative-balance', 'payments-failing']);

/** One line a finding, sorted: equal answers give equal arrays, whatever the order they came in. */
export function comparable(findings: NaiveFinding[]): string[] {
  return findings.map((finding) => JSON.stringify(canonical(finding))).sort();
}

function canonical(finding: NaiveFinding): unknown[] {
  const { rule, customerId, subject, severity, confidence, since } = finding;
  return [
    rule,
    customerId,
    subject,
    severity,
    confidence,
    // null and 0 would hide a field that stands where it should not: say which is absent.
    finding.credits ?? 'no credits',
    finding.amount ?? 'no amount',
    finding.currency ?? 'no currency',
    since,
    WITH_EVIDENCE.has(rule) ? [...(finding.evidence ?? [])].sort() : [],
  ];
}

/** The oracle's policy versions as the program holds them. */
export function programPolicies(versions: NaivePolicyVersion[]): PolicyVersion[] {
  return versions
    .map(({ appliesFrom, policy }) => ({ appliesFrom, policy: policySchema.parse(policy) }))
    .sort((a, b) => a.appliesFrom - b.appliesFrom);
}
