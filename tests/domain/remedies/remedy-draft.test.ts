import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_EVIDENCE, formOf } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { remedyDraftSchema } from '#app/domain/remedies/remedy-draft-schema.ts';
import { ADJUSTMENT_CAUSES, CREDIT_CHOICES, REFUND_GROUNDS } from '#app/domain/requests/request.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import { readAsForm } from '#tests/support/remedy-form.ts';
const id = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' });
const count = fc.integer({ min: 1, max: 999_999_999_999 });
const ref = fc
  .tuple(fc.constantFrom('payment', 'generation', 'ledgerEntry', 'customer'), id)
  .map(([type, record]): RecordRef => `${type}:${record}`);
const shared = {
  customerId: id,
  // What surrounds a reason is not kept.
  reason: fc
    .string({ minLength: 1, maxLength: 200, unit: 'grapheme' })
    .map((text) => `Why: ${text}.`),
  evidence: fc.array(ref, { maxLength: MOST_EVIDENCE }),
  flagId: fc.option(id),
};
const asked: fc.Arbitrary<RemedyDraft> = fc.oneof(
  fc.record({
    kind: fc.constant('refund' as const),
    ...shared,
    paymentId: id,
    amount: count,
    currency: fc.constantFrom('usd', 'jpy', 'kwd'),
    ground: fc.constantFrom(...REFUND_GROUNDS),
    creditChoice: fc.constantFrom(...CREDIT_CHOICES),
  }),
  fc.record({
    kind: fc.constant('credit_adjustment' as const),
    ...shared,
    credits: fc.tuple(count, fc.boolean()).map(([n, taken]) => (taken ? -n : n)),
    cause: fc.constantFrom(...ADJUSTMENT_CAUSES),
    paymentId: fc.option(id),
    generationId: fc.option(id),
  }),
  fc.record({ kind: fc.constant('generation_hold' as const), ...shared, hold: fc.boolean() }),
);

describe('what is asked, as a form', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(asked, (one) => {
        expect(readAsForm(one)).toEqual(one);
      }),
    );
  });

  it('carries amounts as digits, nothing as an empty field and evidence as a field for each', () => {
    const one: RemedyDraft = {
      ...{ kind: 'credit_adjustment', customerId: 'org_1', reason: 'Too many.', flagId: null },
      ...{ evidence: ['payment:ch_1', 'ledgerEntry:le_1'], credits: -24, cause: 'excess_credits' },
      ...{ paymentId: 'ch_1', generationId: null },
    };
    expect(formOf(one)).toEqual({
      kind: 'credit_adjustment',
      customerId: 'org_1',
      reason: 'Too many.',
      evidence: ['payment:ch_1', 'ledgerEntry:le_1'],
      flagId: '',
      credits: '-24',
      cause: 'excess_credits',
      paymentId: 'ch_1',
      generationId: '',
    });
  });

  it.each(['yes', '', 'TRUE', 'on'])('does not take %j for a hold or a release', (hold) => {
    const form = { kind: 'generation_hold', customerId: 'org_1', reason: 'x', flagId: '', hold };
    expect(remedyDraftSchema.safeParse(form).success).toBe(false);
    expect(remedyDraftSchema.safeParse({ ...form, hold: 'false' }).data).toMatchObject({
      hold: false,
    });
  });
});
