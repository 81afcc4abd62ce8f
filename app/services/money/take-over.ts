import { takeOutcome } from '#app/domain/requests/outcome.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { followUp } from '#app/services/money/follow-up.ts';
import type { ReviewResult } from '#app/services/money/resolve-review.ts';
import type { Tried } from '#app/services/money/settle-step.ts';
import { sayTaken } from '#app/services/money/taken-already.ts';
import { appendAudit } from '#db/queries/audit-events.ts';
import { changeOperation } from '#db/queries/operations.ts';

/** Takes over what a person has found outside as the outcome of a step in review. */
export const takeOver = async (
  app: MoneyDeps & StaffDeps,
  step: Operation,
  { outcome, records }: Tried,
  reason: string,
): Promise<ReviewResult> => {
  if (outcome.kind !== 'accepted') {
    return { kind: 'refused', why: 'Its charge, amount or customer is not what was asked for.' };
  }
  return app.store.write(async (tx) => {
    const taken = await sayTaken(tx, step, outcome, records);
    if (taken !== null) return { kind: 'refused', why: taken };
    const now = app.now();
    const change = { ...takeOutcome(step, outcome, now), changedAt: now };
    const after = await changeOperation(tx, step, change);
    if (!after) return { kind: 'changed', why: 'Somebody else has dealt with it meanwhile.' };
    const by = { actorId: app.actor.staffId, ticket: app.ticket };
    await appendAudit(tx, {
      ...{ id: app.newId('aud'), at: now, kind: 'request.reviewed', ...by },
      customerId: step.customerId,
      subject: `request:${step.requestId}`,
      detail: { operation: step.id, externalId: outcome.externalId, reason },
    });
    await followUp(app, tx, step, after, records, by);
    return { kind: 'done' };
  });
};
