import { HOUR } from '#app/domain/instant.ts';
import { formatMoney } from '#app/domain/money.ts';
import { STATE_WORDS } from '#app/domain/requests/life.ts';
import { namesOf } from '#app/domain/requests/payment-names.ts';
import { isUndone } from '#app/domain/requests/refund-status.ts';
import {
  isProductNotAsked,
  PRODUCT_NOT_ASKED,
  withEarlier,
} from '#app/domain/restore/forgotten.ts';
import type { Forgotten } from '#app/domain/restore/forgotten.ts';
import type { Restoration } from '#app/domain/restore/restoration.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readHeard, takeHeard } from '#app/services/money/hear-of-refunds.ts';
import { creditsForgotten } from '#app/services/restore/compare-credits.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { operationsByIds } from '#db/queries/operations.ts';
import { refundById, refundsSince } from '#db/queries/reconcile-rows.ts';
import { findRequest } from '#db/queries/requests.ts';
import { changeRestoration } from '#db/queries/restorations.ts';

/** By how much clocks may differ, and the backup may be older than what it tells of last. */
const BEFORE = HOUR;

/**
 * Compares a restored database with Stripe and the product, both ways: what they have under our ids is
 * taken into the book, and what the backup had forgotten is listed with the restore. Throws where either
 * cannot be read; may be done again.
 */
export async function compareRestored(
  deps: MoneyDeps,
  restored: Restoration,
): Promise<Forgotten[]> {
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
  deps: MoneyDeps,
  live: readonly LiveRefund[],
): Promise<Forgotten[]> {
  const found: Forgotten[] = [];
  for (const refund of live) {
    const isKnown = (await refundById(deps.store.read, refund.id)) !== null;
    const heard = await readHeard(deps, refund, refund);
    await deps.store.write((tx) => takeHeard(deps, tx, heard));
    if (isKnown || isUndone(refund.status)) continue;
    found.push({
      ...({ kind: 'refund', from: 'stripe', id: refund.id, at: refund.createdAt } as const),
      ...{ requestId: refund.requestId, customerId: heard.payment?.customerId ?? null },
      words: await sayRefund(deps, refund, heard.payment?.id ?? namesOf(refund)[0] ?? ''),
    });
  }
  return found;
}

async function sayRefund(
  { store: { read } }: MoneyDeps,
  { id, amount, currency, requestId, opId }: LiveRefund,
  paymentId: string,
): Promise<string> {
  const what = `Refund ${id} of ${currency === '' ? amount : formatMoney(amount, currency)} on ${paymentId}`;
  if (requestId === null && opId === null) return `${what} was made elsewhere.`;
  const request = requestId === null ? null : await findRequest(read, requestId);
  if (request === null)
    return `${what} was sent for request ${requestId ?? opId}, which this database does not know.`;
  const [step] = await operationsByIds(read, opId === null ? [] : [opId]);
  if (step?.externalId === id) return `${what} was sent for request ${request.id}: taken over.`;
  return `${what} was sent for request ${request.id}, which is ${STATE_WORDS[request.state]} here: it is taken over, and not sent again, when that is carried out.`;
}

/** Refunds of the book that Stripe does not have: the other way round. */
async function onlyHere(
  { store: { read } }: MoneyDeps,
  live: readonly LiveRefund[],
  since: number,
): Promise<Forgotten[]> {
  const there = new Set(live.map(({ id }) => id));
  const missing = (await refundsSince(read, since)).filter(({ id }) => !there.has(id));
  return missing.map(({ id, customerId, amount, currency, paymentId }) => ({
    ...({ kind: 'records', from: 'stripe', id, customerId, requestId: null, at: null } as const),
    words: `The book has refund ${id} of ${formatMoney(amount, currency)} on ${paymentId}; Stripe has none.`,
  }));
}
