import type { Operation } from '#app/domain/requests/operation.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import type { Review } from '#app/services/money/resolve-review.ts';
import { searchAudit } from '#db/queries/audit-search.ts';

/** A person's latest rows about one customer: an answer that is sent again is among them. */
const LATEST = 100;

/** Whether this person has answered a review in this way already, as the audit log has it. */
export async function isAnswered(
  app: StaffDeps,
  step: Operation,
  { answer }: Pick<Review, 'answer'>,
): Promise<boolean> {
  const same =
    answer.kind === 'did_not_happen'
      ? step.state === 'canceled'
      : step.externalId !== null &&
        (step.kind !== 'stripe_refund' || step.externalId === answer.externalId);
  if (!same) return false;
  const by = { customerId: step.customerId, actorId: app.actor.staffId };
  const { events } = await searchAudit(app.store.read, by, { limit: LATEST });
  return events.some(
    ({ subject, detail }) =>
      subject === `operation:${step.id}` || detail?.['operation'] === step.id,
  );
}
