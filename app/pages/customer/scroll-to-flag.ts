import { SEVERITIES } from '#app/domain/rules/rule.ts';
import type { Severity } from '#app/domain/rules/rule.ts';
import type { CustomerFlag } from '#app/services/customers/customer-page-data.ts';

/** The `id` of a flag's line: what a mark on the chart leads to. */
export const scrollTargetOf = ({ rule, subject }: Pick<CustomerFlag, 'rule' | 'subject'>): string =>
  `flag-${rule}-${subject}`.replaceAll(/[^A-Za-z0-9_-]/g, '_');

/** The records that flags are about, and the gravest flag of each. */
export function flaggedRecords(
  flags: readonly Pick<CustomerFlag, 'severity' | 'subject' | 'evidence'>[],
): ReadonlyMap<string, Severity> {
  const flagged = new Map<string, Severity>();
  const gravestFirst = flags.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  for (const { severity, subject, evidence } of gravestFirst) {
    for (const ref of [subject, ...evidence]) {
      if (!flagged.has(ref)) flagged.set(ref, severity);
    }
  }
  return flagged;
}
