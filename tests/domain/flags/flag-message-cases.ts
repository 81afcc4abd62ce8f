import type { Book } from '#app/domain/book/book.ts';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import {
  T,
  customer,
  entry,
  generation,
  payment,
  refund,
  setupAttempt,
  subscription,
  usage,
} from '#tests/factories/account.ts';
interface Case {
  rule: RuleId;
  records: Partial<Book>;
  asOf: Instant;
  says: string;
  /** What the sweep adds from the full record. */
  added?: Facts;
}

const grants = [entry({ paymentId: 'ch_1' }), entry({ id: 'le_2', paymentId: 'ch_2' })];
const pair = [payment(), payment({ id: 'ch_2', capturedAt: T + 2 * MINUTE })];
const failed = [generation({ status: 'failed' })];
const renewed = [payment({ purpose: 'renewal', subscriptionId: 'sub_1', periodStart: T })];

/** What each rule says of a small book. */
export const CASES: Case[] = [
  {
    rule: 'missing-credits',
    records: { payments: [payment()] },
    asOf: T + 42 * MINUTE,
    says: '$49.00 captured 42 minutes ago bought 5,000 credits; none have arrived. Promised within 15 minutes.',
  },
  {
    rule: 'missing-credits',
    records: {
      payments: [payment({ purpose: 'upgrade' })],
      entries: [entry({ paymentId: 'ch_1', credits: 1 })],
    },
    asOf: T + HOUR,
    says: '$49.00 captured 1 hour ago bought 5,000 credits; only 1 has arrived. Promised within 5 minutes.',
  },
  {
    rule: 'missing-credits',
    records: { payments: [payment({ amountRefunded: 2_450 })] },
    asOf: T + HOUR,
    says: '$49.00 captured 1 hour ago, $24.50 of it refunded, still buys 2,500 credits; none have arrived. Promised within 15 minutes.',
  },
  {
    rule: 'missing-credits',
    records: {
      payments: [payment({ currency: 'jpy' })],
      entries: [entry({ kind: 'adjustment', credits: -20, paymentId: 'ch_1' })],
    },
    asOf: T + HOUR,
    says: '¥4,900 captured 1 hour ago bought 5,000 credits; instead 20 were taken. Promised within 15 minutes.',
  },
  {
    rule: 'duplicate-charge',
    records: { payments: pair, entries: grants },
    asOf: T + 3 * HOUR,
    says: 'Possible duplicate: $49.00 charged 2 hours ago, 2 minutes after an equal charge. No shared invoice or period and no missing credits prove it, so both may have been wanted.',
  },
  {
    rule: 'duplicate-charge',
    records: { payments: pair, entries: grants.slice(1) },
    asOf: T + 3 * HOUR,
    says: 'Charged twice: $49.00 charged 2 hours ago, 2 minutes after an equal charge. One of the charges brought no credits.',
  },
  {
    rule: 'duplicate-charge',
    records: {
      payments: [payment({ id: 'a', invoiceId: 'i' }), payment({ id: 'b', invoiceId: 'i' })],
    },
    asOf: T + HOUR,
    says: 'Charged twice: $49.00 charged 1 hour ago, at the same moment as an equal charge. The charges are for one invoice.',
  },
  {
    rule: 'failed-generation-charge',
    records: { generations: failed, entries: [usage(-24)] },
    asOf: T + 3 * HOUR + MINUTE,
    added: { error: 'model_overloaded', model: 'lumen-2' },
    says: 'Image failed 3 hours ago (model_overloaded) and kept 24 credits.',
  },
  {
    rule: 'failed-generation-charge',
    records: { generations: failed, entries: [usage(-48), usage(24)] },
    asOf: T + 3 * HOUR + MINUTE,
    added: { error: null, model: null },
    says: 'Image failed 3 hours ago and kept 24 of its 48 credits.',
  },
  {
    rule: 'negative-balance',
    records: { entries: [usage(-240)], generations: failed },
    asOf: T + HOUR,
    says: 'The balance fell below zero 1 hour ago and stands at −240 credits; 1 generation has started since.',
  },
  {
    rule: 'overcharged-generation',
    records: { generations: [generation()], entries: [usage(-60)] },
    asOf: T + HOUR + MINUTE,
    says: 'Image (pro, 2K × 3) finished 1 hour ago and cost 60 credits; the rate card says 48, so 12 too many.',
  },
  {
    rule: 'overcharged-generation',
    records: {
      generations: [generation({ kind: 'video', durationSeconds: 7.5 })],
      entries: [usage(-161)],
    },
    asOf: T + HOUR + MINUTE,
    says: 'Video (pro, 8 seconds) finished 1 hour ago and cost 161 credits; the rate card says 160, so 1 too many.',
  },
  {
    rule: 'overcharged-generation',
    records: { generations: [generation({ kind: 'training' })], entries: [usage(-401)] },
    asOf: T + HOUR + MINUTE,
    says: 'Training finished 1 hour ago and cost 401 credits; the rate card says 400, so 1 too many.',
  },
  {
    rule: 'balance-mismatch',
    records: { customer: customer({ reportedBalance: 12_507, reportedBalanceAt: T }) },
    asOf: T + HOUR,
    says: 'The product showed 12,507 credits 1 hour ago; the ledger gave 0, so 12,507 too many were shown.',
  },
  {
    rule: 'balance-mismatch',
    records: { customer: customer({ reportedBalance: -7, reportedBalanceAt: T }) },
    asOf: T + HOUR,
    says: 'The product showed −7 credits 1 hour ago; the ledger gave 0, so 7 too few were shown.',
  },
  {
    rule: 'ledger-gap',
    records: { entries: [entry({ balanceAfter: 5_000 }), usage(-24, { balanceAfter: 500 })] },
    asOf: T + HOUR,
    says: 'A usage entry of 1 hour ago states a balance of 500; the entry before it and its −24 give 4,976.',
  },
  {
    rule: 'charge-after-cancellation',
    records: { payments: renewed, subscriptions: [subscription({ endedAt: T - 2 * DAY })] },
    asOf: T + HOUR,
    says: '$49.00 captured 1 hour ago renewed studio from 4 May 12:00 on, but the subscription had ended 2 May 12:00 UTC.',
  },
  {
    rule: 'second-subscription',
    records: {
      subscriptions: [
        subscription(),
        subscription({ id: 'sub_2', status: 'past_due', currentPeriodStart: T + HOUR }),
      ],
    },
    asOf: T + 2 * HOUR,
    says: 'A second subscription to studio is past due (period from 4 May 13:00) beside one that is active (period from 4 May 12:00 UTC).',
  },
  {
    rule: 'missing-invoice',
    records: { payments: [payment()] },
    asOf: T + 5 * HOUR,
    says: '$49.00 captured 5 hours ago has no invoice. Promised within 2 hours.',
  },
  {
    rule: 'missing-invoice',
    records: { payments: [payment({ invoiceId: 'in_7' })] },
    asOf: T + 5 * HOUR,
    says: '$49.00 captured 5 hours ago names invoice in_7, which is not there. Promised within 2 hours.',
  },
  {
    rule: 'excess-credits',
    records: { payments: [payment({ status: 'failed' })], entries: grants.slice(0, 1) },
    asOf: T + HOUR,
    says: 'A failed payment of $49.00 made 1 hour ago brought 5,000 credits; it should have brought none.',
  },
  {
    rule: 'excess-credits',
    records: { payments: [payment({ credits: 4_000 })], entries: grants.slice(0, 1) },
    asOf: T + HOUR,
    says: 'A payment of $49.00 made 1 hour ago brought 5,000 credits; it bought 4,000.',
  },
  {
    rule: 'excess-return',
    records: { generations: [generation()], entries: [usage(-24), usage(48)] },
    asOf: T + HOUR + MINUTE,
    says: 'Image of 1 hour ago got 48 credits back; it had cost 24, so 24 too many.',
  },
  {
    rule: 'excess-return',
    records: { generations: [generation()], entries: [usage(48)] },
    asOf: T + HOUR + MINUTE,
    says: 'Image of 1 hour ago got 48 credits back; it had cost nothing, so 48 too many.',
  },
  {
    rule: 'credits-kept-after-refund',
    records: {
      payments: [payment({ amountRefunded: 4_900, refundedAt: T })],
      entries: grants.slice(0, 1),
    },
    asOf: T + 2 * DAY,
    says: '$49.00 went back in full 2 days ago, yet 5,000 credits bought with it are still there. They should be taken back within 24 hours.',
  },
  {
    rule: 'dispute-open',
    records: { payments: [payment({ disputeStatus: 'open' })] },
    asOf: T + HOUR,
    says: 'A dispute is open over $49.00 captured 1 hour ago; it cannot be refunded here meanwhile.',
  },
  {
    rule: 'dispute-open',
    records: { payments: [payment({ disputeStatus: 'inquiry', capturedAt: null })] },
    asOf: T + HOUR,
    says: 'The bank inquires about $49.00 charged 1 hour ago; it can be refunded only as long as Stripe allows it.',
  },
  {
    rule: 'refund-overdue',
    records: { refunds: [refund({ status: 'pending' })] },
    asOf: T + 18 * DAY,
    says: 'A refund of $49.00 made 18 days ago is still pending; it was due 4 days ago. Promised within 10 business days.',
  },
  {
    rule: 'refund-overdue',
    records: { refunds: [refund({ status: 'requires_action' })] },
    asOf: T + 18 * DAY,
    says: 'A refund of $49.00 made 18 days ago still waits for the customer; it was due 4 days ago. Promised within 10 business days.',
  },
  {
    rule: 'refund-failed',
    records: { refunds: [refund({ status: 'failed' })] },
    asOf: T + 3 * DAY,
    says: 'A refund of $49.00 made 3 days ago failed, and no later one has taken its place.',
  },
  {
    rule: 'payments-failing',
    records: { payments: ['a', 'b', 'c'].map((id) => payment({ id, status: 'failed' })) },
    asOf: T + 2 * HOUR,
    says: '3 payments failed within 24 hours, the latest 2 hours ago, and none has gone through since.',
  },
  {
    rule: 'card-setup-failing',
    records: { setupAttempts: ['a', 'b', 'c'].map((id) => setupAttempt({ id })) },
    asOf: T + 2 * HOUR,
    says: '3 attempts to save a card failed within 24 hours, the latest 2 hours ago, and none has worked since.',
  },
];
