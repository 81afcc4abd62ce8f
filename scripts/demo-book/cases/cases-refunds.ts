import { DAY, HOUR } from '#app/lib/instant.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import * as payments from '#scripts/demo-book/cases/anomalies-payments.ts';
import type { DemoCase, Who } from '#scripts/demo-book/cases/case.ts';

const PLANTINGS = {
  'duplicate-charge': payments.renewalChargedTwice,
  'charge-after-cancellation': payments.chargedAfterCancellation,
} as const satisfies Partial<Record<RuleId, unknown>>;

/**
 * A customer who is owed a refund that will not go smoothly. The local Stripe knows them by their Stripe
 * ids, `cus_fault_…`, and does what the ending says; the console is not told.
 */
const owed = (
  rule: keyof typeof PLANTINGS,
  [customerId, name, zone]: Who,
  ago: number,
  story: string,
): DemoCase => ({
  customerId,
  name,
  shows: { sight: 'a refund that does not go smoothly' },
  findings: [{ rule, subject: `payment:ch_${customerId.slice('org_'.length)}` }],
  later: null,
  story,
  zone,
  plan: 'pro',
  currency: 'usd',
  planting: PLANTINGS[rule],
  at: (now) => now - ago - 9_207,
});

export const REFUND_CASES: readonly DemoCase[] = [
  owed(
    'duplicate-charge',
    ['org_fault_pending', 'Wren & Alder Studio', 'America/New_York'],
    3 * DAY + 5 * HOUR,
    'Charged twice. Its refund stays pending at Stripe and succeeds 12 seconds later.',
  ),
  owed(
    'charge-after-cancellation',
    ['org_fault_later_failed', 'Copper Kettle Pictures', 'America/Chicago'],
    4 * DAY,
    'Renewed after the end. Its refund succeeds, and fails 20 seconds later: the card is gone.',
  ),
  owed(
    'duplicate-charge',
    ['org_fault_lost_reply', 'Larkfield Interactive', 'Europe/London'],
    5 * DAY + 2 * HOUR,
    'Charged twice. Stripe makes its refund, the answer is lost, and for 25 seconds nobody can tell.',
  ),
  owed(
    'charge-after-cancellation',
    ['org_fault_not_refundable', 'Blue Heron Editions', 'America/Los_Angeles'],
    8 * DAY,
    'Renewed after the end. Stripe refuses to refund the charge.',
  ),
];
