import type { Operation } from '#app/domain/operations/operation.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { CAPTURED, CREDITS } from '#tests/reliability/scenarios/model/real-console.ts';
import type { RealConsole } from '#tests/reliability/scenarios/model/real-console.ts';
import type { Wish, Wishes } from '#tests/reliability/scenarios/model/wishes.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

const demand = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** After every step: what may never be otherwise. Throws what is wrong; the model learns the states. */
export const checkState = async (model: Wishes, real: RealConsole): Promise<void> => {
  const { read } = real.world.store;
  const steps = await operationsOf(read, real.requests);
  const rows = await requestsOfCustomer(read, real.customerId);
  const requests = new Map(rows.map((row) => [row.id, row]));
  for (const [at, wish] of model.all.entries()) {
    const request = requests.get(real.requests[at] ?? '');
    if (!request) throw new Error(`request ${at} is gone`);
    demand(
      model.canBecome(wish.state, request.state),
      `request ${at} went from ${wish.state} to ${request.state}`,
    );
    wish.state = request.state;
    if (request.state === 'succeeded') wish.doneAt = request.changedAt;
    demandWhole(at, wish, request, real, steps);
  }
  for (const nth of [0, 1]) demandWithin(nth, model, real);
  demandIntent(real, steps);
  const adjusted = steps.reduce((sum, { id }) => sum + adjustmentOf(real, id), 0);
  const balance = real.world.product.product.balance(real.customerId);
  demand(balance === 2 * CREDITS + adjusted, `the balance is ${balance}, not the sum`);
};

const adjustmentOf = (real: RealConsole, stepId: string): number =>
  real.world.product.product.adjusted.get(stepId)?.entry.credits ?? 0;

/** What was asked for is what was approved and what is moved, once; credits go with it or come back. */
function demandWhole(
  at: number,
  wish: Wish,
  request: StoredRequest,
  real: RealConsole,
  steps: readonly Operation[],
): void {
  demand(request.amount === wish.amount, `request ${at}: amount ${request.amount}`);
  const own = steps.filter(
    ({ requestId, state }) => requestId === request.id && state !== 'canceled',
  );
  for (const { kind, amount, body } of own)
    if (kind === 'stripe_refund')
      demand(
        amount === wish.amount && body.includes(`"amount":${wish.amount},`),
        `request ${at}: ${amount} is sent of ${wish.amount}`,
      );
  const made = real.refunds().filter(({ metadata }) => metadata['request'] === request.id);
  const ops = made.map(({ metadata }) => metadata['op']);
  demand(new Set(ops).size === ops.length, `request ${at}: one step has refunded twice`);
  demand(made.filter(stands).length <= 1, `request ${at}: refunded more than once`);
  for (const { amount } of made)
    demand(amount === wish.amount, `request ${at}: refunded ${amount}`);
  const credits = own.map(({ id }) => adjustmentOf(real, id)).filter((moved) => moved !== 0);
  const takeBack = request.content.kind === 'refund' ? request.content.takeBack : 0;
  demand(
    ['', `${-takeBack}`, `${-takeBack},${takeBack}`].includes(credits.join()),
    `request ${at}: credits ${credits.join()} for ${takeBack} to take back`,
  );
  demand(credits.length === 0 || made.length > 0, `request ${at}: credits taken, nothing refunded`);
}

export const stands = ({ status }: { status: string }): boolean => !isReversed(status);

/** Refunded and reserved never exceed what was captured; refunds made elsewhere are not ours to bound. */
function demandWithin(nth: number, model: Wishes, real: RealConsole): void {
  const elsewhere = real
    .refunds()
    .filter((one) => one.charge === real.charges[nth] && stands(one) && !one.metadata['op'])
    .reduce((sum, { amount }) => sum + amount, 0);
  demand(real.standing(nth) <= CAPTURED, `charge ${nth}: ${real.standing(nth)} of ${CAPTURED}`);
  const left = model.left(real, nth) + elsewhere;
  demand(left >= 0, `charge ${nth}: ${-left} more requested and refunded than captured`);
}

/** Nothing reaches Stripe whose key and instant were not written down before. */
function demandIntent({ world, charges }: RealConsole, steps: readonly Operation[]): void {
  const known = new Map(steps.map((step) => [step.idempotencyKey, step]));
  const keys = new Map<string, string>();
  for (const { key, body, path } of world.sandbox.world.posts) {
    if (path !== '/v1/refunds' || key === null || !charges.some((id) => body.includes(id)))
      continue;
    const [, id = ''] = key.split(':');
    const step = known.get(key) ?? steps.find((one) => one.id === id);
    demand(step?.firstSentAt !== undefined && step.firstSentAt !== null, `${key} was never noted`);
    demand((keys.get(key) ?? body) === body, `${key} was sent with two bodies`);
    keys.set(key, body);
  }
}
