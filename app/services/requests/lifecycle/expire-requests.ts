import { transition } from '#app/domain/requests/state-machine.ts';
import type { Deps } from '#app/services/deps.ts';
import { transitionRequest } from '#app/services/requests/lifecycle/transition-request.ts';
import { voidDecisions } from '#db/queries/requests/decisions.ts';
import { findRequest, requestsToExpire } from '#db/queries/requests/requests.ts';

const AT_ONCE = 100;

/** Ends requests that nobody has decided in time and frees what they had reserved; answers how many. */
export const expireRequests = async (deps: Deps): Promise<number> => {
  let expired = 0;
  const event = { kind: 'expired' } as const;
  for (;;) {
    const due = await requestsToExpire(deps.store.read, deps.now(), AT_ONCE);
    for (const { id } of due) {
      const done = await deps.store.write(async (tx) => {
        const request = await findRequest(tx, id);
        // Decided, or taken care of by another process, since it was listed.
        if (request === null || transition(request, event, deps.now()).kind === 'refused')
          return false;
        await voidDecisions(tx, id, deps.now());
        await transitionRequest(deps, tx, request, event);
        return true;
      });
      if (done) expired += 1;
    }
    if (due.length < AT_ONCE) return expired;
  }
};
