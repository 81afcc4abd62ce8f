import type { Book } from '#app/domain/book/book.ts';
import { atRisk } from '#app/domain/flags/at-risk.ts';
import type { FlagFinding } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Finding } from '#app/domain/rules/rule.ts';

/** What a flag would keep of a finding: its figures, and the money at stake in it. */
export function flagFinding(finding: Finding, book: Book, asOf: Instant): FlagFinding {
  const stake = atRisk(finding, book, asOf);
  return {
    rule: finding.rule,
    subject: finding.subject,
    customerId: finding.customerId,
    severity: finding.severity,
    confidence: finding.confidence,
    credits: finding.credits ?? null,
    amount: finding.amount ?? null,
    currency: finding.currency ?? null,
    atRisk: stake?.minor ?? null,
    atRiskCurrency: stake?.currency ?? null,
    since: finding.since,
    evidence: finding.evidence,
    facts: finding.facts,
  };
}
