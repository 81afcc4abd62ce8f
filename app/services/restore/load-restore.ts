import type { Instant } from '#app/lib/instant.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Restoration } from '#app/domain/restore/restoration.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { describeLedgerAge } from '#app/services/restore/confirm-restore.ts';
import { heldSince, latestRestoration } from '#db/queries/deployment/restorations.ts';
import type { Read } from '#db/store.ts';

/** Since when nothing is sent because of a restore; null: sending goes on. */
export const sendingHeldSince = (read: Read): Promise<Instant | null> => heldSince(read);

export interface RestorePage {
  now: Instant;
  /** The last restore; null: the database was never restored. */
  latest: Restoration | null;
  /** Why credits may be missing from the ledger; null: it is known to past the restore. */
  ledger: string | null;
  /** Why this person cannot let sending go on now; null: they can. */
  whyNot: string | null;
}

/** The last restore of the database, with what the backup had forgotten. */
export async function loadRestore(app: StaffDeps & { money: object | null }): Promise<RestorePage> {
  const { read } = app.store;
  const latest = await latestRestoration(read);
  return {
    now: app.now(),
    latest,
    ledger: latest === null ? null : await describeLedgerAge(read, latest.at),
    whyNot: confirmDisabledReason(app, latest),
  };
}

function confirmDisabledReason(
  { actor, money }: StaffDeps & { money: object | null },
  latest: Restoration | null,
): string | null {
  if (!may(actor.role, 'restore.confirm')) return 'Only finance can resume sending.';
  return money !== null && latest?.comparedAt === null
    ? 'Reconciling with Stripe and the product.'
    : null;
}
