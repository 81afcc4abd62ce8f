import type { Instant } from '#app/domain/instant.ts';
import { may } from '#app/domain/roles.ts';
import type { Restoration } from '#app/domain/restore/restoration.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { sayLedgerAge } from '#app/services/restore/confirm-restore.ts';
import { heldSince, latestRestoration } from '#db/queries/restorations.ts';
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
    ledger: latest === null ? null : await sayLedgerAge(read, latest.at),
    whyNot: whyNotConfirm(app, latest),
  };
}

function whyNotConfirm(
  { actor, money }: StaffDeps & { money: object | null },
  latest: Restoration | null,
): string | null {
  if (!may(actor.role, 'restore.confirm')) return 'Finance lets sending go on.';
  return money !== null && latest?.comparedAt === null
    ? 'Stripe and the product are being compared with.'
    : null;
}
