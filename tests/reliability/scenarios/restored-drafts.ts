import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';

/* What is asked for the nth customer of a restored console. */

export const refundOf = (n: number): RemedyDraft => ({
  ...{ kind: 'refund', customerId: `org_${n}`, reason: 'Charged twice.' },
  ...{ evidence: [`payment:ch_${n}`] },
  ...{ flagId: null, paymentId: `ch_${n}`, amount: 1_000, currency: 'usd' },
  ...{ ground: 'duplicate_charge', creditChoice: 'keep' },
});
export const creditsOf = (n: number): RemedyDraft => ({
  ...{ kind: 'credit_adjustment', customerId: `org_${n}`, reason: 'They never came.' },
  ...{ evidence: [`payment:ch_${n}`], flagId: null, credits: 1_000, cause: 'missing_credits' },
  ...{ paymentId: `ch_${n}`, generationId: null },
});
