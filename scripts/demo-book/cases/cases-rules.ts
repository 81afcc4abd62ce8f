import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import * as payments from '#scripts/demo-book/cases/anomalies-payments.ts';
import * as refunds from '#scripts/demo-book/cases/anomalies-refunds.ts';
import * as work from '#scripts/demo-book/cases/anomalies-work.ts';
import { refundedFor } from '#scripts/demo-book/calendar.ts';
import type { DemoCase, Who } from '#scripts/demo-book/cases/case.ts';
import type { Planting } from '#scripts/demo-book/planting.ts';

const NEW_YORK = 'America/New_York';
const LONDON = 'Europe/London';

/** One finding of `rule` on `subject`, from something that happened `age` milliseconds ago. */
const shows = (
  rule: RuleId,
  [customerId, name, zone, plan = 'creator']: Who,
  planting: Planting,
  age: number,
  subject: `${string}:${string}`,
  story: string,
): DemoCase => ({
  customerId,
  name,
  shows: { rule },
  findings: [{ rule, subject }],
  later: null,
  story,
  zone,
  plan,
  planting,
  // Things do not happen on the full minute.
  at: (now) => now - age - 17_431,
});

/** One customer for each rule, in the order of the rules, and the other kinds of duplicate. */
export const RULE_CASES: readonly DemoCase[] = [
  shows(
    'missing-credits',
    ['org_missing_credits', 'Harbor & Finch', NEW_YORK],
    payments.packWithoutCredits,
    87 * MINUTE,
    'payment:ch_missing_credits',
    'Paid for 5,000 credits an hour and a half ago; none have arrived.',
  ),
  shows(
    'duplicate-charge',
    ['org_duplicate_charge', 'Northlight Animation', 'America/Toronto', 'pro'],
    payments.renewalChargedTwice,
    2 * DAY + 3 * HOUR,
    'payment:ch_duplicate_charge',
    'One month of the pro plan was charged twice within a minute, on one invoice.',
  ),
  shows(
    'failed-generation-charge',
    ['org_failed_generation_charge', 'Marigold Motion', 'Asia/Kolkata', 'pro'],
    work.videoFailedAndCharged,
    5 * HOUR,
    'generation:gen_failed_generation_charge',
    'An eight-second video timed out and kept its 160 credits.',
  ),
  shows(
    'negative-balance',
    ['org_negative_balance', 'Cobalt & Thyme', LONDON, 'starter'],
    work.spentBelowZero,
    110 * MINUTE,
    'customer:org_negative_balance',
    'Two of the team started videos in the same second with credits for less than one.',
  ),
  shows(
    'overcharged-generation',
    ['org_overcharged_generation', 'Tidewater Pixel Co.', NEW_YORK],
    work.chargedAs4K,
    26 * HOUR,
    'generation:gen_overcharged_generation',
    'Four images in 2K were charged at the price of 4K.',
  ),
  shows(
    'balance-mismatch',
    ['org_balance_mismatch', 'Osei Brand Studio', 'Africa/Lagos'],
    work.reportedTooMuch,
    34 * MINUTE,
    'customer:org_balance_mismatch',
    'The product shows the customer 350 credits more than the ledger holds.',
  ),
  shows(
    'ledger-gap',
    ['org_ledger_gap', 'Juniper Lane Creative', 'America/Los_Angeles'],
    work.entryMissing,
    4 * DAY,
    'ledgerEntry:led_ledger_gap',
    'The kept balance jumps by 500 credits: an entry is missing.',
  ),
  shows(
    'charge-after-cancellation',
    ['org_charge_after_cancellation', 'Velvet Anchor', 'Australia/Sydney', 'pro'],
    payments.chargedAfterCancellation,
    6 * DAY,
    'payment:ch_charge_after_cancellation',
    'Canceled to the end of the period, and the next period was charged all the same.',
  ),
  shows(
    'second-subscription',
    ['org_second_subscription', 'Dos Lunas Estudio', 'Europe/Madrid'],
    payments.subscribedTwice,
    5 * DAY,
    'subscription:sub_second_subscription',
    'A second subscription of the same plan was opened while the first was running.',
  ),
  shows(
    'missing-invoice',
    ['org_missing_invoice', 'Brightwater Press', LONDON],
    payments.packWithoutInvoice,
    9 * HOUR,
    'payment:ch_missing_invoice',
    'A pack was paid and credited this morning; no invoice exists for it.',
  ),
  shows(
    'excess-credits',
    ['org_excess_credits', 'Quill & Ember', 'America/Chicago'],
    payments.packCreditedTwice,
    3 * DAY,
    'payment:ch_excess_credits',
    'One pack of 5,000 was credited twice, a minute and a half apart.',
  ),
  shows(
    'excess-return',
    ['org_excess_return', 'Saltmarsh Films', LONDON],
    work.returnedTwice,
    2 * DAY,
    'generation:gen_excess_return',
    'A failed generation got its credits back twice.',
  ),
  shows(
    'credits-kept-after-refund',
    ['org_credits_kept_after_refund', 'Ateliê Falcão', 'America/Sao_Paulo'],
    refunds.creditsKept,
    3 * DAY,
    'payment:ch_credits_kept_after_refund',
    'A pack was refunded in full three days ago; its 5,000 credits are still there.',
  ),
  shows(
    'dispute-open',
    ['org_dispute_open', 'Redwood Harbor Media', 'America/Los_Angeles'],
    refunds.disputeOpened,
    17 * DAY,
    'payment:ch_dispute_open',
    'The card holder disputed a pack; refunds of it are blocked until the bank decides.',
  ),
  {
    ...shows(
      'refund-overdue',
      ['org_refund_overdue', 'Atelier Moreau', 'Europe/Paris'],
      refunds.refundPending,
      0,
      'refund:re_refund_overdue',
      'A refund was due three days ago and the bank has still not confirmed it.',
    ),
    at: (now) => refundedFor(now - 3 * DAY),
  },
  shows(
    'refund-failed',
    ['org_refund_failed', 'Fjäril & Fjell', 'Europe/Stockholm'],
    refunds.refundBounced,
    4 * DAY,
    'refund:re_refund_failed',
    'Half of a pack was refunded to a card that no longer exists; nobody has sent it again.',
  ),
  shows(
    'payments-failing',
    ['org_payments_failing', 'Lantern Street', NEW_YORK],
    payments.renewalKeepsFailing,
    7 * HOUR,
    'customer:org_payments_failing',
    'Four attempts at the renewal since this morning, all refused by the bank.',
  ),
  shows(
    'card-setup-failing',
    ['org_card_setup_failing', 'Kestrel & Co', 'America/Chicago', 'starter'],
    payments.cardsRefused,
    2 * HOUR,
    'customer:org_card_setup_failing',
    'Three cards were refused within a quarter of an hour, two of them prepaid.',
  ),
  shows(
    'duplicate-charge',
    ['org_duplicate_possible', 'Peppermint Learning Lab', LONDON],
    payments.packBoughtTwice,
    6 * HOUR,
    'payment:ch_duplicate_possible',
    'The same pack twice within the hour, both credited: perhaps both were wanted.',
  ),
  {
    ...shows(
      'duplicate-charge',
      ['org_double_click', 'Caju & Mar Produções', 'America/Sao_Paulo'],
      payments.packChargedTwice,
      75 * MINUTE,
      'payment:ch_double_click',
      'The buyer pressed twice: two charges within a minute, and only one was credited.',
    ),
    findings: [
      { rule: 'missing-credits', subject: 'payment:ch_double_click' },
      { rule: 'duplicate-charge', subject: 'payment:ch_double_click' },
    ],
  },
];
