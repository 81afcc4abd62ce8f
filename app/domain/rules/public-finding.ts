import { toIso } from '#app/lib/instant.ts';
import type { Confidence, Finding, RuleId, Severity } from '#app/domain/rules/rule.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
/** A finding as programs outside read it: fields in this order, absent where the rule defines none. */
export interface PublicFinding {
  rule: RuleId;
  customerId: string;
  subject: RecordRef;
  severity: Severity;
  confidence: Confidence;
  credits?: number;
  amount?: number;
  currency?: string;
  /** UTC with three decimals and `Z`. */
  since: string;
  evidence: RecordRef[];
}

export function publicFinding(finding: Finding): PublicFinding {
  const { rule, customerId, subject, severity, confidence, credits, amount, currency } = finding;
  return {
    rule,
    customerId,
    subject,
    severity,
    confidence,
    ...(credits === undefined ? {} : { credits }),
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency }),
    since: toIso(finding.since),
    evidence: finding.evidence,
  };
}
