import { step } from '#app/domain/requests/life.ts';
import { conflict, forbidden, invalid, notFound } from '#app/domain/requests/refusal.ts';
import { LONGEST_REASON } from '#app/domain/requests/asked.ts';
import { moveRequest } from '#app/services/money/move-request.ts';
import { allowedInWrite } from '#app/services/money/person-in-write.ts';
import type { RequestAnswer } from '#app/services/money/request-remedy.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { moverOf } from '#app/services/money/write-content.ts';
import { voidDecisions } from '#db/queries/decisions.ts';
import { cancelOperations } from '#db/queries/operation-steps.ts';
import { findRequest } from '#db/queries/requests.ts';

/** Takes one's own request back, until it is being sent; what it had reserved is free again. */
export const withdrawRequest = async (
  app: Omit<StaffMoneyDeps, 'stripe'>,
  { requestId, reason }: { requestId: string; reason: string },
): Promise<RequestAnswer> =>
  app.store.write(async (tx) => {
    const words = reason.trim();
    if (words === '' || words.length > LONGEST_REASON) return invalid({ reason: 'Say why.' });
    const before = await findRequest(tx, requestId);
    if (before === null) return notFound('There is no such request.');
    const person = await allowedInWrite(tx, app.actor, 'requests.ask');
    if (person === null || before.requestedBy !== person.staffId) {
      return forbidden('Only the person who asked for it takes it back.');
    }
    if (before.state === 'withdrawn') return { ok: true, request: before, repeated: true };
    const now = app.now();
    const event = { kind: 'withdrawn', reason: words } as const;
    const next = step(before, event, now);
    if (next.kind === 'refused') return conflict(next.why);
    const why = 'The request was withdrawn.';
    if (!(await cancelOperations(tx, requestId, { at: now, why }))) {
      return conflict('It is being sent already and cannot be taken back.');
    }
    await voidDecisions(tx, requestId, now);
    const change = { approvedAt: null };
    const request = await moveRequest(app, tx, before, event, { by: moverOf(app), change });
    return { ok: true, request };
  });
