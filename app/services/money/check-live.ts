import { paymentOf } from '#app/services/money/call-outside.ts';
import { checkRefundBeside } from '#app/services/money/check-others.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { factsNow, readChargeNow } from '#app/services/money/read-charge-now.ts';
import type { LiveCharge } from '#app/services/money/read-charge-now.ts';
import { refundOf, sayOtherAmount, sayUnknownMark } from '#app/services/money/our-marks.ts';
import { maybeMade, sayUnmarkedTwin } from '#app/services/money/unmarked-twin.ts';
import { formatMoney } from '#app/domain/money.ts';
import { identityInBook, identityMismatches } from '#app/domain/requests/charge-identity.ts';
import { countedRefunds, unnamedRefunds } from '#app/domain/requests/charge-facts.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { sayUnknown } from '#app/domain/requests/payment-names.ts';
import { firstObstacle, refundGuards } from '#app/domain/requests/refund-guards.ts';
import { findCustomerRecord, findPayment } from '#db/queries/customer-records.ts';
import { operationsOnPayment } from '#db/queries/operations.ts';
import { refundsInBook } from '#db/queries/request-sums.ts';
import type { Read } from '#db/store.ts';

export type LiveVerdict =
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
export const checkLive = async (deps: MoneyDeps, step: Operation): Promise<LiveVerdict> => {
  const paymentId = paymentOf(step);
  const reading = await readChargeNow(deps, paymentId);
  if (reading.kind === 'absent') return { kind: 'contradicted', words: sayUnknown(paymentId) };
  if (reading.kind === 'unreadable') return reading;
  const { live } = reading;
  const made = await refundOf(deps.store.read, step, live.refunds);
  if (made) return { kind: 'made', refund: made };
  const [mismatch] = await mismatchesNow(deps.store.read, step, live);
  if (mismatch !== undefined) return { kind: 'contradicted', words: mismatch };
  const { read } = deps.store;
  const unknown =
    (await sayOtherAmount(read, step, live.refunds)) ??
    (await sayUnknownMark(read, live.refunds, null));
  if (unknown !== null) return { kind: 'unclear', words: unknown };
  const twin = await sayUnmarkedTwin(deps, step, live.refunds);
  if (twin !== null) return { kind: 'obstacle', words: twin };
  const inBook = await refundsInBook(deps.store.read, live.names);
  const unnamed = sayUnnamed(step, live, inBook);
  if (unnamed !== null) return { kind: 'obstacle', words: unnamed };
  const guards = refundGuards(
    { amount: step.amount ?? 0, currency: step.currency ?? '' },
    factsNow(live, inBook),
    await unknownOn(deps, step, live),
  );
  const words = firstObstacle(guards);
  return words === null ? checkRefundBeside(deps, step, reading) : { kind: 'obstacle', words };
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
function sayUnnamed(
  step: Operation,
  { charge, refunds }: LiveCharge,
  inBook: Parameters<typeof countedRefunds>[0],
): string | null {
  const unnamed = unnamedRefunds(charge, countedRefunds(refunds), countedRefunds(inBook));
  const { amount } = step;
  if (!maybeMade(step) || amount === null || unnamed < amount) return null;
  const more = formatMoney(unnamed, charge.currency);
  return `By Stripe’s charge ${more} more is refunded than its list of refunds adds up to: it may be this one.`;
}

/** Minor units that other steps of ours may have refunded without a trace so far. */
async function unknownOn(
  deps: MoneyDeps,
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
