import type { Facts } from '#app/domain/book/record-ref.ts';
import { transition } from '#app/domain/requests/state-machine.ts';
import type { RequestEvent } from '#app/domain/requests/state-machine.ts';
import type { RequestEventKind } from '#app/domain/requests/history.ts';
import type { Deps, TransitionActor } from '#app/services/deps.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { changeRequest, insertRequestEvent } from '#db/queries/requests/requests.ts';
import type { RequestChange, StoredRequest } from '#db/queries/requests/requests.ts';
import type { Tx } from '#db/store.ts';
/**
 * Moves a request within a write: its row by compare-and-set, its history and the audit log. Throws
 * where its life does not allow the step: callers ask only for steps that they have seen to be open.
 */
export const transitionRequest = async (
  deps: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  request: StoredRequest,
  event: RequestEvent,
  more: {
    by?: TransitionActor;
    remark?: string | null;
    detail?: Facts;
    expiresAt?: number;
    /** What changes of the row beside its state. */
    change?: Partial<RequestChange>;
  } = {},
): Promise<StoredRequest> => {
  const now = deps.now();
  const next = transition(request, event, now);
  if (next.kind === 'refused') throw new Error(`request ${request.id}: ${next.why}`);
  const reason = next.reason ?? more.remark ?? null;
  const moved = await changeRequest(tx, request, {
    state: next.state,
    stateReason: reason,
    changedAt: now,
    ...more.change,
    ...(more.expiresAt === undefined ? {} : { expiresAt: more.expiresAt }),
  });
  // Read in this same serializable write, so nobody can have changed it in between.
  if (!moved) throw new Error('a request changed within a write');
  const who = { actorId: more.by?.actorId ?? null, ticket: more.by?.ticket ?? request.ticket };
  const detail = more.detail ?? null;
  // Every event of a request's life is one of its history under the same name.
  const kind: RequestEventKind = event.kind;
  await insertRequestEvent(tx, {
    ...{ id: deps.newId('rev'), requestId: request.id, at: now, kind, ...who, reason },
    ...{ revision: request.revision, content: null, contentHash: null, detail },
  });
  await appendAudit(tx, {
    ...{ id: deps.newId('aud'), at: now, kind: `request.${event.kind}`, ...who },
    customerId: request.customerId,
    subject: `request:${request.id}`,
    requestId: more.by?.requestId ?? null,
    detail: { ...detail, reason, kind: request.kind },
  });
  return moved;
};
