import { HOUR } from '#app/lib/instant.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import { STATE_LABELS } from '#app/domain/requests/state-machine.ts';
import { paymentIdsOf } from '#app/domain/book/payment-ids.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import {
  isProductNotAsked,
  PRODUCT_NOT_ASKED,
  withEarlier,
} from '#app/domain/restore/missing-from-backup.ts';
import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import type { Restoration } from '#app/domain/restore/restoration.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { fetchRefunds, applyRefunds } from '#app/services/stripe/sync-refunds.ts';
import { creditsForgotten } from '#app/services/restore/compare-credits.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { operationsByIds } from '#db/queries/operations/operations.ts';
import { refundById, refundsSince } from '#db/queries/operations/reconcile-rows.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { changeRestoration } from '#db/queries/deployment/restorations.ts';

/** By how much clocks may differ, and the backup may be older than what it tells of last. */
const BEFORE = HOUR;

/**
 * Compares a restored database with Stripe and the product, both ways: what they have under our ids is
 * taken into the book, and what the backup had forgotten is listed with the restore. Throws where either
 * cannot be read; may be done again.
 */
export async function compareRestored(
  deps: RemedyDeps,
  restored: Restoration,
): Promise<MissingFromBackup[]> {
  const since = (restored.backupAt ?? restored.at) - BEFORE;
  const live = await deps.stripe.listRefundsSince(since);
  const found = [
    ...(await refundsForgotten(deps, live)),
    ...(await onlyHere(deps, live, since)),
    ...(deps.productApi.isSet
      ? await creditsForgotten(deps, { forgotten: restored.forgotten, live })
      : [PRODUCT_NOT_ASKED]),
  ];
  // What the product itself says of a booking stands for what the replaced database said of it.
  const booked = new Set(found.flatMap((one) => (one.kind === 'credits' ? [one.requestId] : [])));
  const before = restored.forgotten.filter(
    (one) =>
      !isProductNotAsked(one) &&
      (one.kind !== 'credits' || one.from !== 'replaced_database' || !booked.has(one.requestId)),
  );
  const forgotten = withEarlier(before, found);
  const comparedAt = deps.now();
  await deps.store.write((tx) => changeRestoration(tx, restored.id, { forgotten, comparedAt }));
  const customers = [...new Set(found.flatMap(({ customerId }) => customerId ?? []))];
  if (customers.length > 0) await sweepAccounts(deps, { customers });
  return forgotten;
}

async function refundsForgotten(
  deps: RemedyDeps,
  live: readonly LiveRefund[],
): Promise<MissingFromBackup[]> {
  const found: MissingFromBackup[] = [];
  for (const refund of live) {
    const isKnown = (await refundById(deps.store.read, refund.id)) !== null;
    const reported = await fetchRefunds(deps, refund, refund);
    await deps.store.write((tx) => applyRefunds(deps, tx, reported));
    if (isKnown || isReversed(refund.status)) continue;
    found.push({
      ...({ kind: 'refund', from: 'stripe', id: refund.id, at: refund.createdAt } as const),
      ...{ requestId: refund.requestId, customerId: reported.payment?.customerId ?? null },
      words: await sayRefund(deps, refund, reported.payment?.id ?? paymentIdsOf(refund)[0] ?? ''),
    });
  }
  return found;
}

async function sayRefund(
  { store: { read } }: RemedyDeps,
  { id, amount, currency, requestId, opId }: LiveRefund,
  paymentId: string,
): Promise<string> {
  const what = `Refund ${id} of ${currency === '' ? amount : formatMoney(amount, currency)} on ${paymentId}`;
  if (requestId === null && opId === null) return `${what} was made elsewhere.`;
  const request = requestId === null ? null : await findRequest(read, requestId);
  if (request === null)
    return `${what} was sent for request ${requestId ?? opId}, which this database does not know.`;
  const [step] = await operationsByIds(read, opId === null ? [] : [opId]);
  if (step?.externalId === id) return `${what} was sent for request ${request.id}: adopted.`;
  return `${what} was sent for request ${request.id}, which is ${STATE_LABELS[request.state]} here. It is adopted then, and not sent again.`;
}

/** Refunds of the book that Stripe does not have: the other way round. */
async function onlyHere(
  { store: { read } }: RemedyDeps,
  live: readonly LiveRefund[],
  since: number,
): Promise<MissingFromBackup[]> {
  const there = new Set(live.map(({ id }) => id));
  const missing = (await refundsSince(read, since)).filter(({ id }) => !there.has(id));
  return missing.map(({ id, customerId, amount, currency, paymentId }) => ({
    ...({ kind: 'records', from: 'stripe', id, customerId, requestId: null, at: null } as const),
    words: `Our data has refund ${id} of ${formatMoney(amount, currency)} on ${paymentId}; Stripe has none.`,
  }));
}
