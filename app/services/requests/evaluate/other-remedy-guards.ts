import { checkReturn, checkReturnTaken } from '#app/domain/remedies/generation-limits.ts';
import type { GenerationStanding } from '#app/domain/remedies/generation-limits.ts';
import { checkGrant, checkRefund, checkRevocation } from '#app/domain/remedies/remedy-limits.ts';
import type {
  PaymentStanding,
  RefundGiven,
  RemedyCheck,
} from '#app/domain/remedies/remedy-limits.ts';
import type { AdjustmentContent } from '#app/domain/requests/request.ts';
import { withOtherRemedies } from '#app/domain/remedies/evaluation.ts';
import type { RemedyGuard } from '#app/domain/remedies/evaluation.ts';
import { loadStandings } from '#app/services/requests/evaluate/load-standings.ts';
import type { KnownOutside } from '#app/services/requests/evaluate/load-standings.ts';
import type { EvaluationInputs } from '#app/services/requests/evaluate/load-inputs.ts';
import type { Read } from '#db/store.ts';

/*
 * One remedy beside all others of its record, as they are in this read: asked, decided and sent it is the
 * same question.
 */

type Known = Pick<EvaluationInputs, 'policies'> & KnownOutside & { exceptId: string | null };

/** A payment with all its remedies but one; null: this customer's book has no such payment. */
export async function standingOfPayment(
  read: Read,
  { customerId, paymentId }: { customerId: string; paymentId: string },
  { policies, charge, matched, exceptId }: Known,
): Promise<PaymentStanding | null> {
  const { payments } = await loadStandings(read, {
    ...{ customerId, payments: [paymentId], generations: [], exceptId, policies },
    outside: { charge, matched },
  });
  return payments.get(paymentId) ?? null;
}

/** What is said of a refund. */
export const refundGuardsFromOthers = (
  standing: PaymentStanding,
  refund: RefundGiven,
): RemedyGuard => withOtherRemedies(checkRefund(standing, refund), 'creditChoice');

/** What is said of credits; empty: they name no record; null: the book has no such record. */
export async function adjustmentGuardsFromOthers(
  read: Read,
  draft: AdjustmentContent,
  known: Known,
): Promise<RemedyGuard[] | null> {
  const { customerId, paymentId, generationId } = draft;
  const { charge, matched, exceptId, policies } = known;
  const { payments, generations } = await loadStandings(read, {
    ...{ customerId, exceptId, policies, outside: { charge, matched } },
    payments: paymentId === null ? [] : [paymentId],
    generations: generationId === null ? [] : [generationId],
  });
  const payment = paymentId === null ? null : payments.get(paymentId);
  const generation = generationId === null ? null : generations.get(generationId);
  if (payment === undefined || generation === undefined) return null;
  const checks = [
    payment === null ? null : checkOfPayment(payment, draft),
    generation === null ? null : checkOfGeneration(generation, draft),
  ];
  return checks.flatMap((check) => (check === null ? [] : [withOtherRemedies(check, 'credits')]));
}

const checkOfPayment = (
  standing: PaymentStanding,
  { credits, cause }: AdjustmentContent,
): RemedyCheck =>
  credits > 0
    ? checkGrant(standing, credits)
    : checkRevocation(standing, -credits, cause === 'excess_credits');

const checkOfGeneration = (
  standing: GenerationStanding,
  { credits, cause }: AdjustmentContent,
): RemedyCheck =>
  credits > 0 ? checkReturn(standing, credits, cause) : checkReturnTaken(standing, -credits, cause);
