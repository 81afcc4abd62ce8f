import { DAY } from '#app/lib/instant.ts';
import { chargeInBook, countedRefunds } from '#app/domain/remedies/charge-facts.ts';
import { identityGuards, identityInBook } from '#app/domain/remedies/charge-identity.ts';
import type { IdentityGuard } from '#app/domain/remedies/charge-identity.ts';
import { judgeRefund } from '#app/domain/policy/approval-limits.ts';
import { describeUnknownPayment } from '#app/domain/book/payment-ids.ts';
import { productGuard } from '#app/domain/remedies/product-guard.ts';
import { refundGuards } from '#app/domain/remedies/refund-guards.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';
import { creditsBeyond, maxClawback } from '#app/domain/remedies/remedy-limits.ts';
import { may } from '#app/domain/access/roles.ts';
import { creditsBehind, creditsUnpaid, clawbackOf } from '#app/domain/remedies/credit-clawback.ts';
import { toRemedyGuard } from '#app/domain/remedies/evaluation.ts';
import type { RemedyGuard, Evaluation } from '#app/domain/remedies/evaluation.ts';
import { chargeFacts } from '#app/services/requests/evaluate/fetch-charge.ts';
import {
  refundGuardsFromOthers,
  standingOfPayment,
} from '#app/services/requests/evaluate/other-remedy-guards.ts';
import { creditsOfPayment } from '#app/services/requests/evaluate/load-inputs.ts';
import type {
  EvaluationContext,
  EvaluationInputs,
  EvaluationSubject,
} from '#app/services/requests/evaluate/load-inputs.ts';
import { refundTagGuards } from '#app/services/requests/evaluate/refund-tag-guards.ts';
import { findCustomerRecord, findPayment } from '#db/queries/customers/customer-records.ts';
import { operationsOnPayment } from '#db/queries/operations/operations.ts';
import {
  moneyRequestedSince,
  refundsInBook,
  reservationsOn,
} from '#db/queries/requests/request-sums.ts';
import type { Read } from '#db/store.ts';
type RefundDraft = Omit<RefundContent, 'takeBack'>;
type StoredPayment = NonNullable<Awaited<ReturnType<typeof findPayment>>>;

/** Null where this customer's book has no such payment. */
export async function evaluateRefund(
  read: Read,
  draft: RefundDraft,
  context: EvaluationContext,
  { requestedBy, askerRole, exceptId }: EvaluationSubject,
): Promise<Evaluation | null> {
  const payment = await findPayment(read, draft.customerId, draft.paymentId);
  if (payment === null) return null;
  const { charge: reading, balance, limits, at } = context;
  const marks =
    reading?.kind === 'read' ? await refundTagGuards(read, reading.live, draft, exceptId) : null;
  const live = marks?.live ?? null;
  const names = live?.names ?? [draft.paymentId];
  const inBook = (await refundsInBook(read, names)).filter(({ id }) => !marks?.own.has(id));
  const seen = live === null ? null : chargeFacts(live, inBook);
  const facts = seen ?? chargeInBook(payment, countedRefunds(inBook));
  const customer = await findCustomerRecord(read, draft.customerId);
  const known = identityInBook(payment, customer);
  const identity = live === null ? [] : identityGuards(known, live.identity);
  const reserved = await reservedOn(read, names, context, exceptId);
  const lately = await moneyRequestedSince(read, {
    ...{ customerId: draft.customerId, requestedBy, exceptId },
    since: at - DAY,
  });
  const came = await creditsOfPayment(read, draft, context);
  const behind = creditsBehind(came, facts);
  const wanted = clawbackOf(draft.creditChoice, { ...behind, ...facts, ...draft, balance });
  const standing = await standingOfPayment(read, draft, { ...context, exceptId });
  if (standing === null) return null;
  const takeBack = maxClawback(standing, wanted);
  return {
    content: { ...draft, takeBack },
    guards: [
      ...guardsOf(draft, facts, { reserved, identity }, context, payment),
      refundGuardsFromOthers(standing, { amount: draft.amount, takeBack }),
      ...(marks?.guards ?? []),
      ...productGuard(context.productSet || takeBack === 0, 'creditChoice'),
    ],
    verdict: judgeRefund(limits, draft, requestedBy, lately, at),
    // What an agent calls "other" a lead must stand for; what a lead asks for has the lead's word.
    needsWord: draft.ground === 'other' && !may(askerRole, 'requests.vouch'),
    credits: {
      unpaid: creditsUnpaid(came.delivered, { ...facts, amount: draft.amount }),
      beyond: creditsBeyond(standing, draft.amount),
    },
    seen,
    balance: { before: balance, after: balance - takeBack },
  };
}

function guardsOf(
  draft: RefundDraft,
  facts: ChargeFacts,
  { reserved, identity }: { reserved: number; identity: readonly IdentityGuard[] },
  { charge, limits, at }: EvaluationContext,
  { capturedAt }: StoredPayment,
): RemedyGuard[] {
  const { days } = limits.refund;
  const inTime = capturedAt === null || at < capturedAt + days * DAY;
  return [
    liveGuard(charge, draft.paymentId),
    ...identity.map((guard) => ({ ...guard, field: 'paymentId' })),
    ...refundGuards(draft, facts, reserved).map(toRemedyGuard),
    {
      id: 'age',
      field: 'paymentId',
      holds: inTime,
      words: inTime
        ? `The charge is not older than ${days} days.`
        : `The charge is older than ${days} days: its card may be gone.`,
    },
  ];
}

function liveGuard(reading: EvaluationInputs['charge'], paymentId: string): RemedyGuard {
  const guard = { id: 'stripe', field: 'paymentId' };
  if (reading?.kind === 'read') return { ...guard, holds: true, words: 'Payment found in Stripe.' };
  if (reading?.kind === 'unreadable') {
    return { ...guard, holds: false, words: `Stripe can’t be reached: ${reading.words}` };
  }
  return { ...guard, holds: false, words: describeUnknownPayment(paymentId) };
}

/** What others have asked for, less what Stripe shows to have been made of it. */
async function reservedOn(
  read: Read,
  names: readonly string[],
  { charge }: EvaluationInputs,
  exceptId: string | null,
): Promise<number> {
  const reservations = await reservationsOn(read, names, exceptId);
  if (reservations.length === 0) return 0;
  const refunds = charge?.kind === 'read' ? charge.live.refunds : [];
  const ops = new Set(refunds.map(({ opId }) => opId));
  const steps = await operationsOnPayment(read, names);
  const shown = new Set(steps.filter(({ id }) => ops.has(id)).map(({ requestId }) => requestId));
  return reservations
    .filter(({ requestId }) => !shown.has(requestId))
    .reduce((sum, { amount }) => sum + amount, 0);
}
