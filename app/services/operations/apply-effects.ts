import type { BookRecord } from '#app/domain/book/records.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { planCompensation } from '#app/domain/operations/plan.ts';
import { progressOf } from '#app/domain/operations/request-progress.ts';
import { MAIL_SET_ASIDE, mayBeSentAlready } from '#app/domain/restore/labels.ts';
import type { Deps, TransitionActor } from '#app/services/deps.ts';
import { transitionRequest } from '#app/services/requests/lifecycle/transition-request.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { enqueueMail } from '#app/services/mail/enqueue-mail.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import {
  changeOperation,
  insertOperations,
  operationsOf,
} from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { latestRestoration, setMailAside } from '#db/queries/deployment/restorations.ts';
import type { Tx } from '#db/store.ts';
/** Steps that did not change hands for good leave no trace beyond their row. */
const ENDS = ['succeeded', 'failed', 'needs_review', 'canceled'];

/**
 * All that follows when a step has changed, in the write that changed it: the book, the audit log, the
 * next step, the request, the mail to the customer.
 */
export const applyEffects = async (
  deps: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  before: Operation,
  after: Operation,
  records: readonly BookRecord[],
  by?: TransitionActor,
): Promise<void> => {
  await saveRecords(tx, records);
  if (before.state === after.state && before.externalStatus === after.externalStatus) return;
  if (!ENDS.includes(after.state)) return;
  await auditOperation(deps, tx, after, by);
  await moveOn(deps, tx, after.requestId, by);
  await enqueueMail(deps, tx, before, after);
  if (!mayBeSentAlready(await latestRestoration(tx), before, after)) return;
  // It may have gone out before the database was restored: a person decides.
  const { id: operationId, requestId, customerId } = after;
  const at = deps.now();
  const aside = await setMailAside(tx, {
    ...{ at, why: MAIL_SET_ASIDE },
    of: { requestId, operationId },
  });
  for (const { id } of aside)
    await appendAudit(tx, {
      ...{ id: deps.newId('aud'), at, kind: 'mail.held', customerId },
      subject: `request:${requestId}`,
      detail: { mail: id, reason: MAIL_SET_ASIDE },
    });
};

/** The row of the audit log that a step's end leaves. */
export const auditOperation = (
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  step: Operation,
  by: TransitionActor | undefined,
): Promise<void> =>
  appendAudit(tx, {
    id: newId('aud'),
    at: now(),
    kind: `${step.kind.replaceAll('_', '-')}.${step.state.replaceAll('_', '-')}`,
    actorId: by?.actorId ?? null,
    ticket: by?.ticket ?? null,
    customerId: step.customerId,
    subject: `operation:${step.id}`,
    detail: {
      request: step.requestId,
      externalId: step.externalId,
      status: step.externalStatus,
      error: step.error,
    },
  });

/** The request, its next step, and what has to be undone. */
async function moveOn(
  deps: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  requestId: string,
  by: TransitionActor | undefined,
): Promise<void> {
  const request = await findRequest(tx, requestId);
  if (!request) throw new Error('a step without its request');
  const steps = await operationsOf(tx, [requestId]);
  const { event, remark, makeReady, cancel, compensate } = progressOf(request.state, steps);
  const now = deps.now();
  if (makeReady)
    await changeOperation(tx, makeReady, { state: 'ready', nextTryAt: now, changedAt: now });
  if (cancel)
    await changeOperation(tx, cancel, {
      state: 'canceled',
      error: 'The refund did not go through.',
      changedAt: now,
    });
  if (compensate) await insertOperations(tx, [planCompensation(compensate, { now })]);
  if (event) await transitionRequest(deps, tx, request, event, { remark, ...(by ? { by } : {}) });
}
