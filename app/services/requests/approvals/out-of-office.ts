import { outOfOfficeError } from '#app/domain/approvals/out-of-office.ts';
import { forbidden, invalid } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import { toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { authorizeInTx } from '#app/services/access/authorize-in-tx.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { findStaff, updateStaff } from '#db/queries/access/staff.ts';

/**
 * Notes that this person is on leave until then, or back (null). Only of oneself: whoever could send others
 * on leave could make it look as if nobody were there to decide.
 */
export const setOutOfOffice = async (
  app: StaffDeps & { requestId?: string },
  until: Instant | null,
): Promise<{ ok: true; repeated: boolean } | Refused> =>
  app.store.write(async (tx) => {
    const person = await authorizeInTx(tx, app.actor, 'requests.ask');
    if (person === null) return forbidden('Your role has no approvals to give.');
    const now = app.now();
    const fault = until === null ? null : outOfOfficeError(until, now);
    if (fault !== null) return invalid({ until: fault });
    const known = (await findStaff(tx, person.staffId))?.awayUntil ?? null;
    // Noted already: the same form, sent again.
    if (known === until) return { ok: true, repeated: true };
    await updateStaff(tx, person.staffId, { awayUntil: until });
    await appendAudit(tx, {
      ...{ id: app.newId('aud'), at: now, kind: 'staff.away', actorId: person.staffId },
      ...{ subject: `staff:${person.staffId}`, ticket: app.ticket },
      requestId: app.requestId ?? null,
      detail: { until: until === null ? 'back' : toIso(until) },
    });
    return { ok: true, repeated: false };
  });
