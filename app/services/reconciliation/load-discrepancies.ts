import type { Instant } from '#app/lib/instant.ts';
import { may } from '#app/domain/access/roles.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { latestReconciliations, openDiscrepancies } from '#db/queries/operations/discrepancies.ts';
import type { ReconciliationRun, ShownDiscrepancy } from '#db/queries/operations/discrepancies.ts';
import { findStaff } from '#db/queries/access/staff.ts';

const MOST = 1_000;
/** Among so many there is one that ended well, unless Stripe has been away for long. */
const LISTED = 10;

export interface Discrepancies {
  now: Instant;
  rows: ShownDiscrepancy[];
  /** The comparison that was asked for last, and by whom; null: none ever was. */
  latest: (ReconciliationRun & { askedByName: string | null }) | null;
  /** When the list was last made whole; null: not lately. */
  wholeAt: Instant | null;
  since: Instant | null;
  /** Why it cannot be compared now; null: it can. */
  whyNot: string | null;
}

/** What differs between the book and Stripe, as the last comparison found it. */
export async function loadDiscrepancies(
  app: StaffDeps & { money: object | null },
): Promise<Discrepancies> {
  const { read } = app.store;
  const checks = await latestReconciliations(read, LISTED);
  const [latest] = checks;
  const whole = checks.find(({ endedAt, error }) => endedAt !== null && error === null);
  const asker = latest?.askedBy ? await findStaff(read, latest.askedBy) : null;
  return {
    now: app.now(),
    rows: await openDiscrepancies(read, MOST),
    latest: latest ? { ...latest, askedByName: asker?.name ?? null } : null,
    wholeAt: whole?.endedAt ?? null,
    since: whole?.since ?? null,
    whyNot: reconcileDisabledReason(app, latest),
  };
}

/** Why somebody cannot have the book compared with Stripe now, in words; null: they can. */
function reconcileDisabledReason(
  { actor, money }: StaffDeps & { money: object | null },
  latest: ReconciliationRun | undefined,
): string | null {
  if (!may(actor.role, 'drift.compare'))
    return 'Only finance or a lead can start a reconciliation.';
  if (money === null) return 'Stripe is not configured, so there is nothing to reconcile with.';
  return latest !== undefined && latest.endedAt === null
    ? 'A reconciliation is already running.'
    : null;
}
