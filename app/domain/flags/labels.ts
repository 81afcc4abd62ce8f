import { parseRef } from '#app/domain/book/record-ref.ts';
import { toIso } from '#app/lib/instant.ts';
import { flagKey } from '#app/domain/flags/flag.ts';
import type { Flag, FlagEventKind } from '#app/domain/flags/flag.ts';
import type { Book } from '#app/domain/book/book.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
import type { RuleId, Undecided } from '#app/domain/rules/rule.ts';
import { formatCredits } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
/** What it means that a rule finds nothing any more, where its subject is still there. */
const CONDITION_GONE: Record<RuleId, string> = {
  'missing-credits': 'The credits due have been granted, or fewer are due than before.',
  'duplicate-charge': 'Refunded, disputed, or no longer beside another charge like it.',
  'failed-generation-charge': 'The credits came back, or the generation is not failed any more.',
  'negative-balance': 'The balance is no longer below zero.',
  'overcharged-generation': 'The generation costs no more than its price now.',
  'balance-mismatch': 'The reported balance agrees with the ledger, or can no longer be compared.',
  'ledger-gap': 'The balances in the ledger follow from one another here.',
  'charge-after-cancellation': 'Refunded, disputed, or no longer after the subscription’s end.',
  'second-subscription': 'One of the two subscriptions is no longer running.',
  'missing-invoice': 'An invoice names this payment now.',
  'excess-credits': 'The payment brought no more credits than it may.',
  'excess-return': 'No more credits came back than were charged.',
  'credits-kept-after-refund': 'The credits were taken back, or the refund no longer stands.',
  'dispute-open': 'The dispute is closed.',
  'refund-overdue': 'The refund has arrived, failed or was canceled.',
  'refund-failed': 'A later refund of at least this amount is on its way or done.',
  'payments-failing': 'A payment has gone through, or the failures are no longer recent.',
  'card-setup-failing': 'A card was set up, or the failures are no longer recent.',
};

/** Words for why a flag's finding is gone, from what was read of its customer. */
export function closingLabel(flag: Flag, book: Book, undecided: readonly Undecided[]): string {
  const waiting = undecided.find((one) => flagKey(one) === flagKey(flag));
  if (waiting) {
    return `Can’t check any more: ${waiting.stream} must be known to ${toIso(waiting.until)}.`;
  }
  return seen(flag, book) ? CONDITION_GONE[flag.rule] : `${flag.subject} is no longer here.`;
}

/** Whether the flag's subject is among the customer's records. */
function seen(flag: Flag, book: Book): boolean {
  const { type, id } = parseRef(flag.subject);
  const records: Record<string, readonly { id: string }[]> = {
    payment: book.payments,
    generation: book.generations,
    ledgerEntry: book.entries,
    subscription: book.subscriptions,
    refund: book.refunds,
  };
  return type === 'customer' || (records[type] ?? []).some((record) => record.id === id);
}

interface FlagEvent {
  kind: FlagEventKind;
  reason: string | null;
  detail: Facts | null;
}

type NameOf = (staffId: string) => string | null;

const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);

const WORDS: Record<FlagEventKind, (event: FlagEvent, nameOf: NameOf) => string> = {
  opened: () => 'Opened',
  reopened: ({ reason }) => `Reopened${because(reason)}`,
  closed: ({ reason }) => `Closed automatically${because(reason)}`,
  dismissed: ({ reason }) => `Dismissed${because(reason)}`,
  snoozed: ({ reason, detail }) => `Snoozed${untilOf(detail)}${because(reason)}`,
  snooze_ended: () => 'Snooze ended',
  assigned: ({ detail }, nameOf) => assignedTo(detail, nameOf),
  changed: ({ detail }) => `Changed${because(changesOf(detail))}`,
};

/**
 * What happened to a flag, in words for its history; who and when stand beside it.
 * @param nameOf the name of a member of staff, null where nobody has that id.
 */
export function describeFlagEvent(event: FlagEvent, nameOf: NameOf): string {
  return WORDS[event.kind](event, nameOf);
}

function untilOf(detail: Facts | null): string {
  const until = detail?.['until'];
  return typeof until === 'string' ? ` until ${until.slice(0, 16).replace('T', ' ')} UTC` : '';
}

function assignedTo(detail: Facts | null, nameOf: NameOf): string {
  const id = detail?.['assigneeId'];
  return typeof id === 'string' ? `Assigned to ${nameOf(id) ?? id}` : 'Unassigned';
}

/** `credits 5,000 → 3,000`; null where only evidence or wording moved. */
function changesOf(detail: Facts | null): string | null {
  if (detail === null) return null;
  const pairs: string[] = [];
  for (const name of ['severity', 'confidence', 'credits', 'amount'] as const) {
    if (!(name in detail)) continue;
    const [before, after] = [detail[`${name}Before`] ?? null, detail[name] ?? null];
    pairs.push(`${name} ${figure(name, before, detail)} → ${figure(name, after, detail)}`);
  }
  if (pairs.length > 0) return pairs.join(', ');
  return 'evidence' in detail ? 'other evidence' : null;
}

function figure(name: string, value: Facts[string], detail: Facts): string {
  if (typeof value !== 'number') return value === null ? 'none' : String(value);
  if (name === 'credits') return formatCredits(value);
  const currency = detail['currency'];
  return typeof currency === 'string'
    ? formatMoney(value, currency)
    : value.toLocaleString('en-US');
}
