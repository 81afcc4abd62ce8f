import { identityAtStripe } from '#app/domain/remedies/charge-identity.ts';
import {
  chargeDiscrepancies,
  disputeDiscrepancies,
  refundDiscrepancies,
} from '#app/domain/reconciliation/discrepancy.ts';
import type { Discrepancy, OurCharge } from '#app/domain/reconciliation/discrepancy.ts';
import { paymentIdsOf } from '#app/domain/book/payment-ids.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { fetchRefunds, applyRefunds } from '#app/services/stripe/sync-refunds.ts';
import { isMadeBeforeRestore } from '#app/services/requests/evaluate/refund-tags.ts';
import { diffRefund, applyRefund } from '#app/services/stripe/apply-refund.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import {
  paymentsByIds,
  paymentsSince,
  refundById,
  refundsSince,
} from '#db/queries/operations/reconcile-rows.ts';

export interface Reconciled {
  refunds: number;
  charges: number;
  drift: Discrepancy[];
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
export const reconcile = async (deps: RemedyDeps, since: Instant): Promise<Reconciled> => {
  const live = await deps.stripe.listRefundsSince(since);
  await deps.point('reconcile-read');
  const moved = await applyOwnRefunds(deps, live);
  const drift = await compareRefunds(deps, live, since);
  const payments = await paymentsSince(deps.store.read, since);
  drift.push(...(await compareCharges(deps, payments)));
  return { refunds: live.length, charges: payments.length, drift, moved };
};

async function applyOwnRefunds(deps: RemedyDeps, live: readonly LiveRefund[]): Promise<number> {
  let moved = 0;
  for (const refund of live) {
    if (refund.opId === null) continue;
    // Most are as they were: no write is opened to find that out.
    const isNews = (await diffRefund(deps, deps.store.read, refund)) !== null;
    const customerId = isNews
      ? await deps.store.write((tx) => applyRefund(deps, tx, refund))
      : await applyUnknownRefunds(deps, refund);
    if (customerId === null) continue;
    moved += 1;
    await sweepAccounts(deps, { customers: [customerId] });
  }
  return moved;
}

/** One of ours that this database does not know, because it was restored: no guess, it bears our mark. */
async function applyUnknownRefunds(deps: RemedyDeps, refund: LiveRefund): Promise<string | null> {
  const { read } = deps.store;
  if ((await refundById(read, refund.id)) !== null) return null;
  if ((await isMadeBeforeRestore(read, [refund])).length === 0) return null;
  const reported = await fetchRefunds(deps, refund, refund);
  const [customerId] = await deps.store.write((tx) => applyRefunds(deps, tx, reported));
  return customerId ?? null;
}

async function compareRefunds(
  deps: RemedyDeps,
  live: readonly LiveRefund[],
  since: Instant,
): Promise<Discrepancy[]> {
  const { read } = deps.store;
  const names = live.flatMap(paymentIdsOf);
  const payments = new Map((await paymentsByIds(read, names)).map((row) => [row.id, row]));
  const ours = await refundsSince(read, since);
  const found = refundDiscrepancies({ theirs: live, ours, payments });
  const certain: Discrepancy[] = [];
  for (const drift of found) if (await isStillSo(deps, drift)) certain.push(drift);
  return certain;
}

/** Looks at both sides of one refund again, the book last. */
async function isStillSo(deps: RemedyDeps, { kind, refundId }: Discrepancy): Promise<boolean> {
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

async function compareCharges(
  deps: RemedyDeps,
  payments: readonly OurCharge[],
): Promise<Discrepancy[]> {
  const waiting = [...payments];
  const found: Discrepancy[] = [];
  const work = async (): Promise<void> => {
    for (let payment = waiting.shift(); payment; payment = waiting.shift()) {
      const charge = await deps.stripe.readCharge(payment.id);
      if (charge === null) continue;
      const disputes = charge.disputes.map(({ status }) => status);
      const drift = [
        disputeDiscrepancies(payment, disputes),
        chargeDiscrepancies(payment, identityAtStripe(charge)),
      ];
      found.push(...drift.filter((one) => one !== null));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return found.toSorted((a, b) => (a.chargeId < b.chargeId ? -1 : 1));
}
