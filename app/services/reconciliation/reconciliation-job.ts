import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { MAX_CLOCK_SKEW } from '#app/domain/time/clock-skew.ts';
import type { Discrepancy } from '#app/domain/reconciliation/discrepancy.ts';
import { startPollLoop } from '#app/lib/poll-loop.ts';
import type { Poller } from '#app/lib/poll-loop.ts';
import { enqueue } from '#app/services/reconciliation/enqueue-reconciliation.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import {
  changeDiscrepancy,
  claimReconciliation,
  discrepancyById,
  endReconciliation,
  insertDiscrepancy,
  latestReconciliations,
  openDiscrepancies,
  openReconciliation,
} from '#db/queries/operations/discrepancies.ts';
import type { ReconciliationRun } from '#db/queries/operations/discrepancies.ts';
import type { Tx } from '#db/store.ts';
import { nightOf } from '#app/lib/night.ts';
/** A process that died in the middle of a comparison leaves it to another after so long. */
const LEASE = 30 * MINUTE;
/** UTC hour from which a night's comparison is made: after the night's sweep. */
const NIGHT = 4 * HOUR;
/** After a comparison of the night that could not be made. */
const AGAIN_AFTER = HOUR;
const MOST = 10_000;

const idOf = ({ kind, chargeId, refundId }: Discrepancy): string =>
  `${kind} ${chargeId} ${refundId ?? ''}`;

/**
 * Makes the comparison that is in line, and one every night; answers whether one was made.
 * @param watchedSince nights before count as done where nobody has ever compared.
 * @internal
 */
export async function runReconciliations(
  deps: RemedyDeps,
  watchedSince: Instant,
): Promise<boolean> {
  await enqueueNightly(deps, watchedSince);
  const open = await openReconciliation(deps.store.read);
  if (open === null) return false;
  const now = deps.now();
  const lease = { now, until: now + LEASE };
  if (!(await deps.store.write((tx) => claimReconciliation(tx, open.id, lease)))) return false;
  await compare(deps, open);
  return true;
}

async function enqueueNightly(deps: RemedyDeps, watchedSince: Instant): Promise<void> {
  const now = deps.now();
  const isDone = ([latest]: ReconciliationRun[]): boolean =>
    nightOf(latest?.askedAt ?? watchedSince, NIGHT) >= nightOf(now, NIGHT) &&
    !(latest && latest.error !== null && (latest.endedAt ?? now) + AGAIN_AFTER <= now);
  // One that a clock which was ahead has dated does not count for the nights until then.
  const until = now + MAX_CLOCK_SKEW;
  if (isDone(await latestReconciliations(deps.store.read, 1, until))) return;
  await deps.store.write(async (tx) => {
    if (!isDone(await latestReconciliations(tx, 1, until))) await enqueue(deps, tx, null);
  });
}

async function compare(deps: RemedyDeps, check: ReconciliationRun): Promise<void> {
  const found = await tryRead(() => reconcile(deps, check.since));
  const none = { refunds: null, charges: null, found: null };
  await deps.store.write(async (tx) => {
    const endedAt = deps.now();
    const end =
      found.kind === 'found'
        ? { ...found.value, found: found.value.drift.length, error: null }
        : { ...none, error: found.kind === 'unreadable' ? found.words : 'No data was read.' };
    const { refunds, charges, error } = end;
    const row = { endedAt, refunds, charges, found: end.found, error };
    // Another process has taken it over and ended it: its findings are newer.
    if (!(await endReconciliation(tx, check.id, row)) || found.kind !== 'found') return;
    await keep(tx, found.value.drift, endedAt);
  });
}

/** What differs is kept from when it was first found; what is found no more is gone. Nothing is repaired. */
async function keep(tx: Tx, found: readonly Discrepancy[], now: Instant): Promise<void> {
  const ids = new Map(found.map((one) => [idOf(one), one]));
  for (const known of await openDiscrepancies(tx, MOST)) {
    if (!ids.has(known.id)) await changeDiscrepancy(tx, known.id, { goneAt: now });
  }
  for (const [id, { kind, chargeId, refundId, customerId, words }] of ids) {
    const known = await discrepancyById(tx, id);
    const seen = { customerId, words, lastSeenAt: now, goneAt: null };
    // Come back after it was gone: it is a new one.
    const firstSeenAt = known === null || known.goneAt !== null ? now : known.firstSeenAt;
    if (known !== null) await changeDiscrepancy(tx, id, { ...seen, firstSeenAt });
    else await insertDiscrepancy(tx, [{ id, kind, chargeId, refundId, firstSeenAt, ...seen }]);
  }
}

interface CheckLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}

/** While the server runs, makes comparisons that are in line and one every night. Any number of servers may. */
export const startReconciliationJob = (
  deps: RemedyDeps & { log: CheckLog },
  every = 2 * SECOND,
): Poller => {
  const begun = deps.now();
  const look = async (): Promise<boolean> => {
    if (await runReconciliations(deps, begun)) deps.log.info({}, 'compared with Stripe');
    return false;
  };
  return startPollLoop(look, { every, log: deps.log, failure: 'comparing with Stripe failed' });
};
