import type { Instant } from '#app/lib/instant.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { balanceAt } from '#app/services/ledger/ledger-balance.ts';
import { decisionsOf } from '#db/queries/requests/decisions.ts';
import { mailsOfRequest } from '#db/queries/operations/mail.ts';
import { findOperation, operationsOf } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Service } from '#tests/reliability/scenarios/simulation/service.ts';
export interface Charged {
  id: string;
  customerId: string;
}

/** What is wrong after a month in which everything had its time; nothing is what is wanted. */
export const judgeMonth = async (
  service: Service,
  {
    charges,
    requests,
    since,
  }: { charges: readonly Charged[]; requests: readonly string[]; since: Instant },
): Promise<string[]> => {
  const wrong: string[] = [];
  const stripe = service.world.sandbox.world;
  for (const { id } of charges) {
    const standing = stripe
      .all('refund')
      .filter(({ charge, status }) => charge === id && !isReversed(status))
      .reduce((sum, { amount }) => sum + amount, 0);
    const captured = stripe.get('charge', id)?.amountCaptured ?? 0;
    if (standing > captured) wrong.push(`${id}: ${standing} of ${captured} refunded`);
  }
  const ops = stripe.all('refund').flatMap(({ metadata }) => metadata['op'] ?? []);
  if (new Set(ops).size !== ops.length) wrong.push('one step has refunded twice');
  for (const id of requests) {
    const request = await findRequest(service.world.store.read, id);
    if (!request) wrong.push(`${id} is gone`);
    else wrong.push(...(await judgeRequest(service, request)).map((what) => `${id}: ${what}`));
  }
  wrong.push(...(await judgeBooks(service, charges, since)));
  return wrong;
};

async function judgeRequest(service: Service, request: StoredRequest): Promise<string[]> {
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string): void => void (holds || wrong.push(what));
  const { read } = service.world.store;
  const { id, state, kind, amount, touchedBy } = request;
  expect(!['requested', 'sent_back', 'approved', 'sending'].includes(state), `stuck: ${state}`);
  const decided = (await decisionsOf(read, id)).map(({ deciderId }) => deciderId);
  expect(!decided.some((who) => touchedBy.includes(who)), 'decided by whoever requested it');
  const made = service.world.sandbox.world
    .all('refund')
    .filter(({ metadata }) => metadata['request'] === id);
  expect(
    made.every((one) => one.amount === amount),
    'another amount was refunded',
  );
  const standing = made.filter(({ status }) => !isReversed(status)).length;
  if (kind === 'refund' && state !== 'needs_review')
    expect(standing === (state === 'succeeded' ? 1 : 0), `${state}, and ${standing} refunds stand`);
  const told = (await mailsOfRequest(read, id)).map((mail) => mail.kind);
  expect(!told.includes('refund_on_its_way') || made.length > 0, 'told of a refund that is not');
  for (const step of await operationsOf(read, [id])) {
    if (step.kind !== 'credit_adjustment' || step.state === 'needs_review') continue;
    const entry = service.world.product.product.adjusted.get(step.id)?.entry;
    const done = step.state === 'succeeded';
    expect(done === (entry !== undefined), `credits ${step.state}, the product says otherwise`);
    expect(!entry || entry.credits === step.credits, 'other credits were moved');
  }
  return wrong;
}

/** The book against Stripe and the product; what people did elsewhere is no fault of ours. */
async function judgeBooks(
  service: Service,
  charges: readonly Charged[],
  since: Instant,
): Promise<string[]> {
  const wrong: string[] = [];
  const { store, now, product, sandbox } = service.world;
  const { drift } = await reconcile(service.deps, since);
  const refunds = new Map(sandbox.world.all('refund').map((refund) => [refund.id, refund]));
  const mine = new Set(charges.map(({ id }) => id));
  for (const { kind, refundId, chargeId } of drift) {
    if (!mine.has(chargeId) || kind === 'dispute_differs') continue;
    const op = refunds.get(refundId ?? '')?.metadata['op'];
    const step = op === undefined ? null : await findOperation(store.read, op);
    // Made elsewhere, or left to a person to say.
    if (kind === 'only_at_stripe' && (!step || step.state === 'needs_review')) continue;
    wrong.push(`${chargeId}: ${kind}, ${step?.state ?? 'not ours'}`);
  }
  for (const customerId of new Set(charges.map((charge) => charge.customerId))) {
    const [book, theirs] = [
      await balanceAt(store.read, customerId, now()),
      product.product.balance(customerId),
    ];
    if (book !== theirs) wrong.push(`${customerId}: ${book} credits in the book, ${theirs} there`);
  }
  return wrong;
}
