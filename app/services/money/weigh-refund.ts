import { DAY } from '#app/domain/instant.ts';
import { chargeInBook, countedRefunds } from '#app/domain/requests/charge-facts.ts';
import { identityGuards, identityInBook } from '#app/domain/requests/charge-identity.ts';
import type { IdentityGuard } from '#app/domain/requests/charge-identity.ts';
import { judgeRefund } from '#app/domain/requests/limits.ts';
import { sayUnknown } from '#app/domain/requests/payment-names.ts';
import { productGuard } from '#app/domain/requests/product-guard.ts';
import { refundGuards } from '#app/domain/requests/refund-guards.ts';
import type { ChargeFacts } from '#app/domain/requests/refund-guards.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';
import { creditsBeyond, takeBackAtMost } from '#app/domain/requests/remedy-limits.ts';
import { may } from '#app/domain/roles.ts';
import { creditsBehind, creditsUnpaid, takeBackOf } from '#app/domain/requests/take-back.ts';
import { toRemedyGuard } from '#app/domain/requests/weighed.ts';
import type { RemedyGuard, Weighed } from '#app/domain/requests/weighed.ts';
import { factsNow } from '#app/services/money/read-charge-now.ts';
import { refundBesides, standingOfPayment } from '#app/services/money/beside-others.ts';
import { creditsOfPayment } from '#app/services/money/survey.ts';
import type { Survey } from '#app/services/money/survey.ts';
import { weighMarks } from '#app/services/money/weigh-marks.ts';
import type { Scales, Weighing } from '#app/services/money/weigh-remedy.ts';
import { findCustomerRecord, findPayment } from '#db/queries/customer-records.ts';
import { operationsOnPayment } from '#db/queries/operations.ts';
import { moneyAskedSince, refundsInBook, reservationsOn } from '#db/queries/request-sums.ts';
import type { Read } from '#db/store.ts';

type AskedRefund = Omit<RefundContent, 'takeBack'>;
type StoredPayment = NonNullable<Awaited<ReturnType<typeof findPayment>>>;

/** Null where this customer's book has no such payment. */
export async function weighRefund(
  read: Read,
  asked: AskedRefund,
  scales: Scales,
  { requestedBy, askerRole, exceptId }: Weighing,
): Promise<Weighed | null> {
  const payment = await findPayment(read, asked.customerId, asked.paymentId);
  if (payment === null) return null;
  const { charge: reading, balance, limits, at } = scales;
  const marks =
    reading?.kind === 'read' ? await weighMarks(read, reading.live, asked, exceptId) : null;
  const live = marks?.live ?? null;
  const names = live?.names ?? [asked.paymentId];
  const inBook = (await refundsInBook(read, names)).filter(({ id }) => !marks?.own.has(id));
  const seen = live === null ? null : factsNow(live, inBook);
  const facts = seen ?? chargeInBook(payment, countedRefunds(inBook));
  const customer = await findCustomerRecord(read, asked.customerId);
  const known = identityInBook(payment, customer);
  const identity = live === null ? [] : identityGuards(known, live.identity);
  const reserved = await reservedOn(read, names, scales, exceptId);
  const lately = await moneyAskedSince(read, {
    ...{ customerId: asked.customerId, requestedBy, exceptId },
    since: at - DAY,
  });
  const came = await creditsOfPayment(read, asked, scales);
  const behind = creditsBehind(came, facts);
  const wanted = takeBackOf(asked.creditChoice, { ...behind, ...facts, ...asked, balance });
  const standing = await standingOfPayment(read, asked, { ...scales, exceptId });
  if (standing === null) return null;
  const takeBack = takeBackAtMost(standing, wanted);
  return {
    content: { ...asked, takeBack },
    guards: [
      ...guardsOf(asked, facts, { reserved, identity }, scales, payment),
      refundBesides(standing, { amount: asked.amount, takeBack }),
      ...(marks?.guards ?? []),
      ...productGuard(scales.productSet || takeBack === 0, 'creditChoice'),
    ],
    verdict: judgeRefund(limits, asked, requestedBy, lately, at),
    // What an agent calls "other" a lead must stand for; what a lead asks for has the lead's word.
    needsWord: asked.ground === 'other' && !may(askerRole, 'requests.vouch'),
    credits: {
      unpaid: creditsUnpaid(came.delivered, { ...facts, amount: asked.amount }),
      beyond: creditsBeyond(standing, asked.amount),
    },
    seen,
    balance: { before: balance, after: balance - takeBack },
  };
}

function guardsOf(
  asked: AskedRefund,
  facts: ChargeFacts,
  { reserved, identity }: { reserved: number; identity: readonly IdentityGuard[] },
  { charge, limits, at }: Scales,
  { capturedAt }: StoredPayment,
): RemedyGuard[] {
  const { days } = limits.refund;
  const inTime = capturedAt === null || at < capturedAt + days * DAY;
  return [
    liveGuard(charge, asked.paymentId),
    ...identity.map((guard) => ({ ...guard, field: 'paymentId' })),
    ...refundGuards(asked, facts, reserved).map(toRemedyGuard),
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

function liveGuard(reading: Survey['charge'], paymentId: string): RemedyGuard {
  const guard = { id: 'stripe', field: 'paymentId' };
  if (reading?.kind === 'read') return { ...guard, holds: true, words: 'Stripe knows the charge.' };
  if (reading?.kind === 'unreadable') {
    return { ...guard, holds: false, words: `Stripe cannot be asked now: ${reading.words}` };
  }
  return { ...guard, holds: false, words: sayUnknown(paymentId) };
}

/** What others have asked for, less what Stripe shows to have been made of it. */
async function reservedOn(
  read: Read,
  names: readonly string[],
  { charge }: Survey,
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
