import { DAY } from '#app/lib/instant.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { planCompensation } from '#app/domain/operations/plan.ts';
import { may } from '#app/domain/access/roles.ts';
import type { RemedyDeps, StaffDeps } from '#app/services/deps.ts';
import { readBack } from '#app/services/operations/execute-operation.ts';
import { paymentOf, toRefundResult } from '#app/services/operations/refund-result.ts';
import { auditOperation, applyEffects } from '#app/services/operations/apply-effects.ts';
import { refundOf } from '#app/services/requests/evaluate/refund-tags.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import type { ExecutionResult } from '#app/services/operations/record-outcome.ts';
import { nameRefund } from '#app/domain/operations/labels.ts';
import { untaggedDuplicates } from '#app/services/operations/preflight-refund.ts';
import { transitionRequest } from '#app/services/requests/lifecycle/transition-request.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { voidDecisions } from '#db/queries/requests/decisions.ts';
import {
  changeOperation,
  findOperation,
  insertOperations,
  operationByExternalId,
  operationsOf,
} from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { Tx } from '#db/store.ts';
import { applyOutcome } from '#app/domain/operations/outcome.ts';
import { findConflict } from '#app/services/operations/find-conflict.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { searchAudit } from '#db/queries/audit/audit-search.ts';
/**
 * What a person has found out about a step whose outcome nobody knew.
 * @internal
 */
export type ReviewAnswer =
  /** It did happen outside: this refund or ledger entry is taken over. */
  | { kind: 'happened'; externalId: string }
  /**
   * It did not: the request goes back to whoever asked. `others`: refunds of the same amount at Stripe that
   * the person has looked at and found to be other ones.
   */
  | { kind: 'did_not_happen'; others?: readonly string[] };

export interface Review {
  operationId: string;
  /** Of the step, as the person saw it. */
  version: number;
  answer: ReviewAnswer;
  reason: string;
}
export type ReviewResult =
  /** `repeated`: this person has answered so before; nothing was done now. */
  | { kind: 'done'; repeated?: true }
  | { kind: 'refused'; why: string }
  /** It is not as it was shown. */
  | { kind: 'changed'; why: string };

const refused = (why: string): ReviewResult => ({ kind: 'refused', why });
const reviewUnavailable = (words: string): ReviewResult =>
  refused(`It can’t be checked now: ${words}`);
const CHANGED: ReviewResult = {
  kind: 'changed',
  why: 'Someone else handled this. Reload.',
};

/**
 * Takes a person's answer to an unknown outcome, after looking it up outside once more: what contradicts
 * what is found there is refused. Money moves by neither answer.
 */
export const resolveManualReview = async (
  app: RemedyDeps & StaffDeps,
  review: Review,
): Promise<ReviewResult> => {
  if (!may(app.actor.role, 'requests.review')) return refused('Your role can’t review this.');
  if (review.reason.trim() === '') return refused('Say what you found.');
  const step = await findOperation(app.store.read, review.operationId);
  if (!step) return refused('Step not found.');
  if (step.state !== 'needs_review' || step.version !== review.version) {
    return (await isAnswered(app, step, review)) ? { kind: 'done', repeated: true } : CHANGED;
  }
  const result =
    review.answer.kind === 'happened'
      ? await happened(app, step, review.answer.externalId, review.reason)
      : await didNotHappen(app, step, review.reason, review.answer.others ?? []);
  if (result.kind === 'done') await sweepAccounts(app, { customers: [step.customerId] });
  return result;
};

async function happened(
  app: RemedyDeps & StaffDeps,
  step: Operation,
  externalId: string,
  reason: string,
): Promise<ReviewResult> {
  if (step.kind === 'stripe_refund') {
    const live = await tryRead(() => app.stripe.readRefund(externalId));
    if (live.kind === 'unreadable') return reviewUnavailable(live.words);
    if (live.kind !== 'found') return refused(`Stripe shows no refund ${externalId}.`);
    const refund = (await refundOf(app.store.read, step, [live.value])) ?? live.value;
    const { opId, status } = refund;
    const known = await operationByExternalId(app.store.read, 'stripe_refund', externalId);
    if ((opId ?? step.id) !== step.id || (known !== null && known.id !== step.id))
      return refused('That refund belongs to another request.');
    if (isReversed(status) && opId !== step.id)
      return refused(`That refund is ${status}: it moved no money.`);
    return adoptExternalResult(app, step, toRefundResult(step, refund), reason);
  }
  const found = await readBack(app, step);
  if (found.kind === 'unreadable') return reviewUnavailable(found.words);
  if (found.kind !== 'found') return refused('The product has no record of it.');
  return adoptExternalResult(app, step, found.value, reason);
}

async function didNotHappen(
  app: RemedyDeps & StaffDeps,
  step: Operation,
  reason: string,
  others: readonly string[],
): Promise<ReviewResult> {
  const found = await readBack(app, step);
  // What was never sent needs no look: it may be that just this cannot be read any more.
  if (found.kind === 'unreadable' && step.firstSentAt !== null)
    return reviewUnavailable(found.words);
  const unlooked = await unreviewedMessage(app, step, others);
  if (unlooked !== null) return unlooked;
  // What was made in another amount, or for somebody else, nobody can take over: it is closed with a reason.
  const isThere = found.kind === 'found' && !(await isAnothers(app, step, found.value));
  if (isThere && found.value.outcome.kind === 'accepted')
    return refused('It did happen. Use this result instead.');
  await app.point('review-looked-up');
  return app.store.write((tx) => sendBack(app, tx, step, { reason, isThere, others }));
}

