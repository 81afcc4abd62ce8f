/*
 * Promise: every change of the balance can be read in the history. "Check generation history for
 * details."
 */
import type { AccountView } from '#app/domain/book/account-view.ts';
import type { BookEntry } from '#app/domain/book/book.ts';
import { NOTHING } from '#app/domain/rules/rule.ts';
import type { Rule, RuleAnswer } from '#app/domain/rules/rule.ts';
import { refTo } from '#app/domain/book/record-ref.ts';
/** Only the first gap is told: what follows it is usually its echo. */
function find(view: AccountView): RuleAnswer {
  let before: BookEntry | null = null;
  for (const entry of view.entries) {
    if (before !== null && before.balanceAfter !== null && entry.balanceAfter !== null) {
      const expected = before.balanceAfter + entry.credits;
      if (entry.balanceAfter !== expected) {
        return found(view, before, entry, expected, entry.balanceAfter);
      }
    }
    before = entry;
  }
  return NOTHING;
}

function found(
  view: AccountView,
  before: BookEntry,
  entry: BookEntry,
  expected: number,
  stated: number,
): RuleAnswer {
  const subject = refTo('ledgerEntry', entry.id);
  return {
    findings: [
      {
        rule: 'ledger-gap',
        customerId: view.customerId,
        subject,
        severity: 'high',
        confidence: 'confirmed',
        since: entry.occurredAt,
        evidence: [subject, refTo('ledgerEntry', before.id)],
        facts: { kind: entry.kind, moved: entry.credits, expected, stated },
      },
    ],
    undecided: [],
  };
}

export const ledgerGap: Rule = {
  id: 'ledger-gap',
  title: 'Ledger gap',
  promise: {
    says: 'Every change of the balance stands in the history.',
    line: 'Check generation history for details',
  },
  severity: 'high',
  find,
  nextCheck: () => null,
};
