import { describe, expect, it } from 'vitest';
import type { Book } from '#app/domain/book/book.ts';
import { atRisk } from '#app/domain/flags/at-risk.ts';
import { DAY } from '#app/lib/instant.ts';
import type { Money } from '#app/domain/money/money.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import { KNOWN } from '#tests/support/rule-cases.ts';
import {
  T,
  book,
  customer,
  entry,
  generation,
  invoice,
  payment,
  refund,
  setupAttempt,
  usage,
} from '#tests/factories/account.ts';

const asOf = T + 40 * DAY;
const bought = payment({ id: 'ch_0', amount: 1_000, credits: 1_000, currency: 'eur' });
const boughtLater = payment({ id: 'ch_9', capturedAt: T + DAY, amount: 2_000, credits: 1_000 });
const failed = { generations: [generation({ status: 'failed' })], entries: [usage(-48)] };

const cases: [string, RuleId, Partial<Book>, Money | null][] = [
  [
    'its own amount',
    'duplicate-charge',
    { payments: [payment(), payment({ id: 'ch_2', amountRefunded: 900 })] },
    { minor: 4_000, currency: 'usd' },
  ],
  [
    'its credits at the price of the payment',
    'missing-credits',
    {
      payments: [payment({ credits: 3 }), boughtLater],
      entries: [entry({ credits: 1, paymentId: 'ch_1' }), entry({ id: 'le_2', paymentId: 'ch_9' })],
    },
    { minor: 3_266, currency: 'usd' },
  ],
  [
    'a gift at the price of the latest purchase',
    'missing-credits',
    {
      payments: [payment({ amount: 0 }), bought],
      entries: [entry({ credits: 1_000, paymentId: 'ch_0' })],
    },
    { minor: 5_000, currency: 'eur' },
  ],
  [
    'credits of use at the price of the latest purchase',
    'failed-generation-charge',
    { ...failed, payments: [boughtLater, bought] },
    { minor: 96, currency: 'usd' },
  ],
  [
    'not at a price still to come',
    'failed-generation-charge',
    { ...failed, payments: [bought, payment({ createdAt: T, capturedAt: asOf + 1 })] },
    { minor: 48, currency: 'eur' },
  ],
  [
    'not at the price of a failed payment',
    'failed-generation-charge',
    { ...failed, payments: [bought, { ...boughtLater, status: 'failed' }] },
    { minor: 48, currency: 'eur' },
  ],
  ['nothing where nothing was ever bought', 'failed-generation-charge', failed, null],
  [
    'a balance shown too low as much as one too high',
    'balance-mismatch',
    { customer: customer({ reportedBalance: -10, reportedBalanceAt: T }), payments: [bought] },
    { minor: 10, currency: 'eur' },
  ],
  [
    'what is disputed',
    'dispute-open',
    { payments: [payment({ disputeStatus: 'open', amountCaptured: 4_000 })] },
    { minor: 4_000, currency: 'usd' },
  ],
  [
    'what should have been refunded',
    'refund-failed',
    { refunds: [refund({ status: 'failed', amount: 700, currency: 'gbp' })] },
    { minor: 700, currency: 'gbp' },
  ],
  [
    'what is not yet refunded',
    'refund-overdue',
    { refunds: [refund({ status: 'pending', amount: 700 })] },
    { minor: 700, currency: 'usd' },
  ],
  [
    'no money where only an invoice is missing',
    'missing-invoice',
    { payments: [payment()], invoices: [invoice()] },
    null,
  ],
];

describe('money at risk is', () => {
  it.each(cases)('%s', (_, rule, records, expected) => {
    const whole = book(records);
    const { findings } = evaluate(whole, { policies: [], streams: KNOWN }, asOf);
    const finding = findings.find((candidate) => candidate.rule === rule);
    expect(finding).toBeDefined();
    expect(finding && atRisk(finding, whole, asOf)).toEqual(expected);
  });

  it('no money where setups fail', () => {
    const setupAttempts = ['a', 'b', 'c'].map((id) => setupAttempt({ id }));
    const whole = book({ setupAttempts, payments: [bought] });
    const { findings } = evaluate(whole, { policies: [], streams: KNOWN }, T);
    expect(findings.map((finding) => atRisk(finding, whole, T))).toEqual([null]);
  });
});
