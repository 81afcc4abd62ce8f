import { paymentOf } from '#app/services/operations/refund-result.ts';
import { preflightOtherRemedies } from '#app/services/operations/preflight-other-remedies.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { chargeFacts, fetchCharge } from '#app/services/requests/evaluate/fetch-charge.ts';
import type { LiveCharge } from '#app/services/requests/evaluate/fetch-charge.ts';
import {
  refundOf,
  describeOtherAmount,
  describeUnknownTag,
} from '#app/services/requests/evaluate/refund-tags.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import { identityInBook, identityMismatches } from '#app/domain/remedies/charge-identity.ts';
import { countedRefunds, unnamedRefunds } from '#app/domain/remedies/charge-facts.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { describeUnknownPayment } from '#app/domain/book/payment-ids.ts';
import { firstObstacle, refundGuards } from '#app/domain/remedies/refund-guards.ts';
import { findCustomerRecord, findPayment } from '#db/queries/customers/customer-records.ts';
import { operationByExternalId, operationsOnPayment } from '#db/queries/operations/operations.ts';
import { refundsInBook } from '#db/queries/requests/request-sums.ts';
import type { Read } from '#db/store.ts';
import { HOUR } from '#app/lib/instant.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import { refundById } from '#db/queries/operations/reconcile-rows.ts';
export type PreflightResult =
  | { kind: 'clear' }
  | { kind: 'obstacle'; words: string }
  /** What Stripe says contradicts what was read before it was approved: it is asked again. */
  | { kind: 'contradicted'; words: string }
  /** What is there may stand for it: a person looks. */
  | { kind: 'unclear'; words: string }
  /** It is there already. */
  | { kind: 'made'; refund: LiveRefund }
  | { kind: 'unreadable'; words: string };

/**
 * The guards of a refund by what Stripe says at this moment. Made so that nothing is refunded twice or
 * beyond what was captured even by a server that enforces neither, and whose figures do not move: refunds
 * are summed here, those that only the book knows count, and so do ours whose outcome nobody knows.
 */
export const preflightRefund = async (
  deps: RemedyDeps,
  step: Operation,
): Promise<PreflightResult> => {
  const paymentId = paymentOf(step);
  const reading = await fetchCharge(deps, paymentId);
  if (reading.kind === 'absent')
    return { kind: 'contradicted', words: describeUnknownPayment(paymentId) };
  if (reading.kind === 'unreadable') return reading;
  const { live } = reading;
  const made = await refundOf(deps.store.read, step, live.refunds);
  if (made) return { kind: 'made', refund: made };
  const [mismatch] = await mismatchesNow(deps.store.read, step, live);
  if (mismatch !== undefined) return { kind: 'contradicted', words: mismatch };
  const { read } = deps.store;
  const unknown =
    (await describeOtherAmount(read, step, live.refunds)) ??
    (await describeUnknownTag(read, live.refunds, null));
  if (unknown !== null) return { kind: 'unclear', words: unknown };
  const duplicate = await findUntaggedDuplicate(deps, step, live.refunds);
  if (duplicate !== null) return { kind: 'obstacle', words: duplicate };
  const inBook = await refundsInBook(deps.store.read, live.names);
  const unnamed = describeUntagged(step, live, inBook);
  if (unnamed !== null) return { kind: 'obstacle', words: unnamed };
  const guards = refundGuards(
    { amount: step.amount ?? 0, currency: step.currency ?? '' },
    chargeFacts(live, inBook),
    await unknownOn(deps, step, live),
  );
  const words = firstObstacle(guards);
  return words === null ? preflightOtherRemedies(deps, step, reading) : { kind: 'obstacle', words };
};

/** In what the charge is not the payment that the book means. */
async function mismatchesNow(
  read: Read,
  { customerId, paymentId }: Operation,
  { identity }: LiveCharge,
): Promise<string[]> {
  const payment = await findPayment(read, customerId, paymentId ?? '');
  if (payment === null) return [];
  const customer = await findCustomerRecord(read, customerId);
  return identityMismatches(identityInBook(payment, customer), identity);
}

/**
 * Says that a refund which was sent may be there and not be listed: the charge's own figure knows of more
 * than its refunds add up to. Null: it does not.
 */
function describeUntagged(
  step: Operation,
  { charge, refunds }: LiveCharge,
  inBook: Parameters<typeof countedRefunds>[0],
): string | null {
  const unnamed = unnamedRefunds(charge, countedRefunds(refunds), countedRefunds(inBook));
  const { amount } = step;
  if (!possibleDuplicates(step) || amount === null || unnamed < amount) return null;
  const more = formatMoney(unnamed, charge.currency);
  return `Stripe’s charge shows ${more} more refunded than its list of refunds: it may be this one.`;
}

/** Minor units that other steps of ours may have refunded without a trace so far. */
async function unknownOn(
  deps: RemedyDeps,
  step: Operation,
  { refunds, names }: LiveCharge,
): Promise<number> {
  const seen = new Set(refunds.map(({ opId }) => opId));
  const others = await operationsOnPayment(deps.store.read, names);
  return others
    .filter(({ id, kind }) => kind === 'stripe_refund' && id !== step.id && !seen.has(id))
    .filter(({ state, firstSentAt }) => isOpen(state) && firstSentAt !== null)
    .reduce((sum, { amount }) => sum + (amount ?? 0), 0);
}

const isOpen = (state: Operation['state']): boolean =>
  state === 'sending' || state === 'needs_review';

/** By how much another server's clock may lag behind ours. */
const CLOCKS_APART = HOUR;

/**
 * Says that a refund which was sent may be there without our mark: somebody refunded the same amount in
 * the dashboard, or the server loses what we write on refunds. Nobody can tell which, so nothing is sent
 * again. Null: no refund is in doubt. `refunds`: those of its payment, as Stripe lists them now.
 */
export const findUntaggedDuplicate = async (
  deps: Pick<RemedyDeps, 'store'>,
  step: Operation,
  refunds: readonly LiveRefund[],
): Promise<string | null> => {
  if (!possibleDuplicates(step)) return null;
  const [first] = await untaggedDuplicates(deps, step, refunds);
  return first === undefined
    ? null
    : `Stripe shows ${first.id} of the same amount without our tag: it may be this one.`;
};

/** Refunds of the same amount that bear nobody's mark and were not there before. */
export const untaggedDuplicates = async (
  deps: Pick<RemedyDeps, 'store'>,
  step: Operation,
  refunds: readonly LiveRefund[],
): Promise<LiveRefund[]> => {
  const found: LiveRefund[] = [];
  for (const refund of refunds) {
    if (refund.opId !== null || refund.amount !== step.amount || isReversed(refund.status))
      continue;
    if (!(await isAnothers(deps, step, refund))) found.push(refund);
  }
  return found;
};

/** Whether it may have been made. A first answer that was a clear no has made nothing. */
const possibleDuplicates = ({ firstSentAt, lastSentAt, outcome }: Operation): boolean =>
  firstSentAt !== null && !(outcome === 'refused' && firstSentAt === lastSentAt);

/** Whether it is known to be the outcome of another step, or to have been there before. */
async function isAnothers(
  { store: { read } }: Pick<RemedyDeps, 'store'>,
  step: Operation,
  refund: LiveRefund,
): Promise<boolean> {
  if ((await operationByExternalId(read, 'stripe_refund', refund.id)) !== null) return true;
  const before = refund.createdAt < (step.firstSentAt ?? 0) - CLOCKS_APART;
  return before && (await refundById(read, refund.id)) !== null;
}
