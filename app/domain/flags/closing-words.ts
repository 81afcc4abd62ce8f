import { toIso } from '#app/domain/instant.ts';
import type { Flag } from '#app/domain/flags/flag.ts';
import { flagKey } from '#app/domain/flags/flag.ts';
import type { Book } from '#app/domain/book/book.ts';
import type { RuleId, Undecided } from '#app/domain/rules/rule.ts';

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
export function closingWords(flag: Flag, book: Book, undecided: readonly Undecided[]): string {
  const waiting = undecided.find((one) => flagKey(one) === flagKey(flag));
  if (waiting) {
    return `Cannot tell any more: ${waiting.stream} must be known to ${toIso(waiting.until)}.`;
  }
  return seen(flag, book) ? CONDITION_GONE[flag.rule] : `${flag.subject} is no longer here.`;
}

/** Whether the flag's subject is among the customer's records. */
function seen(flag: Flag, book: Book): boolean {
  const [type, id] = split(flag.subject);
  const records: Record<string, readonly { id: string }[]> = {
    payment: book.payments,
    generation: book.generations,
    ledgerEntry: book.entries,
    subscription: book.subscriptions,
    refund: book.refunds,
  };
  return type === 'customer' || (records[type] ?? []).some((record) => record.id === id);
}

/** A reference's type holds no colon; an id may. */
const split = (ref: string): [string, string] => [
  ref.slice(0, ref.indexOf(':')),
  ref.slice(ref.indexOf(':') + 1),
];
