import { formatCreditCount } from '#app/domain/money/credits.ts';
import { DAY } from '#app/lib/instant.ts';
import { judgeAdjustment } from '#app/domain/policy/approval-limits.ts';
import { productGuard } from '#app/domain/remedies/product-guard.ts';
import type { AdjustmentContent, HoldContent } from '#app/domain/requests/request.ts';
import type { RemedyGuard, Evaluation } from '#app/domain/remedies/evaluation.ts';
import type {
  EvaluationContext,
  EvaluationSubject,
} from '#app/services/requests/evaluate/load-inputs.ts';
import { adjustmentGuardsFromOthers } from '#app/services/requests/evaluate/other-remedy-guards.ts';
import { sayForgottenCredits } from '#app/services/requests/evaluate/load-forgotten-grants.ts';
import { findCustomerRecord } from '#db/queries/customers/customer-records.ts';
import { creditsAloneSince } from '#db/queries/requests/request-sums.ts';
import type { Read } from '#db/store.ts';
/** Null where the payment or generation that it names is not in this customer's book. */
export async function evaluateAdjustment(
  read: Read,
  draft: AdjustmentContent,
  { balance, limits, at, productSet, ...surveyed }: EvaluationContext,
  { exceptId }: EvaluationSubject,
): Promise<Evaluation | null> {
  const { customerId, credits } = draft;
  const besides = await adjustmentGuardsFromOthers(read, draft, { ...surveyed, exceptId });
  if (besides === null) return null;
  const alone = await creditsAloneSince(read, { customerId, since: at - DAY, exceptId });
  const after = balance + credits;
  return {
    content: draft,
    guards: [
      ...productGuard(productSet, 'credits'),
      balanceGuard(credits, after),
      ...besides,
      ...(await sayForgottenCredits(read, draft, { at, repeatHours: limits.repeatHours })),
    ],
    verdict: judgeAdjustment(limits, draft, alone),
    needsWord: false,
    credits: null,
    seen: null,
    balance: { before: balance, after },
  };
}

const balanceGuard = (credits: number, after: number): RemedyGuard => {
  const holds = credits > 0 || after >= 0;
  const words = holds
    ? `The balance will be ${formatCreditCount(after)}.`
    : `The balance would fall to ${formatCreditCount(after)}: you can’t take more than there is.`;
  return { id: 'balance', field: 'credits', holds, words };
};

/** Holding and letting go need nobody else: neither moves anything. */
export async function evaluateHold(
  read: Read,
  draft: HoldContent,
  { balance, productSet }: EvaluationContext,
): Promise<Evaluation> {
  const held = (await findCustomerRecord(read, draft.customerId))?.generationHold ?? false;
  const change = held !== draft.hold;
  const now = held ? 'Generations are held.' : 'Generations are not held.';
  return {
    content: draft,
    guards: [
      ...productGuard(productSet, 'hold'),
      { id: 'hold', field: 'hold', holds: change, words: now },
    ],
    verdict: {
      kind: 'allowed',
      approvals: 0,
      decidedBy: null,
      words: 'A hold needs no approval.',
    },
    needsWord: false,
    credits: null,
    seen: null,
    balance: { before: balance, after: balance },
  };
}
