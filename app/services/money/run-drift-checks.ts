import { DAY, HOUR, MINUTE, SECOND } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import { CLOCKS_APART } from '#app/domain/requests/dated-ahead.ts';
import type { Drift } from '#app/domain/requests/drift.ts';
import { keepLooking } from '#app/services/keep-looking.ts';
import type { Looking } from '#app/services/keep-looking.ts';
import { putInLine } from '#app/services/money/ask-for-drift-check.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import { reconcile } from '#app/services/money/reconcile.ts';
import {
  changeDrift,
  claimDriftCheck,
  driftById,
  endDriftCheck,
  insertDrift,
  latestDriftChecks,
  openDrift,
  openDriftCheck,
} from '#db/queries/drift.ts';
import type { DriftCheck } from '#db/queries/drift.ts';
import type { Tx } from '#db/store.ts';

/** A process that died in the middle of a comparison leaves it to another after so long. */
const LEASE = 30 * MINUTE;
/** UTC hour from which a night's comparison is made: after the night's sweep. */
const NIGHT = 4 * HOUR;
/** After a comparison of the night that could not be made. */
const AGAIN_AFTER = HOUR;
const MOST = 10_000;

const nightOf = (instant: Instant): number => Math.floor((instant - NIGHT) / DAY);
const idOf = ({ kind, chargeId, refundId }: Drift): string =>
  `${kind} ${chargeId} ${refundId ?? ''}`;

/**
 * Makes the comparison that is in line, and one every night; answers whether one was made.
 * @param watchedSince nights before count as done where nobody has ever compared.
 */
export async function runDriftChecks(deps: MoneyDeps, watchedSince: Instant): Promise<boolean> {
  await askEveryNight(deps, watchedSince);
  const open = await openDriftCheck(deps.store.read);
  if (open === null) return false;
  const now = deps.now();
  const lease = { now, until: now + LEASE };
  if (!(await deps.store.write((tx) => claimDriftCheck(tx, open.id, lease)))) return false;
  await compare(deps, open);
  return true;
}

async function askEveryNight(deps: MoneyDeps, watchedSince: Instant): Promise<void> {
  const now = deps.now();
  const isDone = ([latest]: DriftCheck[]): boolean =>
    nightOf(latest?.askedAt ?? watchedSince) >= nightOf(now) &&
    !(latest && latest.error !== null && (latest.endedAt ?? now) + AGAIN_AFTER <= now);
  // One that a clock which was ahead has dated does not count for the nights until then.
  const until = now + CLOCKS_APART;
  if (isDone(await latestDriftChecks(deps.store.read, 1, until))) return;
  await deps.store.write(async (tx) => {
    if (!isDone(await latestDriftChecks(tx, 1, until))) await putInLine(deps, tx, null);
  });
}

async function compare(deps: MoneyDeps, check: DriftCheck): Promise<void> {
  const found = await readOutside(() => reconcile(deps, check.since));
  const none = { refunds: null, charges: null, found: null };
  await deps.store.write(async (tx) => {
    const endedAt = deps.now();
    const end =
      found.kind === 'found'
        ? { ...found.value, found: found.value.drift.length, error: null }
        : { ...none, error: found.kind === 'unreadable' ? found.words : 'Nothing was read.' };
    const { refunds, charges, error } = end;
    const row = { endedAt, refunds, charges, found: end.found, error };
    // Another process has taken it over and ended it: its findings are newer.
    if (!(await endDriftCheck(tx, check.id, row)) || found.kind !== 'found') return;
    await keep(tx, found.value.drift, endedAt);
  });
}

/** What differs is kept from when it was first found; what is found no more is gone. Nothing is repaired. */
async function keep(tx: Tx, found: readonly Drift[], now: Instant): Promise<void> {
  const ids = new Map(found.map((one) => [idOf(one), one]));
  for (const known of await openDrift(tx, MOST)) {
    if (!ids.has(known.id)) await changeDrift(tx, known.id, { goneAt: now });
  }
  for (const [id, { kind, chargeId, refundId, customerId, words }] of ids) {
    const known = await driftById(tx, id);
    const seen = { customerId, words, lastSeenAt: now, goneAt: null };
    // Come back after it was gone: it is a new one.
    const firstSeenAt = known === null || known.goneAt !== null ? now : known.firstSeenAt;
    if (known !== null) await changeDrift(tx, id, { ...seen, firstSeenAt });
    else await insertDrift(tx, [{ id, kind, chargeId, refundId, firstSeenAt, ...seen }]);
  }
}

interface CheckLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}

/** While the server runs, makes comparisons that are in line and one every night. Any number of servers may. */
export const startDriftTimer = (
  deps: MoneyDeps & { log: CheckLog },
  every = 2 * SECOND,
): Looking => {
  const begun = deps.now();
  const look = async (): Promise<boolean> => {
    if (await runDriftChecks(deps, begun)) deps.log.info({}, 'compared with Stripe');
    return false;
  };
  return keepLooking(look, { every, log: deps.log, failure: 'comparing with Stripe failed' });
};
