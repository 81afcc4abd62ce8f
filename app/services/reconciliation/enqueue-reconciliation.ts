import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Deps, StaffDeps } from '#app/services/deps.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import {
  reconciliationByForm,
  insertReconciliation,
  openDiscrepancies,
  openReconciliation,
} from '#db/queries/operations/discrepancies.ts';
import type { ReconciliationRun } from '#db/queries/operations/discrepancies.ts';
import type { Read, Tx } from '#db/store.ts';

/**
 * Refunds and charges of so many days are compared.
 * @internal
 */
export const LOOKBACK = 30 * DAY;

/** Since when to compare: what was found earlier and differs still is always among it. */
async function sinceWhen(read: Read, now: Instant): Promise<Instant> {
  const [oldest] = await openDiscrepancies(read, 1);
  return Math.min(now, oldest?.firstSeenAt ?? now) - LOOKBACK;
}

/** Puts a comparison with Stripe in line, or answers the one that is in line already. */
export async function enqueue(
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  askedBy: string | null,
  formKey: string | null = null,
): Promise<{ check: ReconciliationRun; isNew: boolean }> {
  const known = await reconciliationByForm(tx, { askedBy, formKey });
  if (known !== null) return { check: known, isNew: false };
  const open = await openReconciliation(tx);
  if (open !== null) return { check: open, isNew: false };
  const at = now();
  const check: ReconciliationRun = {
    ...{ id: newId('chk'), askedAt: at, askedBy, since: await sinceWhen(tx, at) },
    ...{ startedAt: null, leaseUntil: null, endedAt: null, error: null },
    ...{ refunds: null, charges: null, found: null, formKey },
  };
  await insertReconciliation(tx, check);
  return { check, isNew: true };
}

/**
 * A person wants the book compared with Stripe now; while one comparison is under way that is the one, and
 * so is that which the same form has asked for before.
 */
export const enqueueReconciliation = async (
  app: StaffDeps & { requestId: string },
  formKey: string | null = null,
): Promise<{ check: ReconciliationRun; isNew: boolean }> =>
  app.store.write(async (tx) => {
    const { check, isNew } = await enqueue(app, tx, app.actor.staffId, formKey);
    if (!isNew) return { check, isNew };
    await appendAudit(tx, {
      ...{ id: app.newId('aud'), at: check.askedAt, kind: 'drift.check_asked' },
      ...{ actorId: app.actor.staffId, ticket: app.ticket, customerId: null },
      ...{ subject: `check:${check.id}`, requestId: app.requestId, detail: null },
    });
    return { check, isNew };
  });
