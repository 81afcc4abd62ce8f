import { transition } from '#app/domain/requests/state-machine.ts';
import { conflict, forbidden, invalid, notFound } from '#app/domain/requests/errors.ts';
import { transitionRequest } from '#app/services/requests/lifecycle/transition-request.ts';
import { authorizeInTx } from '#app/services/access/authorize-in-tx.ts';
import type { RequestResult } from '#app/services/requests/lifecycle/repeated-submission.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { toActor } from '#app/services/requests/lifecycle/request-columns.ts';
import { voidDecisions } from '#db/queries/requests/decisions.ts';
import { cancelOperations } from '#db/queries/operations/operation-steps.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';
/** Takes one's own request back, until it is being sent; what it had reserved is free again. */
export const withdrawRequest = async (
  app: Omit<StaffRemedyDeps, 'stripe'>,
  { requestId, reason }: { requestId: string; reason: string },
): Promise<RequestResult> =>
  app.store.write(async (tx) => {
    const words = reason.trim();
    if (words === '' || words.length > LONGEST_REASON)
      return invalid({ reason: 'Add a short reason.' });
    const before = await findRequest(tx, requestId);
    if (before === null) return notFound('Request not found.');
    const person = await authorizeInTx(tx, app.actor, 'requests.ask');
    if (person === null || before.requestedBy !== person.staffId) {
      return forbidden('Only the requester can withdraw it.');
    }
    if (before.state === 'withdrawn') return { ok: true, request: before, repeated: true };
    const now = app.now();
    const event = { kind: 'withdrawn', reason: words } as const;
    const next = transition(before, event, now);
    if (next.kind === 'refused') return conflict(next.why);
    const why = 'The request was withdrawn.';
    if (!(await cancelOperations(tx, requestId, { at: now, why }))) {
      return conflict('It is already being sent and can’t be withdrawn.');
    }
    await voidDecisions(tx, requestId, now);
    const change = { approvedAt: null };
    const request = await transitionRequest(app, tx, before, event, { by: toActor(app), change });
    return { ok: true, request };
  });
