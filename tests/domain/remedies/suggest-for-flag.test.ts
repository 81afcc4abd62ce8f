import { describe, expect, it } from 'vitest';
import { flagMessage } from '#app/domain/flags/messages/flag-message.ts';
import type { Book } from '#app/domain/book/book.ts';
import { flagFinding } from '#app/domain/flags/flag-finding.ts';
import { DAY } from '#app/lib/instant.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { suggestForFlag } from '#app/domain/remedies/suggest-for-flag.ts';
import type { FlagToRemedy } from '#app/domain/remedies/suggest-for-flag.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import { RULE_IDS } from '#app/domain/rules/rule.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import { CASES } from '#tests/domain/flags/flag-message-cases.ts';
import { OFFERS } from '#tests/domain/remedies/flag-suggestions.ts';
import { T, book, payment, refund } from '#tests/factories/account.ts';
import { readAsForm } from '#tests/support/remedy-form.ts';
import { KNOWN } from '#tests/support/rule-cases.ts';

/** What the rule finds in a small book, as the page has it. */
function flagOf(rule: RuleId, records: Partial<Book>, asOf: number): FlagToRemedy {
  const all = book(records);
  const { findings } = evaluate(all, { policies: [], streams: KNOWN }, asOf);
  const finding = findings.find((one) => one.rule === rule);
  if (finding === undefined) throw new Error(`${rule} finds nothing`);
  return { ...flagFinding(finding, all, asOf), id: 'flg_1', sentence: flagMessage(finding, asOf) };
}

describe('for a flag there is offered', () => {
  it.each(OFFERS)('$name', ({ rule, records, asOf = T + DAY, beside, offers, asks }) => {
    const flag = flagOf(rule, records, asOf);
    const { proposals, whyNone } = suggestForFlag(flag, beside);
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
    for (const { asked } of suggestForFlag(flag).proposals) {
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
      const { proposals, whyNone } = suggestForFlag(flagOf(rule, records, asOf));
      expect(proposals.length > 0, rule).toBe(!WITHOUT.includes(rule));
      expect(whyNone === null, rule).toBe(proposals.length > 0);
      for (const { asked } of proposals) expect(readAsForm(asked)).toEqual(asked);
      seen.add(rule);
    }
    expect([...seen].toSorted()).toEqual(RULE_IDS.toSorted());
  });

  it.each(WITHOUT)('that nothing requested here puts right says what does: %s', (rule) => {
    const known = CASES.find((one) => one.rule === rule);
    const { whyNone } = suggestForFlag(flagOf(rule, known?.records ?? {}, known?.asOf ?? T));
    expect(whyNone).toMatch(/^[A-Z].{20,110}\.$/);
  });
});

describe('a flag', () => {
  const flag = flagOf('missing-credits', { payments: [payment()] }, T + DAY);
  const asked = (change: Partial<FlagToRemedy>): RemedyDraft[] =>
    suggestForFlag({ ...flag, ...change }).proposals.map((one) => one.asked);

  it('found this moment is requested under no flag', () => {
    expect(asked({ id: null })).toMatchObject([{ flagId: null }, { flagId: null }]);
  });

  it('with much evidence gives its subject first, each once and forty at most', () => {
    const many = Array.from({ length: 60 }, (_, i) => `ledgerEntry:le_${i}` as const);
    const [first] = asked({
      evidence: [...many.slice(0, 3), 'payment:ch_1', 'page1:nonsense', ...many],
    });
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
    ['results than a form carries', { credits: 1e12, facts: {} }],
    ['in no currency', { credits: null, facts: { amount: 1, refunded: 0, currency: '' } }],
  ])('%s proposes nothing and says where else', (_, change) => {
    const offer = suggestForFlag({ ...flag, ...change });
    expect(offer.proposals).toEqual([]);
    expect(offer.whyNone).toContain('row');
  });

  it('of a failed refund whose payment is not told proposes nothing', () => {
    const lost = flagOf('refund-failed', { refunds: [refund({ status: 'failed' })] }, T + DAY);
    expect(suggestForFlag({ ...lost, evidence: ['refund:re_1'] }).proposals).toEqual([]);
  });
});
