import { formatCredits } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import {
  checkReturn,
  checkReturnTaken,
  returnable,
} from '#app/domain/remedies/generation-limits.ts';
import type { GenerationStanding } from '#app/domain/remedies/generation-limits.ts';
import { describeOtherRemedy, sum } from '#app/domain/remedies/other-remedies.ts';
import type { Offer, Suggestion } from '#app/domain/remedies/suggestion.ts';
import {
  checkGrant,
  checkRefund,
  checkRevocation,
  grantable,
  refundableGiven,
} from '#app/domain/remedies/remedy-limits.ts';
import type { PaymentStanding } from '#app/domain/remedies/remedy-limits.ts';
import type { AdjustmentContent, RefundContent } from '#app/domain/requests/request.ts';

/*
 * What is offered for a flag or a row, beside what was done about its record already: each remedy as much
 * as is left of it, and where nothing is left, why.
 */

export interface StandingsOfRecords {
  payments: ReadonlyMap<string, PaymentStanding>;
  generations: ReadonlyMap<string, GenerationStanding>;
}

/** The payments and generations that offers would put right. */
export function recordsOf(offers: readonly Offer[]): { payments: string[]; generations: string[] } {
  const draft = offers.flatMap(({ proposals }) => proposals.map((proposal) => proposal.asked));
  const payments = draft.flatMap((one) =>
    one.kind === 'generation_hold' ? [] : (one.paymentId ?? []),
  );
  const generations = draft.flatMap((one) =>
    one.kind === 'credit_adjustment' ? (one.generationId ?? []) : [],
  );
  return { payments: [...new Set(payments)], generations: [...new Set(generations)] };
}

/** The offer as it can still be asked for. */
export const suggestAlternative = (offer: Offer, standings: StandingsOfRecords): Offer => ({
  ...offer,
  proposals: offer.proposals.map((proposal) => alternativesByStanding(proposal, standings)),
});

function alternativesByStanding(proposal: Suggestion, standings: StandingsOfRecords): Suggestion {
  const { asked } = proposal;
  if (asked.kind === 'generation_hold') return proposal;
  const payment = standings.payments.get(asked.paymentId ?? '');
  if (asked.kind === 'refund')
    return payment === undefined ? proposal : refundAlternative(proposal, asked, payment);
  if (payment !== undefined)
    return creditsAlternative(proposal, asked, roomOfPayment(payment, asked));
  const generation = standings.generations.get(asked.generationId ?? '');
  return generation === undefined
    ? proposal
    : creditsAlternative(proposal, asked, roomOfGeneration(generation, asked));
}

const not = (proposal: Suggestion, disabledReason: string): Suggestion => ({
  ...proposal,
  whyNot: disabledReason,
});

function refundAlternative(
  proposal: Suggestion,
  draft: Omit<RefundContent, 'takeBack'>,
  standing: PaymentStanding,
): Suggestion {
  const left = refundableGiven(standing);
  if (left <= 0) return not(proposal, refundDisabledReason(draft.amount, standing));
  const amount = Math.min(draft.amount, left);
  if (amount === draft.amount) return proposal;
  const label = `Refund ${formatMoney(amount, draft.currency)}…`;
  return { ...proposal, label, asked: { ...draft, amount } };
}

function refundDisabledReason(amount: number, standing: PaymentStanding): string {
  const { others, currency, captured, refunded } = standing;
  const refunding = sum(others, ({ refund }) => refund);
  const open = others.find(({ refund }) => refund > 0);
  if (captured - refunded - refunding > 0)
    return checkRefund(standing, { amount, takeBack: 0 }).words;
  return open
    ? `${describeOtherRemedy(open, currency)}: nothing is left to refund.`
    : 'All of it was refunded.';
}

/** Credits that are left of what is asked, signed as it is; words where none are. */
interface Room {
  left: number;
  words: string;
}

function roomOfPayment(standing: PaymentStanding, { credits, cause }: AdjustmentContent): Room {
  if (credits > 0) return { left: grantable(standing), words: checkGrant(standing, credits).words };
  const check = checkRevocation(standing, -credits, cause === 'excess_credits');
  return { left: check.holds ? credits : 0, words: check.words };
}

function roomOfGeneration(
  standing: GenerationStanding,
  { credits, cause }: AdjustmentContent,
): Room {
  if (credits > 0)
    return {
      left: returnable(standing, cause),
      words: checkReturn(standing, credits, cause).words,
    };
  const check = checkReturnTaken(standing, -credits, cause);
  return { left: check.holds ? credits : 0, words: check.words };
}

function creditsAlternative(
  proposal: Suggestion,
  draft: AdjustmentContent,
  { left, words }: Room,
): Suggestion {
  if (left === 0) return not(proposal, words);
  const credits = draft.credits > 0 ? Math.min(draft.credits, left) : draft.credits;
  if (credits === draft.credits) return proposal;
  const label = proposal.label.replace(/[\d,]+$/, formatCredits(credits));
  return { ...proposal, label, asked: { ...draft, credits } };
}

/** Which of two remedies of one record are the same to the customer, whoever finds it wrong. */
const wayOf = ({ asked }: Suggestion): string =>
  asked.kind === 'credit_adjustment'
    ? `${asked.credits > 0 ? 'give' : 'take'} ${asked.paymentId} ${asked.generationId}`
    : asked.kind === 'refund'
      ? `refund ${asked.paymentId}`
      : asked.kind;

/**
 * The remedies of several findings of one record, each way once: in the order of the findings, and of two
 * that are the same the one that its finding asks for first.
 */
export function alternativesOf(offers: readonly (Offer | null)[]): Suggestion[] {
  const ways = new Map<string, Suggestion>();
  for (const proposal of offers.flatMap((offer) => offer?.proposals ?? [])) {
    const known = ways.get(wayOf(proposal));
    const better = known?.emphasis === 'other' && proposal.emphasis === 'main';
    if (known === undefined || better) ways.set(wayOf(proposal), proposal);
  }
  return [...ways.values()];
}
