import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { appendAudit } from '#db/queries/audit-events.ts';
import { insertDecision } from '#db/queries/decisions.ts';
import { changeRequest, insertRequestEvent } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { Tx } from '#db/store.ts';

type Glass = { kind: 'broken'; reason: string; people: number } | { kind: 'refused'; why: string };

/** Keeps that somebody broke the glass, or was refused to; answers the request as it is now. */
export async function recordGlass(
  app: StaffMoneyDeps,
  tx: Tx,
  request: StoredRequest,
  glass: Glass,
): Promise<StoredRequest> {
  const { id, customerId, kind, revision, contentHash, requestedBy } = request;
  const at = app.now();
  const who = { actorId: app.actor.staffId, ticket: app.ticket };
  const audit = {
    ...{ id: app.newId('aud'), at, ...who, customerId, subject: `request:${id}` },
    requestId: app.requestId ?? null,
  };
  if (glass.kind === 'refused') {
    const detail = { kind, revision, why: glass.why };
    await appendAudit(tx, { ...audit, kind: 'request.glass_refused', detail });
    return request;
  }
  const { reason, people } = glass;
  await insertDecision(tx, {
    ...{ id: app.newId('dec'), requestId: id, revision, contentHash, requestedBy, reason, at },
    ...{ verdict: 'break_glass', deciderId: app.actor.staffId, voidedAt: null },
  });
  const counted = await changeRequest(tx, request, { changedAt: at });
  // Read in this same serializable write, so nobody can have changed it in between.
  if (counted === null) throw new Error('a request changed within a write');
  await insertRequestEvent(tx, {
    ...{ id: app.newId('rev'), requestId: id, at, kind: 'glass_broken', ...who, reason },
    ...{ revision, content: null, contentHash: null, detail: { people, flagged: true } },
  });
  const detail = { flagged: true, people, reason, kind, revision, hash: contentHash };
  await appendAudit(tx, { ...audit, kind: 'request.glass_broken', detail });
  return counted;
}