/** A refund of the same amount that nobody has looked at yet may be this one: a no is not taken before. */
async function unreviewedMessage(
  app: RemedyDeps,
  step: Operation,
  others: readonly string[],
): Promise<ReviewResult | null> {
  if (step.kind !== 'stripe_refund') return null;
  const listed = await tryRead(() => app.stripe.listRefunds(paymentOf(step)));
  if (listed.kind === 'unreadable')
    return step.firstSentAt === null ? null : reviewUnavailable(listed.words);
  const live = listed.kind === 'found' ? listed.value : [];
  const duplicates = await untaggedDuplicates(
    app,
    step,
    live.filter(({ id }) => !others.includes(id)),
  );
  if (live.some(({ opId }) => opId === step.id) || duplicates.length === 0) return null;
  const named = duplicates.map((duplicate) =>
    nameRefund({ ...duplicate, currency: duplicate.currency || step.currency }),
  );
  return refused(
    `Stripe has refund ${named.join(', and ')}, without our tag: it may be this one. Check it first, and confirm that it is another.`,
  );
}

/** Whether what was found is the outcome of another step: nobody can take it over twice. */
async function isAnothers(
  app: RemedyDeps,
  step: Operation,
  { outcome }: ExecutionResult,
): Promise<boolean> {
  if (outcome.kind !== 'accepted') return false;
  const owner = await operationByExternalId(app.store.read, step.kind, outcome.externalId);
  return owner !== null && owner.id !== step.id;
}

interface Closing {
  reason: string;
  /** Something was made in its name, though not what was asked for. */
  isThere: boolean;
  /** Refunds that the person has found to be other ones. */
  others: readonly string[];
}

async function sendBack(
  app: RemedyDeps & StaffDeps,
  tx: Tx,
  step: Operation,
  { reason, isThere, others }: Closing,
): Promise<ReviewResult> {
  const now = app.now();
  const request = await findRequest(tx, step.requestId);
  const steps = await operationsOf(tx, [step.requestId]);
  const closed = await changeOperation(tx, step, {
    state: 'canceled',
    error: `Not found: ${reason}`,
    changedAt: now,
  });
  if (!closed || !request) return CHANGED;
  const by = { actorId: app.actor.staffId, ticket: app.ticket };
  if (request.state !== 'needs_review') {
    // What became of the request is known already: the refund came back, and only this step was open.
    await auditOperation(app, tx, closed, by);
    // Beside what was booked wrongly a person sets the rest right.
    if (!isThere) await returnOnceMore(app, tx, closed, steps);
    return { kind: 'done' };
  }
  const otherRefunds = others.length === 0 ? null : others.join(' ');
  const detail = { operation: step.id, answer: 'did not happen', otherRefunds };
  if (steps.some(({ state }) => state === 'succeeded')) {
    // The money went back; only what should have followed did not happen.
    await transitionRequest(
      app,
      tx,
      request,
      { kind: 'succeeded' },
      { by, detail, remark: reason },
    );
    return { kind: 'done' };
  }
  for (const other of steps.filter(({ state }) => state === 'waiting' || state === 'ready'))
    await changeOperation(tx, other, {
      state: 'canceled',
      error: 'The request was sent back.',
      changedAt: now,
    });
  await voidDecisions(tx, request.id, now);
  const expiresAt = Math.max(request.expiresAt, now + 3 * DAY);
  await transitionRequest(
    app,
    tx,
    request,
    { kind: 'sent_back', reason },
    { by, detail, expiresAt },
  );
  return { kind: 'done' };
}

/** Credits that were taken for a refund that came back are owed until they are there again. */
async function returnOnceMore(
  app: RemedyDeps,
  tx: Tx,
  closed: Operation,
  steps: readonly Operation[],
): Promise<void> {
  const taken = steps.find(({ state, credits }) => state === 'succeeded' && (credits ?? 0) < 0);
  if ((closed.credits ?? 0) <= 0 || taken === undefined) return;
  const ordinal = 1 + Math.max(...steps.map((step) => step.ordinal));
  await insertOperations(tx, [planCompensation(taken, { now: app.now(), ordinal })]);
}

/** Takes over what a person has found outside as the outcome of a step in review. */
const adoptExternalResult = async (
  app: RemedyDeps & StaffDeps,
  step: Operation,
  { outcome, records }: ExecutionResult,
  reason: string,
): Promise<ReviewResult> => {
  if (outcome.kind !== 'accepted') {
    return { kind: 'refused', why: 'Its charge, amount or customer is not what was requested.' };
  }
  return app.store.write(async (tx) => {
    const taken = await findConflict(tx, step, outcome, records);
    if (taken !== null) return { kind: 'refused', why: taken };
    const now = app.now();
    const change = { ...applyOutcome(step, outcome, now), changedAt: now };
    const after = await changeOperation(tx, step, change);
    if (!after) return { kind: 'changed', why: 'Someone else handled it.' };
    const by = { actorId: app.actor.staffId, ticket: app.ticket };
    await appendAudit(tx, {
      ...{ id: app.newId('aud'), at: now, kind: 'request.reviewed', ...by },
      customerId: step.customerId,
      subject: `request:${step.requestId}`,
      detail: { operation: step.id, externalId: outcome.externalId, reason },
    });
    await applyEffects(app, tx, step, after, records, by);
    return { kind: 'done' };
  });
};

/** A person's latest rows about one customer: an answer that is sent again is among them. */
const LATEST = 100;

/** Whether this person has answered a review in this way already, as the audit log has it. */
async function isAnswered(
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
