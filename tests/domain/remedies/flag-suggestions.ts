import type { Book } from '#app/domain/book/book.ts';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import type { KnownRemedies } from '#app/domain/remedies/suggest-for-flag.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import { expect } from 'vitest';
import {
  T,
  entry,
  generation,
  payment,
  refund,
  subscription,
  usage,
} from '#tests/factories/account.ts';

interface Case {
  name: string;
  rule: RuleId;
  records: Partial<Book>;
  asOf?: number;
  beside?: KnownRemedies;
  /** The labels; `*` marks the main one. */
  offers: string[];
  asks: Record<string, unknown>[];
}

const two = [payment(), payment({ id: 'ch_2', capturedAt: T + 2 * MINUTE })];
const grants = [entry({ paymentId: 'ch_1' }), entry({ id: 'le_2', paymentId: 'ch_2' })];
const failed = generation({ status: 'failed' });

/** What is offered for what each rule finds in a small book; a day later, where nothing else is said. */
export const OFFERS: Case[] = [
  {
    name: 'credits that never came',
    rule: 'missing-credits',
    records: { payments: [payment()] },
    offers: ['* Grant 5,000', 'Refund $49.00…'],
    asks: [
      {
        ...{ kind: 'credit_adjustment', credits: 5_000, cause: 'missing_credits' },
        ...{ paymentId: 'ch_1', generationId: null, evidence: ['payment:ch_1'] },
      },
      {
        ...{ kind: 'refund', paymentId: 'ch_1', amount: 4_900, currency: 'usd' },
        ...{ ground: 'technical_issue', creditChoice: 'keep' },
      },
    ],
  },
  {
    name: 'credits that came in part, of a payment refunded in part',
    rule: 'missing-credits',
    records: {
      payments: [payment({ amountCaptured: 4_900, amountRefunded: 900 })],
      entries: [entry({ paymentId: 'ch_1', credits: 1_000 })],
    },
    offers: ['* Grant 3,081', 'Refund $40.00…'],
    asks: [{ credits: 3_081 }, { amount: 4_000, creditChoice: 'take_back_unspent' }],
  },
  {
    name: 'credits of a payment of nothing: no refund',
    rule: 'missing-credits',
    records: { payments: [payment({ amount: 0 })] },
    offers: ['* Grant 5,000'],
    asks: [{ credits: 5_000 }],
  },
  {
    name: 'a duplicate that brought nothing',
    rule: 'duplicate-charge',
    records: { payments: two, entries: grants.slice(0, 1) },
    asOf: T + HOUR,
    offers: ['* Refund $49.00…'],
    asks: [
      {
        ...{ paymentId: 'ch_2', amount: 4_900, ground: 'duplicate_charge', creditChoice: 'keep' },
        evidence: ['payment:ch_2', 'payment:ch_1'],
      },
    ],
  },
  {
    name: 'a duplicate that brought its credits where the first brought none',
    rule: 'duplicate-charge',
    records: { payments: two, entries: grants.slice(1) },
    offers: ['* Refund $49.00…'],
    asks: [{ paymentId: 'ch_2', creditChoice: 'take_back_unspent' }],
  },
  {
    name: 'a possible duplicate, if the customer says so',
    rule: 'duplicate-charge',
    records: { payments: two, entries: grants },
    offers: ['* Refund $49.00…'],
    asks: [
      {
        ...{ ground: 'duplicate_charge', creditChoice: 'take_back_unspent' },
        reason: expect.stringMatching(
          /^Possible duplicate: .* Refund only if the customer said that /,
        ),
      },
    ],
  },
  {
    name: 'a failed generation',
    rule: 'failed-generation-charge',
    records: { generations: [failed], entries: [usage(-48), usage(24)] },
    offers: ['* Return 24'],
    asks: [
      {
        ...{ credits: 24, cause: 'failed_generation', generationId: 'gen_1', paymentId: null },
        evidence: ['generation:gen_1', 'ledgerEntry:le_use-48', 'ledgerEntry:le_use24'],
      },
    ],
  },
  {
    name: 'an overcharged generation: what was too much',
    rule: 'overcharged-generation',
    records: { generations: [generation()], entries: [usage(-60)] },
    offers: ['* Return 12'],
    asks: [{ credits: 12, cause: 'overcharged_generation', generationId: 'gen_1' }],
  },
  {
    name: 'a negative balance',
    rule: 'negative-balance',
    records: { entries: [usage(-948)], generations: [generation()] },
    offers: ['* Set right +948', 'Hold generations'],
    asks: [
      {
        ...{ credits: 948, cause: 'negative_balance', flagId: 'flg_1', paymentId: null },
        evidence: ['customer:org_1', 'generation:gen_1'],
      },
      {
        ...{ kind: 'generation_hold', hold: true, flagId: null },
        reason: expect.stringMatching(/Do not generate until resolved\.$/),
      },
    ],
  },
  {
    name: 'a negative balance whose generations are held',
    rule: 'negative-balance',
    records: { entries: [usage(-948)] },
    beside: { held: true },
    offers: ['* Set right +948'],
    asks: [{ credits: 948 }],
  },
  {
    name: 'a charge after the end',
    rule: 'charge-after-cancellation',
    records: {
      payments: [
        payment({ ...{ purpose: 'renewal', subscriptionId: 'sub_1' }, amountRefunded: 900 }),
      ],
      subscriptions: [subscription({ endedAt: T - DAY })],
    },
    offers: ['* Refund $40.00…'],
    asks: [
      {
        ...{ paymentId: 'ch_1', amount: 4_000, ground: 'charge_after_cancellation' },
        creditChoice: 'take_back_unspent',
        evidence: ['payment:ch_1', 'subscription:sub_1'],
      },
    ],
  },
  {
    name: 'too many credits',
    rule: 'excess-credits',
    records: { payments: [payment()], entries: [entry({ paymentId: 'ch_1', credits: 6_000 })] },
    offers: ['* Revoke 1,000'],
    asks: [{ credits: -1_000, cause: 'excess_credits', paymentId: 'ch_1', generationId: null }],
  },
  {
    name: 'too much given back',
    rule: 'excess-return',
    records: { generations: [failed], entries: [usage(-24), usage(48)] },
    offers: ['* Take back 24'],
    asks: [{ credits: -24, cause: 'excess_credits', generationId: 'gen_1', paymentId: null }],
  },
  {
    name: 'credits kept after a refund',
    rule: 'credits-kept-after-refund',
    records: {
      payments: [payment({ amountRefunded: 4_900, refundedAt: T })],
      entries: grants.slice(0, 1),
    },
    asOf: T + 2 * DAY,
    offers: ['* Revoke 5,000'],
    asks: [{ credits: -5_000, cause: 'excess_credits', paymentId: 'ch_1' }],
  },
  {
    name: 'a refund that failed, in its currency',
    rule: 'refund-failed',
    records: { refunds: [refund({ status: 'failed', currency: 'jpy' })] },
    offers: ['* Refund ¥4,900…'],
    asks: [
      {
        ...{ paymentId: 'ch_1', amount: 4_900, currency: 'jpy', ground: 'other' },
        ...{ creditChoice: 'take_back_unspent', evidence: ['refund:re_1', 'payment:ch_1'] },
      },
    ],
  },
  {
    name: 'a refund that failed, as it was requested before',
    rule: 'refund-failed',
    records: { refunds: [refund({ status: 'failed' })] },
    beside: { failedRefund: { ground: 'duplicate_charge', creditChoice: 'keep' } },
    offers: ['* Refund $49.00…'],
    asks: [{ ground: 'duplicate_charge', creditChoice: 'keep' }],
  },
];
