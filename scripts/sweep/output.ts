import { once } from 'node:events';
import type { RuleId, Severity } from '#app/domain/rules/rule.ts';
import { publicFinding } from '#app/domain/rules/public-finding.ts';
import { ruleById, RULES } from '#app/domain/rules/registry.ts';
import type { EvaluatedBatch } from '#app/services/sweep/evaluate-accounts.ts';
import type { SweepReport } from '#app/services/sweep/sweep-accounts.ts';

/** Prints a batch's findings as NDJSON; waits while the reader of standard output is slower. */
export const printFindings = async ({ accounts }: EvaluatedBatch): Promise<void> => {
  const lines = accounts.flatMap(({ evaluation }) =>
    evaluation.findings.map((finding) => `${JSON.stringify(publicFinding(finding))}\n`),
  );
  if (lines.length === 0) return;
  if (!process.stdout.write(lines.join(''))) await once(process.stdout, 'drain');
};

/** Counts findings by rule and severity. */
export class Counts {
  readonly #counts = new Map<RuleId, Map<Severity, number>>();
  #unpriced = 0;

  add({ accounts }: EvaluatedBatch): void {
    for (const { evaluation } of accounts) {
      this.#unpriced += evaluation.unpriced;
      for (const { rule, severity } of evaluation.findings) {
        const counts = this.#counts.get(rule) ?? new Map<Severity, number>();
        counts.set(severity, (counts.get(severity) ?? 0) + 1);
        this.#counts.set(rule, counts);
      }
    }
  }

  /** One line a rule that found something, and one for generations without a price. */
  lines(): string[] {
    const found = RULES.flatMap(({ id }) => {
      const counts = [...(this.#counts.get(id) ?? [])];
      return counts.map(([severity, count]) => row(count, severity, ruleById(id).title));
    });
    if (this.#unpriced > 0) found.push(row(this.#unpriced, '-', 'Generations without a price'));
    return found.length > 0 ? found : ['Nothing found.'];
  }
}

const row = (count: number, severity: string, title: string): string =>
  `${count.toLocaleString('en').padStart(9)}  ${severity.padEnd(8)}  ${title}`;

const number = (count = 0): string => count.toLocaleString('en');
const counted = (count: number, one: string): string =>
  `${number(count)} ${one}${count === 1 ? '' : 's'}`;

/** What the sweep has done, in a sentence or two. */
export const summary = (report: SweepReport, settled: boolean, seconds: number): string => {
  const { events, customers, findings, skipped } = report;
  const read = `${counted(customers, 'customer')}, ${counted(findings, 'finding')}, ${seconds.toFixed(1)} s.`;
  if (!settled) return `${read} No flags were settled.`;
  const parts = [
    `${number(events.opened)} opened`,
    `${number(events.reopened)} re-opened`,
    `${number(events.changed)} changed`,
    `${number(events.closed)} closed`,
    `${number(events.snooze_ended)} back from snooze`,
  ];
  const later = skipped > 0 ? ` ${number(skipped)} changed meanwhile and stay due.` : '';
  return `${read} Flags: ${parts.join(', ')}.${later}`;
};
