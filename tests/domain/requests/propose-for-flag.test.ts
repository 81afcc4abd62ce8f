import { describe, expect, it } from 'vitest';
import { sentence } from '#app/domain/article/sentence.ts';
import type { Book } from '#app/domain/book/book.ts';
import { flagFinding } from '#app/domain/flags/flag-finding.ts';
import { DAY, HOUR, MINUTE } from '#app/domain/instant.ts';
import type { Asked } from '#app/domain/requests/asked.ts';
import { proposeForFlag } from '#app/domain/requests/propose-for-flag.ts';
import type { FlagToRemedy, KnownBeside } from '#app/domain/requests/propose-for-flag.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import { RULE_IDS } from '#app/domain/rules/rule.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import { CASES } from '#tests/domain/article/sentence-cases.ts';
import {
  T,
  book,
  entry,
  generation,
  payment,
  refund,
  subscription,
  usage,
} from '#tests/factories/account.ts';
import { readAsForm } from '#tests/support/asked-form.ts';
import { KNOWN } from '#tests/support/rule-cases.ts';

/** What the rule finds in a small book, as the page has it. */
function flagOf(rule: RuleId, records: Partial<Book>, asOf: number): FlagToRemedy {
  const all = book(records);
  const { findings } = evaluate(all, { policies: [], streams: KNOWN }, asOf);
  const finding = findings.find((one) => one.rule === rule);
  if (finding === undefined) throw new Error(`${rule} finds nothing`);
  return { ...flagFinding(finding, all, asOf), id: 'flg_1', sentence: sentence(finding, asOf) };
}

interface Case {
  name: string;
  rule: RuleId;
  records: Partial<Book>;
  asOf?: number;
  beside?: KnownBeside;
  /** Labels, the main one first and marked. */
  offers: string[];
  asks: Record<string, unknown>[];
}

const two = [payment(), payment({ id: 'ch_2', capturedAt: T + 2 * MINUTE })];
const grants = [entry({ paymentId: 'ch_1' }), entry({ id: 'le_2', paymentId: 'ch_2' })];
const failed = generation({ status: 'failed' });

const OFFERS: Case[] = [
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
          /^Possible duplicate: .* Only to be refunded if the customer has said that /,
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
    name: 'a refund that failed, as it was asked for before',
    rule: 'refund-failed',
    records: { refunds: [refund({ status: 'failed' })] },
    beside: { failedRefund: { ground: 'duplicate_charge', creditChoice: 'keep' } },
    offers: ['* Refund $49.00…'],
    asks: [{ ground: 'duplicate_charge', creditChoice: 'keep' }],
  },
];

describe('for a flag there is offered', () => {
  it.each(OFFERS)('$name', ({ rule, records, asOf = T + DAY, beside, offers, asks }) => {
    const flag = flagOf(rule, records, asOf);
    const { proposals, whyNone } = proposeForFlag(flag, beside);
    expect(whyNone).toBeNull();
    const marked = proposals.map(
      ({ label, emphasis }) => `${emphasis === 'main' ? '* ' : ''}${label}`,
    );
    expect(marked).toEqual(offers);
    expect(proposals.map(({ asked }) => asked)).toMatchObject(
      asks.map((ask) => ({ customerId: 'org_1', ...ask })),
    );
    for (const { asked } of proposals) expect(readAsForm(asked)).toEqual(asked);
  });

  it.each(OFFERS)('its own sentence as reason and its own id: $name', ({ rule, records, asOf }) => {
    const flag = flagOf(rule, records, asOf ?? T + DAY);
    for (const { asked } of proposeForFlag(flag).proposals) {
      expect(asked.reason.startsWith(flag.sentence)).toBe(true);
      expect(asked.evidence[0]).toBe(flag.subject);
      if (asked.kind !== 'generation_hold') expect(asked.flagId).toBe('flg_1');
    }
  });
});

const WITHOUT: RuleId[] = [
  'balance-mismatch',
  'ledger-gap',
  'second-subscription',
  'missing-invoice',
  'dispute-open',
  'refund-overdue',
  'payments-failing',
  'card-setup-failing',
];

describe('every rule', () => {
  it('has its case, and each of the cases a remedy that a form carries or a word why none', () => {
    const seen = new Set<RuleId>();
    for (const { rule, records, asOf } of CASES) {
      const { proposals, whyNone } = proposeForFlag(flagOf(rule, records, asOf));
      expect(proposals.length > 0, rule).toBe(!WITHOUT.includes(rule));
      expect(whyNone === null, rule).toBe(proposals.length > 0);
      for (const { asked } of proposals) expect(readAsForm(asked)).toEqual(asked);
      seen.add(rule);
    }
    expect([...seen].toSorted()).toEqual(RULE_IDS.toSorted());
  });

  it.each(WITHOUT)('that nothing asked for here puts right says what does: %s', (rule) => {
    const known = CASES.find((one) => one.rule === rule);
    const { whyNone } = proposeForFlag(flagOf(rule, known?.records ?? {}, known?.asOf ?? T));
    expect(whyNone).toMatch(/^[A-Z].{20,110}\.$/);
  });
});

describe('a flag', () => {
  const flag = flagOf('missing-credits', { payments: [payment()] }, T + DAY);
  const asked = (change: Partial<FlagToRemedy>): Asked[] =>
    proposeForFlag({ ...flag, ...change }).proposals.map((one) => one.asked);

  it('found this moment is asked for under no flag', () => {
    expect(asked({ id: null })).toMatchObject([{ flagId: null }, { flagId: null }]);
  });

  it('with much evidence gives its subject first, each once and forty at most', () => {
    const many = Array.from({ length: 60 }, (_, i) => `ledgerEntry:le_${i}` as const);
    const [first] = asked({ evidence: [...many.slice(0, 3), 'payment:ch_1', 'nonsense', ...many] });
    expect(first?.evidence).toEqual(['payment:ch_1', ...many.slice(0, 39)]);
  });

  it('with a long sentence gives a reason of five hundred characters, none of them halved', () => {
    const [first] = asked({ sentence: `${'a'.repeat(498)}🙂🙂` });
    expect(first?.reason).toBe(`${'a'.repeat(498)}…`);
    expect(asked({ sentence: 'b'.repeat(500) })[0]?.reason).toBe('b'.repeat(500));
    for (const one of asked({ sentence: 'c '.repeat(900) })) {
      expect(one.reason.length).toBeLessThanOrEqual(500);
      expect(readAsForm(one)).toEqual(one);
    }
  });

  it.each<[string, Partial<FlagToRemedy>]>([
    ['kept without its figures', { credits: null, facts: {} }],
    ['of more than a form carries', { credits: 1e12, facts: {} }],
    ['in no currency', { credits: null, facts: { amount: 1, refunded: 0, currency: '' } }],
  ])('%s proposes nothing and says where else', (_, change) => {
    const offer = proposeForFlag({ ...flag, ...change });
    expect(offer.proposals).toEqual([]);
    expect(offer.whyNone).toContain('row');
  });

  it('of a failed refund whose payment is not told proposes nothing', () => {
    const lost = flagOf('refund-failed', { refunds: [refund({ status: 'failed' })] }, T + DAY);
    expect(proposeForFlag({ ...lost, evidence: ['refund:re_1'] }).proposals).toEqual([]);
  });
});
