import { validateDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { conflict, invalid, notFound, unavailable } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import { guardsOfAsking } from '#app/domain/remedies/product-guard.ts';
import { obstaclesByField } from '#app/domain/remedies/evaluation.ts';
import type { Evaluation } from '#app/domain/remedies/evaluation.ts';
import { sendingHeldMessage } from '#app/domain/restore/labels.ts';
import { DAY } from '#app/lib/instant.ts';
import { balanceAt, creditsBetween } from '#app/services/ledger/ledger-balance.ts';
import { repeatError } from '#app/services/requests/evaluate/repeat-guard.ts';
import { evidenceError } from '#app/services/requests/evaluate/check-evidence.ts';
import type {
  EvaluationContext,
  EvaluationInputs,
  EvaluationSubject,
} from '#app/services/requests/evaluate/load-inputs.ts';
import {
  evaluateAdjustment,
  evaluateHold,
} from '#app/services/requests/evaluate/evaluate-adjustment.ts';
import { evaluateRefund } from '#app/services/requests/evaluate/evaluate-refund.ts';
import { findAccounts } from '#db/queries/book/accounts.ts';
import { findFlag } from '#db/queries/flags/flags.ts';
import { creditsBeingClawedBack } from '#db/queries/requests/request-sums.ts';
import { heldSince } from '#db/queries/deployment/restorations.ts';
import { findOpenDuplicate } from '#db/queries/requests/requests.ts';
import type { Read } from '#db/store.ts';
/** By how much the product's clock may go ahead of ours. */
const CLOCKS_APART = DAY;

export type EvaluationResult = { ok: true; weighed: Evaluation } | Refused;

/**
 * Looks at a remedy from all sides: the book, Stripe, what others have asked for, the policy. Writes
 * nothing; within a write it sees what that write would meet. A refusal says that there is nothing to be
 * weighed; what stands in the way is in the guards.
 */
export async function evaluateRequest(
  read: Read,
  draft: RemedyDraft,
  inputs: EvaluationInputs,
  subject: EvaluationSubject,
): Promise<EvaluationResult> {
  const { customerId, flagId } = draft;
  const held = await heldSince(read);
  if (held !== null) return unavailable(sendingHeldMessage(held));
  if ((await findAccounts(read, [customerId])).length === 0) {
    return notFound('Customer not found.');
  }
  const faults = validateDraft(draft);
  if (Object.keys(faults).length > 0) return invalid(faults);
  if (flagId !== null && (await findFlag(read, flagId))?.customerId !== customerId) {
    return invalid({ flagId: 'This customer has no such flag.' });
  }
  const evaluation = await evaluateKind(
    read,
    draft,
    await createContext(read, draft, inputs, subject),
    subject,
  );
  if (evaluation === null) {
    return invalid({ [namedBy(draft)]: 'This customer has no such record.' });
  }
  return (await evidenceError(read, draft)) ?? { ok: true, weighed: evaluation };
}

async function createContext(
  read: Read,
  { customerId }: RemedyDraft,
  inputs: EvaluationInputs,
  { exceptId }: EvaluationSubject,
): Promise<EvaluationContext> {
  const at = inputs.now();
  // What the product has dated ahead of our clock is gone all the same; what it has given is not there yet.
  const ahead = await creditsBetween(read, customerId, at, at + CLOCKS_APART);
  const inLedger = (await balanceAt(read, customerId, at)) + Math.min(0, ahead);
  const leaving = await creditsBeingClawedBack(read, { customerId, exceptId });
  return { ...inputs, at, balance: inLedger - leaving };
}

const namedBy = (draft: RemedyDraft): string =>
  draft.kind === 'credit_adjustment' && draft.generationId !== null ? 'generationId' : 'paymentId';

function evaluateKind(
  read: Read,
  draft: RemedyDraft,
  context: EvaluationContext,
  subject: EvaluationSubject,
): Promise<Evaluation | null> {
  switch (draft.kind) {
    case 'refund':
      return evaluateRefund(read, draft, context, subject);
    case 'credit_adjustment':
      return evaluateAdjustment(read, draft, context, subject);
    case 'generation_hold':
      return evaluateHold(read, draft, context);
  }
}

/** Why a remedy cannot be asked for, or null. An open request for the same thing goes before all else. */
export async function blockingError(
  read: Read,
  evaluation: Evaluation,
  inputs: EvaluationInputs,
  exceptId: string | null,
): Promise<Refused | null> {
  const { content, guards, verdict } = evaluation;
  const duplicate = await findOpenDuplicate(read, content, exceptId);
  if (duplicate !== null) {
    return conflict('This was already requested. See the open request.', {
      otherId: duplicate.id,
    });
  }
  const inTheWay = guards.find(({ holds, otherId }) => !holds && typeof otherId === 'string');
  if (inTheWay) return conflict(inTheWay.words, { otherId: inTheWay.otherId ?? null });
  const obstacles = obstaclesByField(guardsOfAsking(evaluation));
  const isPossible = Object.keys(obstacles).length === 0 && verdict.kind === 'allowed';
  const repeat = await repeatError(read, content, inputs, { exceptId, isPossible });
  if (repeat !== null) return repeat;
  if (content.kind === 'refund' && inputs.charge?.kind === 'unreadable') {
    return unavailable(`Stripe can’t be reached: ${inputs.charge.words}`);
  }
  if (Object.keys(obstacles).length > 0) return invalid(obstacles);
  if (verdict.kind === 'refused') {
    return invalid({ [content.kind === 'refund' ? 'amount' : 'credits']: verdict.words });
  }
  return null;
}
