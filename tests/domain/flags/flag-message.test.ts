import { describe, expect, it } from 'vitest';
import { flagMessage } from '#app/domain/flags/messages/flag-message.ts';
import { HOUR } from '#app/lib/instant.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import { CASES } from '#tests/domain/flags/flag-message-cases.ts';
import { KNOWN } from '#tests/support/rule-cases.ts';
import { T, book } from '#tests/factories/account.ts';

describe('the sentence', () => {
  it.each(CASES)('$rule: $says', ({ rule, records, asOf, says, added = {} }) => {
    const { findings } = evaluate(book(records), { policies: [], streams: KNOWN }, asOf);
    const finding = findings.find((candidate) => candidate.rule === rule);
    expect(finding).toBeDefined();
    expect(
      finding && flagMessage({ ...finding, facts: { ...finding.facts, ...added } }, asOf),
    ).toBe(says);
  });

  it('cuts what the product says at sixty characters, on one line', () => {
    const told = {
      rule: 'failed-generation-charge',
      confidence: 'confirmed',
      credits: 1,
      since: T,
      facts: { kind: 'image', error: `out\nof ${'memory '.repeat(2_000)}` },
    } as const;
    const said = flagMessage(told, T);
    expect(said).toContain('(out of memory memory');
    expect(said).toContain('…)');
    expect(said.length).toBeLessThan(120);
  });

  it('is made of a stored flag as of a finding', () => {
    const flag = {
      rule: 'duplicate-charge',
      confidence: 'possible',
      credits: null,
      amount: 500,
      currency: 'eur',
      since: T,
      facts: { apartMs: 90_000 },
    } as const;
    expect(flagMessage(flag, T + HOUR)).toContain(
      '€5.00 charged 1 hour ago, 1 minute 30 seconds after',
    );
  });
});
