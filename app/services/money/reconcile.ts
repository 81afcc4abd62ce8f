import { identityAtStripe } from '#app/domain/requests/charge-identity.ts';
import { chargeDrift, disputeDrift, refundDrift } from '#app/domain/requests/drift.ts';
import type { Drift, OurCharge } from '#app/domain/requests/drift.ts';
import { namesOf } from '#app/domain/requests/payment-names.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readHeard, takeHeard } from '#app/services/money/hear-of-refunds.ts';
import { madeBeforeRestore } from '#app/services/money/our-marks.ts';
import { newsOf, takeRefund } from '#app/services/money/take-refund.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { findOperation } from '#db/queries/operations.ts';
import {
  paymentsByIds,
  paymentsSince,
  refundById,
  refundsSince,
} from '#db/queries/reconcile-rows.ts';

export interface Reconciled {
  refunds: number;
  charges: number;
  drift: Drift[];
  /** Refunds of ours whose later status was taken over. */
  moved: number;
}

/** Charges read at once: a share of what Stripe allows. */
const SIDE_BY_SIDE = 4;

/**
 * Compares refunds and charges made since an instant with Stripe and answers what differs. Repairs
 * nothing by guess: only what bears our mark is taken over, the later status of a refund of one of our steps
 * forwards and by compare-and-set, and a refund that a restored database has forgotten. What is found is looked at once more, so that a sender at work in the
 * meantime is no drift. Throws `StripeTrouble` where Stripe cannot be read.
 */
export const reconcile = async (deps: MoneyDeps, since: Instant): Promise<Reconciled> => {
  const live = await deps.stripe.listRefundsSince(since);
  await deps.point('reconcile-read');
  const moved = await takeOurs(deps, live);
  const drift = await refundsDrift(deps, live, since);
  const payments = await paymentsSince(deps.store.read, since);
  drift.push(...(await chargesDrift(deps, payments)));
  return { refunds: live.length, charges: payments.length, drift, moved };
};

async function takeOurs(deps: MoneyDeps, live: readonly LiveRefund[]): Promise<number> {
  let moved = 0;
  for (const refund of live) {
    if (refund.opId === null) continue;
    // Most are as they were: no write is opened to find that out.
    const isNews = (await newsOf(deps, deps.store.read, refund)) !== null;
    const customerId = isNews
      ? await deps.store.write((tx) => takeRefund(deps, tx, refund))
      : await takeUnknown(deps, refund);
    if (customerId === null) continue;
    moved += 1;
    await sweepAccounts(deps, { customers: [customerId] });
  }
  return moved;
}

/** One of ours that this database does not know, because it was restored: no guess, it bears our mark. */
async function takeUnknown(deps: MoneyDeps, refund: LiveRefund): Promise<string | null> {
  const { read } = deps.store;
  if ((await refundById(read, refund.id)) !== null) return null;
  if ((await madeBeforeRestore(read, [refund])).length === 0) return null;
  const heard = await readHeard(deps, refund, refund);
  const [customerId] = await deps.store.write((tx) => takeHeard(deps, tx, heard));
  return customerId ?? null;
}

async function refundsDrift(
  deps: MoneyDeps,
  live: readonly LiveRefund[],
  since: Instant,
): Promise<Drift[]> {
  const { read } = deps.store;
  const names = live.flatMap(namesOf);
  const payments = new Map((await paymentsByIds(read, names)).map((row) => [row.id, row]));
  const ours = await refundsSince(read, since);
  const found = refundDrift({ theirs: live, ours, payments });
  const certain: Drift[] = [];
  for (const drift of found) if (await isStillSo(deps, drift)) certain.push(drift);
  return certain;
}

/** Looks at both sides of one refund again, the book last. */
async function isStillSo(deps: MoneyDeps, { kind, refundId }: Drift): Promise<boolean> {
  if (refundId === null || kind === 'unknown_charge') return true;
  const theirs = await deps.stripe.readRefund(refundId);
  if (theirs?.opId) {
    const step = await findOperation(deps.store.read, theirs.opId);
    // Being sent: the sender will take it in.
    if (step?.state === 'sending') return false;
  }
  const ours = await refundById(deps.store.read, refundId);
  if (!theirs || !ours) return (theirs === null) !== (ours === null);
  return theirs.amount !== ours.amount || theirs.status !== ours.status;
}

async function chargesDrift(deps: MoneyDeps, payments: readonly OurCharge[]): Promise<Drift[]> {
  const waiting = [...payments];
  const found: Drift[] = [];
  const work = async (): Promise<void> => {
    for (let payment = waiting.shift(); payment; payment = waiting.shift()) {
      const charge = await deps.stripe.readCharge(payment.id);
      if (charge === null) continue;
      const disputes = charge.disputes.map(({ status }) => status);
      const drift = [
        disputeDrift(payment, disputes),
        chargeDrift(payment, identityAtStripe(charge)),
      ];
      found.push(...drift.filter((one) => one !== null));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return found.toSorted((a, b) => (a.chargeId < b.chargeId ? -1 : 1));
}
