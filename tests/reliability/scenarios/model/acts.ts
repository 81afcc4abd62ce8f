import { HOUR } from '#app/lib/instant.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { CreditChoice, RefundGround } from '#app/domain/requests/request.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { expireRequests } from '#app/services/requests/lifecycle/expire-requests.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { loadRequest } from '#app/services/requests/views/load-request.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { pollPendingRefunds } from '#app/services/stripe/poll-pending-refunds.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Fault } from '#scripts/sandbox/stripe/faults.ts';
import { makeRefund, settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { withWordWhy } from '#tests/support/consoles/ask-insisting.ts';
import { stands } from '#tests/reliability/scenarios/model/check-state.ts';
import { answerTruly } from '#tests/reliability/scenarios/model/answer-review.ts';
import type { RealConsole } from '#tests/reliability/scenarios/model/real-console.ts';
import type { Wish, Wishes, WishState } from '#tests/reliability/scenarios/model/wishes.ts';

/* What can happen, done to the console; whether it may is the model's word. */

type Answer = { ok: boolean; refusal?: { says: string } };

const agree = (what: string, may: boolean, did: boolean, answer: Answer): void => {
  if (may === did) return;
  const said = answer.refusal?.says ?? 'done';
  throw new Error(`${what}: ${may ? 'allowed' : 'not allowed'}, but: ${said}`);
};

/**
 * The wish of a number, with its request as it is now; null: there is none yet. Three times of four it is
 * one in a state where the act makes sense, if there is one.
 */
const nthWish = async (
  model: Wishes,
  real: RealConsole,
  which: number,
  sensible: readonly WishState[],
): Promise<{ wish: Wish; request: StoredRequest } | null> => {
  const fitting = model.all.filter(({ state }) => sensible.includes(state));
  const among = which % 4 === 0 || fitting.length === 0 ? model.all : fitting;
  const wish = among[which % among.length];
  const id = wish && real.requests[model.all.indexOf(wish)];
  const request = id === undefined ? null : await findRequest(real.world.store.read, id);
  return wish && request ? { wish, request } : null;
};

export interface Asking {
  charge: number;
  ground: RefundGround;
  amount: number;
  choice: CreditChoice;
}

export const ask = async (model: Wishes, real: RealConsole, asking: Asking): Promise<void> => {
  const { charge, ground, amount, choice } = asking;
  const seen = real.standing(charge);
  const expiresAt = model.now + 72 * HOUR;
  const wish: Wish = { charge, ground, amount, state: 'requested', expiresAt, seen };
  const may = model.mayAsk(real, wish);
  const isAnother = model.isAnother(wish);
  const paymentId = real.charges[charge % 2] ?? '';
  const asked: RemedyDraft = {
    ...{ kind: 'refund', customerId: real.customerId, paymentId, amount, currency: 'usd' },
    ...{ ground, creditChoice: choice, flagId: null },
    ...{ reason: 'It never worked.', evidence: [`payment:${paymentId}`] },
  };
  let answer = await createRequest(real.as('agent'), asked);
  if (isAnother) agree('ask without a word why', false, answer.ok, answer);
  const insisting = withWordWhy(asked, answer);
  if (isAnother && insisting) answer = await createRequest(real.as('agent'), insisting);
  agree('ask', may, answer.ok, answer);
  if (!answer.ok) return;
  model.all.push(wish);
  real.requests.push(answer.request.id);
};

export const approve = async (
  model: Wishes,
  real: RealConsole,
  { which, fresh }: { which: number; fresh: boolean },
): Promise<void> => {
  const found = await nthWish(model, real, which, ['requested']);
  if (!found) return;
  const { wish, request } = found;
  const app = real.as('finance');
  const sheet = fresh ? await loadRequest(app, request.id) : null;
  const may = model.mayApprove(real, wish, fresh);
  const answer = await decideRequest(app, {
    ...{ requestId: request.id, hash: request.contentHash, verdict: 'approve', reason: '' },
    seen: sheet?.weighed?.seen ?? null,
  });
  const did = answer.ok && !answer.repeated;
  // Credits that are no longer there are a reason of their own, which the model does not know.
  const taking = request.content.kind === 'refund' && request.content.takeBack > 0;
  if (!(taking && may && !did)) agree('approve', may, did, answer);
};

export const reject = async (model: Wishes, real: RealConsole, which: number): Promise<void> => {
  const found = await nthWish(model, real, which, ['requested']);
  if (!found) return;
  const { id: requestId, contentHash: hash } = found.request;
  const may = model.mayReject(found.wish);
  const answer = await decideRequest(real.as('finance'), {
    ...{ requestId, hash, verdict: 'reject', reason: 'No.', seen: null },
  });
  agree('reject', may, answer.ok && !answer.repeated, answer);
};

export const edit = async (
  model: Wishes,
  real: RealConsole,
  { which, amount }: { which: number; amount: number },
): Promise<void> => {
  const found = await nthWish(model, real, which, ['requested', 'approved', 'sent_back']);
  if (!found) return;
  const { wish, request } = found;
  const { id: requestId, version } = request;
  const may = model.mayEdit(real, wish, amount);
  const seen = real.standing(wish.charge);
  const answer = await editRequest(real.as('agent2'), { requestId, version, change: { amount } });
  agree('edit', may, answer.ok && !answer.repeated, answer);
  if (!answer.ok) return;
  Object.assign(wish, { amount, seen, state: 'requested', expiresAt: model.now + 72 * HOUR });
};

export const withdraw = async (model: Wishes, real: RealConsole, which: number): Promise<void> => {
  const found = await nthWish(model, real, which, ['requested', 'approved', 'sent_back']);
  if (!found) return;
  const may = model.mayWithdraw(found.wish);
  const requestId = found.request.id;
  const answer = await withdrawRequest(real.as('agent'), { requestId, reason: 'No longer.' });
  agree('withdraw', may, answer.ok && !answer.repeated, answer);
};

export interface Sending {
  faults: readonly Fault[];
  /** Look-ups fail, too. */
  blind: boolean;
  productFault: 'reset_after' | '500_before' | '500_after' | 'reset_before' | null;
  crashAt: number | null;
}

export const send = async (_: Wishes, real: RealConsole, sending: Sending): Promise<void> => {
  const { script } = real.world.sandbox.server;
  const { faults } = real.world.product;
  for (const [at, fault] of sending.faults.entries()) script.add({ fault, nth: at + 1 });
  if (sending.blind)
    script.add({ method: 'GET', path: '/v1/refunds', fault: 'reset_before', times: 2 });
  if (sending.productFault) faults.push({ ...POST, fault: sending.productFault });
  const before = real.world.sandbox.world.posts.length;
  await real.until(sending.crashAt, () => processDueOperations(real.deps));
  const sent = real.world.sandbox.world.posts.slice(before);
  real.struck += sent.filter(({ status }) => status !== 200).length;
  script.clear();
  faults.length = 0;
};
const POST = { method: 'POST', times: 1, ms: 0 } as const;

export const hear = async (
  _: Wishes,
  real: RealConsole,
  { which, crashAt }: { which: number; crashAt: number | null },
): Promise<void> => {
  const events = real.events();
  const event = events[which % Math.max(1, events.length)];
  if (event) await real.until(crashAt, () => handleWebhook(real.deps, event));
};

export const track = async (_: Wishes, real: RealConsole, crashAt: number | null): Promise<void> =>
  real.until(crashAt, () => pollPendingRefunds(real.deps));

export const compare = async (_: Wishes, real: RealConsole): Promise<void> => {
  await reconcile(real.deps, real.world.now() - 24 * HOUR);
};

export const expire = async (_: Wishes, real: RealConsole, at: number | null): Promise<void> =>
  real.until(at, () => expireRequests(real.deps));

export const wait = async (model: Wishes, real: RealConsole, ms: number): Promise<void> => {
  real.world.advance(ms);
  model.now = real.world.now();
};

/** A refund that somebody makes at Stripe itself. */
export const refundElsewhere = async (
  _: Wishes,
  real: RealConsole,
  { charge, amount }: { charge: number; amount: number },
): Promise<void> => {
  const at = real.chargeAt(charge);
  const most = at.amountCaptured - at.amountRefunded;
  if (most <= 0) return;
  const what = { amount: Math.min(most, amount), reason: null, metadata: {} };
  makeRefund(real.world.sandbox.world, at, what);
};

/** A refund at Stripe goes on to its end, or comes back late. */
export const settle = async (
  _: Wishes,
  real: RealConsole,
  { which, status }: { which: number; status: 'succeeded' | 'failed' },
): Promise<void> => {
  const open = real.refunds().filter((one) => stands(one) && one.status !== status);
  const refund = open[which % Math.max(1, open.length)];
  if (refund) settleRefund(real.world.sandbox.world, refund, { status });
};

/** A person says what became of a step of which nobody knew. */
export const review = async (model: Wishes, real: RealConsole, which: number): Promise<void> => {
  const found = await nthWish(model, real, which, ['needs_review']);
  const steps = found ? await operationsOf(real.world.store.read, [found.request.id]) : [];
  const step = steps.find(({ state }) => state === 'needs_review');
  if (!step) return;
  await answerTruly(real, step);
  if (found && step.kind === 'stripe_refund') {
    const now = await findRequest(real.world.store.read, found.request.id);
    if (now) found.wish.expiresAt = now.expiresAt;
  }
};
