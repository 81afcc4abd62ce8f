import type { Instant } from '#app/domain/instant.ts';
import type { Delegation } from '#app/domain/requests/delegation.ts';
import { conflict, forbidden, notFound } from '#app/domain/requests/refusal.ts';
import type { Refused } from '#app/domain/requests/refusal.ts';
import { agoInWords } from '#app/domain/time.ts';
import { may } from '#app/domain/roles.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { personInWrite } from '#app/services/money/person-in-write.ts';
import { appendAudit } from '#db/queries/audit-events.ts';
import { closeDelegation, findDelegation } from '#db/queries/delegations.ts';
import { findStaff } from '#db/queries/staff.ts';
import type { Tx } from '#db/store.ts';

export type EndingAnswer = { ok: true; repeated: boolean } | Refused;

/** Ends a lent right at once: by whoever lent it, whoever has it, or somebody who oversees such loans. */
export const endDelegation = async (
  app: StaffDeps & { requestId?: string },
  delegationId: string,
): Promise<EndingAnswer> =>
  app.store.write(async (tx) => {
    const found = await findDelegation(tx, delegationId);
    if (found === null) return notFound('There is no such loan.');
    const person = await personInWrite(tx, app.actor);
    const isOne = person !== null && [found.delegatorId, found.delegateId].includes(person.staffId);
    if (person === null || !(isOne || may(person.role, 'requests.end-loans'))) {
      return forbidden('It is not yours to end.');
    }
    if (found.endedBy === person.staffId) return { ok: true, repeated: true };
    const now = app.now();
    if (found.endedAt !== null) return conflict(await sayEnded(tx, found, now));
    const ended = { endedAt: now, endedBy: person.staffId };
    if (found.endsAt <= now || !(await closeDelegation(tx, delegationId, ended))) {
      return conflict('It has ended already.');
    }
    await appendAudit(tx, {
      ...{ id: app.newId('aud'), at: now, kind: 'delegation.ended', actorId: person.staffId },
      ...{ subject: `delegation:${delegationId}`, ticket: app.ticket },
      requestId: app.requestId ?? null,
      detail: { from: found.delegatorId, to: found.delegateId },
    });
    return { ok: true, repeated: false };
  });

async function sayEnded(tx: Tx, { endedBy, endedAt }: Delegation, now: Instant): Promise<string> {
  const who = endedBy === null ? null : await findStaff(tx, endedBy);
  return `It was ended already by ${who?.name ?? 'somebody else'}, ${agoInWords(endedAt ?? now, now)}.`;
}
