import { policyAt } from '#app/domain/policy/policy.ts';
import type { PolicyVersion } from '#app/domain/policy/policy.ts';
import { priceOf } from '#app/domain/money/rate-card.ts';
import { isGrantKind } from '#app/domain/book/payment-facts.ts';
import { chargeInBook, countedRefunds } from '#app/domain/remedies/charge-facts.ts';
import type { GenerationStanding } from '#app/domain/remedies/generation-limits.ts';
import { sum } from '#app/domain/remedies/other-remedies.ts';
import type { PaymentStanding } from '#app/domain/remedies/remedy-limits.ts';
import { loadOpenRemedies } from '#app/services/requests/evaluate/load-open-remedies.ts';
import { isDelivery } from '#app/services/requests/evaluate/load-matched-credits.ts';
import { chargeFacts } from '#app/services/requests/evaluate/fetch-charge.ts';
import type { ReadCharge } from '#app/services/requests/evaluate/fetch-charge.ts';
import {
  entriesNaming,
  generationsNamed,
  paymentsNamed,
  refundsNaming,
  requestsNaming,
  stepsOfRemedies,
} from '#db/queries/requests/record-remedies.ts';
import type {
  NamingEntry,
  NamingRequest,
  RecordIds,
  StepOfRemedy,
} from '#db/queries/requests/record-remedies.ts';
import type { Read } from '#db/store.ts';

/** What of the world outside the book is known of one payment. */
export interface KnownOutside {
  charge: ReadCharge | null;
  /** Credits of the entry that names no payment and is taken for its. */
  matched: number;
}

interface Wanted extends RecordIds {
  /** The request itself, where there is one: it does not stand in its own way. */
  exceptId: string | null;
  policies: readonly PolicyVersion[];
  /** Of the only payment; null: by the book alone. */
  outside: KnownOutside | null;
}

export interface Standings {
  payments: ReadonlyMap<string, PaymentStanding>;
  generations: ReadonlyMap<string, GenerationStanding>;
}

interface Found {
  requests: NamingRequest[];
  steps: StepOfRemedy[];
  exceptId: string | null;
}

/**
 * What was done and is about to be done about payments and generations of one customer. Within a write it
 * sees all that another write could have asked for meanwhile.
 */
export async function loadStandings(read: Read, wanted: Wanted): Promise<Standings> {
  const { outside, exceptId } = wanted;
  const live = outside?.charge?.kind === 'read' ? outside.charge.live : null;
  const names = live === null ? wanted.payments : [...new Set([...wanted.payments, ...live.names])];
  const ids = { ...wanted, payments: names };
  const requests = await requestsNaming(read, ids);
  const found = {
    requests,
    steps: await stepsOfRemedies(
      read,
      requests.map(({ id }) => id),
    ),
    exceptId,
  };
  const entries = await entriesNaming(read, ids);
  const refunds = await refundsNaming(read, ids);
  const payments = new Map<string, PaymentStanding>();
  for (const payment of await paymentsNamed(read, ids)) {
    if (!wanted.payments.includes(payment.id)) continue;
    const isIts = (id: string | null): boolean =>
      id !== null && (id === payment.id || (live?.names.includes(id) ?? false));
    const inBook = refunds.filter(({ paymentId }) => isIts(paymentId));
    const charge = live ? chargeFacts(live, inBook) : chargeInBook(payment, countedRefunds(inBook));
    const naming = entries.ofPayments.filter(({ paymentId }) => isIts(paymentId));
    const own = ofRecord(found, ({ paymentId }) => isIts(paymentId));
    payments.set(payment.id, {
      ...{ buys: payment.credits ?? 0, price: payment.amount, currency: payment.currency },
      ...{ captured: charge.captured ? charge.amountCaptured : 0 },
      // Of money that may have gone, more is assumed rather than less.
      ...{ refunded: Math.max(charge.amountRefunded, payment.amountRefunded ?? 0) },
      disputed:
        charge.blockedByDispute ||
        payment.disputeStatus === 'open' ||
        payment.disputeStatus === 'lost',
      ...creditsOf(naming, own, outside?.matched ?? 0),
      others: loadOpenRemedies(own, new Set(live?.refunds.flatMap(({ opId }) => opId ?? []))),
    });
  }
  const generations = new Map<string, GenerationStanding>();
  for (const generation of await generationsNamed(read, ids)) {
    const naming = entries.ofGenerations.filter(
      ({ generationId }) => generationId === generation.id,
    );
    const own = ofRecord(found, ({ generationId }) => generationId === generation.id);
    // What was taken again is no charge: it leaves less that was returned.
    const isCharge = ({ kind, credits }: NamingEntry): boolean => kind === 'usage' && credits < 0;
    const charges = naming.filter(isCharge);
    const others = naming.filter((entry) => !isCharge(entry));
    generations.set(generation.id, {
      status: generation.status,
      charged: -sum(charges, ({ credits }) => credits),
      returned:
        sum(others, ({ credits }) => credits) +
        sum(unnamedSteps(naming, own), ({ credits }) => credits ?? 0),
      price: priceOf(generation, policyAt(wanted.policies, generation.startedAt)),
      others: loadOpenRemedies(own, new Set()),
    });
  }
  return { payments, generations };
}

/** The requests of one record, with their steps. */
function ofRecord(
  { requests, steps, exceptId }: Found,
  names: (request: NamingRequest) => boolean,
): Found {
  const own = requests.filter(names);
  const ids = new Set(own.map(({ id }) => id));
  return { requests: own, steps: steps.filter(({ requestId }) => ids.has(requestId)), exceptId };
}

/** Credits that have come for a payment, net, and those of them that people gave to put it right. */
function creditsOf(
  naming: readonly NamingEntry[],
  own: Found,
  matched: number,
): Pick<PaymentStanding, 'granted' | 'remedied'> {
  const ofRefunds = new Set(own.requests.flatMap(({ id, kind }) => (kind === 'refund' ? id : [])));
  const made = new Map(
    own.steps.flatMap((step) => (step.externalId ? [[step.externalId, step]] : [])),
  );
  const counted = naming.filter(({ kind }) => isGrantKind(kind) || kind === 'revocation');
  const delivered = counted.some(({ kind, credits }) => isDelivery(kind) && credits > 0);
  const isGift = ({ id, kind, credits }: NamingEntry): boolean => {
    const step = made.get(id);
    if (credits <= 0) return false;
    return step === undefined ? !isDelivery(kind) : !ofRefunds.has(step.requestId);
  };
  const unnamed = unnamedSteps(naming, own);
  const gifts = unnamed.filter(
    ({ credits, requestId }) => (credits ?? 0) > 0 && !ofRefunds.has(requestId),
  );
  const granted =
    sum(counted, ({ credits }) => credits) +
    sum(unnamed, ({ credits }) => credits ?? 0) +
    (delivered ? 0 : matched);
  const given =
    sum(counted.filter(isGift), ({ credits }) => credits) +
    sum(gifts, ({ credits }) => credits ?? 0);
  return { granted, remedied: Math.max(0, Math.min(given, granted)) };
}

/** Steps of ours that have moved credits by an entry which does not name the record. */
function unnamedSteps(naming: readonly NamingEntry[], { steps }: Found): StepOfRemedy[] {
  const named = new Set(naming.map(({ id }) => id));
  return steps.filter(
    ({ kind, state, externalId }) =>
      kind === 'credit_adjustment' &&
      state === 'succeeded' &&
      externalId !== null &&
      !named.has(externalId),
  );
}
