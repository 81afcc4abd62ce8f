import type { BookRecord } from '#app/domain/book/records.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { planCompensation } from '#app/domain/requests/plan-operations.ts';
import { progressOf } from '#app/domain/requests/progress.ts';
import { isToldAlready, MAIL_SET_ASIDE } from '#app/domain/restore/held-words.ts';
import type { Deps } from '#app/services/deps.ts';
import { moveRequest } from '#app/services/money/move-request.ts';
import type { Mover } from '#app/services/money/move-request.ts';
import { takeIntoBook } from '#app/services/money/take-into-book.ts';
import { tellCustomer } from '#app/services/money/tell-customer.ts';
import { appendAudit } from '#db/queries/audit-events.ts';
import { changeOperation, insertOperations, operationsOf } from '#db/queries/operations.ts';
import { findRequest } from '#db/queries/requests.ts';
import { latestRestoration, setMailAside } from '#db/queries/restorations.ts';
import type { Tx } from '#db/store.ts';

/** Steps that did not change hands for good leave no trace beyond their row. */
const ENDS = ['succeeded', 'failed', 'needs_review', 'canceled'];

/**
 * All that follows when a step has changed, in the write that changed it: the book, the audit log, the
 * next step, the request, the mail to the customer.
 */
export const followUp = async (
  deps: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  before: Operation,
  after: Operation,
  records: readonly BookRecord[],
  by?: Mover,
): Promise<void> => {
  await takeIntoBook(tx, records);
  if (before.state === after.state && before.externalStatus === after.externalStatus) return;
  if (!ENDS.includes(after.state)) return;
  await auditStep(deps, tx, after, by);
  await moveOn(deps, tx, after.requestId, by);
  await tellCustomer(deps, tx, before, after);
  if (!isToldAlready(await latestRestoration(tx), before, after)) return;
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
export const auditStep = (
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  step: Operation,
  by: Mover | undefined,
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
  by: Mover | undefined,
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
      error: 'The refund came to nothing.',
      changedAt: now,
    });
  if (compensate) await insertOperations(tx, [planCompensation(compensate, { now })]);
  if (event) await moveRequest(deps, tx, request, event, { remark, ...(by ? { by } : {}) });
}
