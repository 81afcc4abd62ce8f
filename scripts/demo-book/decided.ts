import type { Flag } from '#app/domain/flags/flag.ts';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import { assignFlag, dismissFlag, snoozeFlag } from '#app/services/flags/decide-flag.ts';
import type { FlagDecider, ShownFlag } from '#app/services/flags/decide-flag.ts';
import { activeFlags } from '#db/queries/flags/flags.ts';
import { listStaff } from '#db/queries/access/staff.ts';
import type { Store } from '#db/store-types.ts';
import { DEMO_CASES } from '#scripts/demo-book/cases/cases.ts';
import { DEFAULT_SEED, troubledCustomers } from '#scripts/demo-book/company.ts';
import { depsAt } from '#scripts/demo-book/history.ts';
/** Something that the demo's staff have already decided, on the oldest flag of a rule. */
type Decision = { rule: RuleId; ticket: string; ago: number } & (
  { dismissed: string } | { snoozedFor: number; because: string } | { assignedTo: string }
);

const DECISIONS: readonly Decision[] = [
  {
    rule: 'duplicate-charge',
    ticket: 'ZD-4102',
    ago: 22 * HOUR,
    dismissed: 'Both packs were wanted: one each for two projects, says the customer.',
  },
  {
    rule: 'excess-return',
    ticket: 'ZD-4127',
    ago: 20 * HOUR,
    dismissed: 'Goodwill: the customer keeps the 32 credits.',
  },
  {
    rule: 'dispute-open',
    ticket: 'ZD-4096',
    ago: 19 * HOUR,
    snoozedFor: 5 * DAY,
    because: 'Evidence is with the bank; its answer is due within the week.',
  },
  {
    rule: 'refund-overdue',
    ticket: 'ZD-4088',
    ago: 18 * HOUR,
    snoozedFor: 2 * DAY,
    because: 'The bank is tracing the refund.',
  },
  { rule: 'refund-overdue', ticket: 'ZD-4131', ago: 5 * HOUR, assignedTo: 'finance@demo.test' },
  { rule: 'refund-failed', ticket: 'ZD-4140', ago: 5 * HOUR, assignedTo: 'finance@demo.test' },
  { rule: 'missing-credits', ticket: 'ZD-4152', ago: 95 * MINUTE, assignedTo: 'agent@demo.test' },
  { rule: 'negative-balance', ticket: 'ZD-4149', ago: 90 * MINUTE, assignedTo: 'agent2@demo.test' },
  { rule: 'ledger-gap', ticket: 'ZD-4118', ago: 85 * MINUTE, assignedTo: 'agent@demo.test' },
];

const decide = (
  app: FlagDecider,
  seen: ShownFlag,
  decision: Decision,
  staff: ReadonlyMap<string, string>,
) => {
  if ('dismissed' in decision) return dismissFlag(app, { ...seen, reason: decision.dismissed });
  if ('assignedTo' in decision) {
    return assignFlag(app, { ...seen, assigneeId: staff.get(decision.assignedTo) ?? null });
  }
  const until = app.now() + decision.ago + decision.snoozedFor;
  return snoozeFlag(app, { ...seen, until, reason: decision.because });
};

/** The flag that the decision is about: untouched, not of a customer with a story, the oldest. */
const flagFor = (flags: readonly Flag[], decision: Decision, at: Instant): Flag | undefined => {
  const told = new Set(DEMO_CASES.map((each) => each.customerId));
  return flags
    .filter((flag) => flag.rule === decision.rule && flag.openedAt <= at && flag.version === 1)
    .filter((flag) => !told.has(flag.customerId))
    .toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))[0];
};

/** Lets the demo's lead have dismissed, snoozed and given out some flags during the last day. */
export const decideSome = async (store: Store, now: Instant): Promise<void> => {
  const people = await listStaff(store.read);
  const staff = new Map(people.map(({ email, id }) => [email, id]));
  const lead = people.find(({ role }) => role === 'lead');
  if (lead === undefined) throw new Error('the demo has no lead');
  const actor = { staffId: lead.id, name: lead.name, email: lead.email, role: lead.role };
  const ids = troubledCustomers(DEFAULT_SEED).toSorted();
  for (const decision of DECISIONS) {
    const at = now - decision.ago;
    const flag = flagFor(await activeFlags(store.read, { ids, range: false }), decision, at);
    // In a smaller company there may be none.
    if (flag === undefined) continue;
    const app = { ...depsAt(store, at), actor, ticket: decision.ticket };
    const answer = await decide(app, { flagId: flag.id, version: flag.version }, decision, staff);
    if (!answer.ok) throw new Error(`the demo's decision was refused: ${answer.refusal.says}`);
  }
};
