import { describe, expect, it } from 'vitest';
import { AccountView } from '#app/domain/book/account-view.ts';
import type { Book, StreamsKnown } from '#app/domain/book/book.ts';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { DEFAULT_POLICY } from '#app/domain/policy/policy.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import { ruleById } from '#app/domain/rules/registry.ts';
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
  subscription,
  usage,
} from '#tests/factories/account.ts';

const nextCheck = (records: Partial<Book>, asOf: Instant): Instant | null =>
  evaluate(book(records), { policies: [], streams: KNOWN }, asOf).nextCheck;

const invoiced = [invoice({ paymentIds: ['ch_1'] })];
const granted = [entry({ paymentId: 'ch_1' })];
const renewal = payment({
  purpose: 'renewal',
  credits: null,
  subscriptionId: 'sub_1',
  periodStart: T,
});
const failed = (id: string, createdAt: Instant) =>
  payment({ id, status: 'failed', createdAt, capturedAt: null });

const checkOfDuplicate = (secondProduct: string): Instant | null => {
  const records = book({
    payments: [payment(), payment({ id: 'ch_2', product: secondProduct })],
    entries: granted,
  });
  return ruleById('duplicate-charge').nextCheck(new AccountView(records, [], KNOWN, T));
};

const waits = (streams: Partial<StreamsKnown>) =>
  evaluate(
    book({
      payments: [payment({ id: 'b', capturedAt: T + 9 }), payment({ id: 'a', product: 'x' })],
    }),
    { policies: [], streams: { ...KNOWN, ...streams } },
    T + DAY,
  ).waits;

describe('nextCheck', () => {
  it.each<[string, Partial<Book>, Instant, Instant | null]>([
    [
      'never, where nothing waits',
      { payments: [payment()], entries: granted, invoices: invoiced },
      T,
      null,
    ],
    ['the end of the grace of credits', { payments: [payment()] }, T, T + 15 * MINUTE],
    [
      'then the end of the grace of the invoice',
      { payments: [payment()] },
      T + 15 * MINUTE,
      T + 2 * HOUR,
    ],
    ['then never', { payments: [payment()] }, T + 2 * HOUR, null],
    [
      'an entry that comes',
      { payments: [payment()], invoices: invoiced, entries: [entry({ occurredAt: T + 7 })] },
      T,
      T + 7,
    ],
    [
      'a capture that comes',
      { payments: [payment({ createdAt: T, capturedAt: T + 9 })] },
      T,
      T + 9,
    ],
    [
      'a refund that comes',
      { payments: [payment({ refundedAt: T + 9 })], invoices: invoiced, entries: granted },
      T,
      T + 9,
    ],
    [
      'a generation that ends',
      { generations: [generation({ status: 'failed' })], entries: [usage(-48)] },
      T,
      T + MINUTE,
    ],
    [
      'the end of its grace',
      { generations: [generation({ status: 'failed' })], entries: [usage(-48)] },
      T + MINUTE,
      T + 6 * MINUTE,
    ],
    [
      'not for one that cost nothing',
      { generations: [generation({ status: 'failed' })] },
      T + MINUTE,
      null,
    ],
    [
      'the end of a subscription that is still paid for',
      {
        subscriptions: [subscription({ cancelAt: T + DAY })],
        payments: [renewal],
        invoices: invoiced,
      },
      T,
      T + DAY,
    ],
    [
      'not the end of one that is not',
      { subscriptions: [subscription({ cancelAt: T + DAY })] },
      T,
      null,
    ],
    [
      'the start of a paid period',
      {
        subscriptions: [subscription({ endedAt: T })],
        payments: [{ ...renewal, periodStart: T + DAY }],
        invoices: invoiced,
      },
      T,
      T + DAY,
    ],
    [
      'a millisecond after a refund is due',
      { refunds: [refund({ status: 'pending' })] },
      T,
      T + 14 * DAY + 1,
    ],
    [
      'the time to take credits back',
      {
        payments: [payment({ amountRefunded: 4_900, refundedAt: T })],
        entries: granted,
        invoices: invoiced,
      },
      T,
      T + DAY,
    ],
    [
      'the tolerance of a reported balance',
      { customer: customer({ reportedBalance: 1, reportedBalanceAt: T }) },
      T,
      T + 2 * MINUTE,
    ],
    [
      'a millisecond after the first failure leaves the window',
      { payments: [failed('a', T - 2), failed('b', T - 1), failed('c', T)] },
      T,
      T - 2 + DAY + 1,
    ],
    [
      'so with setups',
      { setupAttempts: [setupAttempt(), setupAttempt({ id: 'b' }), setupAttempt({ id: 'c' })] },
      T,
      T + DAY + 1,
    ],
    [
      'not for a run too short to tell',
      { setupAttempts: [setupAttempt(), setupAttempt({ id: 'b' })] },
      T,
      null,
    ],
    ['the customer record itself', { customer: customer({ createdAt: T + 5 }) }, T, T + 5],
  ])('is %s', (_, records, asOf, expected) => {
    expect(nextCheck(records, asOf)).toBe(expected);
  });

  it('of a possible duplicate is when its credits turn out to be missing', () => {
    expect(checkOfDuplicate('pack_5000')).toBe(T + 15 * MINUTE);
    expect(checkOfDuplicate('pack_of_another_kind')).toBeNull();
  });

  it('is the next version of the policy', () => {
    const policies = [T - 5, T + 5, T + 9].map((appliesFrom) => ({
      appliesFrom,
      policy: DEFAULT_POLICY,
    }));
    expect(evaluate(book(), { policies, streams: KNOWN }, T).nextCheck).toBe(T + 5);
  });
});

describe('waits', () => {
  it('are the least that each stream must be known to', () => {
    expect(waits({ ledger: null, invoices: T })).toEqual({
      ledger: T + 15 * MINUTE,
      invoices: T + 2 * HOUR,
    });
  });

  it('are of what is still undecided', () => {
    expect(waits({ ledger: T + 15 * MINUTE })).toEqual({
      ledger: T + 15 * MINUTE + 9,
      invoices: null,
    });
  });
});

describe('findings', () => {
  it('stand in the order of the rules, then of their subjects by code point', () => {
    const ids = ['😀', 'ﬁ', 'b', 'a'];
    const { findings } = evaluate(
      book({ payments: ids.map((id) => payment({ id, product: id, disputeStatus: 'open' })) }),
      { policies: [], streams: KNOWN },
      T + DAY,
    );
    const inOrder = ['a', 'b', 'ﬁ', '😀'];
    expect(findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(
      ['missing-credits', 'missing-invoice', 'dispute-open'].flatMap((rule) =>
        inOrder.map((id) => `${rule} payment:${id}`),
      ),
    );
  });
});
