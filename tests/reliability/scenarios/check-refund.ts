import type { Operation } from '#app/domain/operations/operation.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import { findEntry, refundsOfPayment } from '#db/queries/customers/customer-records.ts';
import { mailsOfRequest } from '#db/queries/operations/mail.ts';
import { findOperation, operationsOf } from '#db/queries/operations/operations.ts';
import { eventsOfRequest, findRequest } from '#db/queries/requests/requests.ts';
import { reservationsOn } from '#db/queries/requests/request-sums.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

/** What is wrong with a refund that has ended; nothing is what is wanted. Its charge had no other. */
export const checkRefund = async (world: MoneyWorld, step: Operation): Promise<string[]> => {
  const { read } = world.store;
  const chargeId = step.paymentId ?? '';
  const made = world.sandbox.world.all('refund').filter(({ charge }) => charge === chargeId);
  const now = await findOperation(read, step.id);
  const request = await findRequest(read, step.requestId);
  const history = (await eventsOfRequest(read, step.requestId)).map(({ kind }) => kind);
  const mail = (await mailsOfRequest(read, step.requestId)).map(({ kind }) => kind);
  const book = await refundsOfPayment(read, step.customerId, chargeId);
  const reserved = (await reservationsOn(read, [chargeId], null)).reduce((s, r) => s + r.amount, 0);
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string): void => void (holds || wrong.push(what));
  const state = now?.state;
  expect(made.length <= 1, `${made.length} refunds: moved more than once`);
  const ended = ['succeeded', 'failed', 'needs_review'].includes(state ?? '');
  expect(ended, `stuck in ${state}: ${now ? whereItStands(now, world.now()) : 'it is gone'}`);
  expect(request?.state === state, `step ${state}, request ${request?.state}`);
  const [refund] = made;
  if (refund && !isReversed(refund.status)) {
    expect(state === 'succeeded', `refunded, yet ${state}`);
    expect(now?.externalId === refund.id, 'another refund is taken for its own');
    expect(book.length === 1 && book[0]?.id === refund.id, 'the book does not hold the refund');
    const told = now?.externalStatus === 'succeeded' ? 'refund_on_its_way' : 'refund_pending';
    expect(mail.filter((kind) => kind === told).length === 1, `mail: ${mail.join()}`);
  } else {
    expect(state !== 'succeeded', 'called done, and nothing moved: lost');
    expect(book.length === 0, 'the book holds a refund that is not there');
    expect(mail.length === 0, `told the customer of nothing: ${mail.join()}`);
  }
  const moved = made.reduce(
    (sum, { amount, status }) => (isReversed(status) ? sum : sum + amount),
    0,
  );
  expect(moved <= 4_900, 'more refunded than captured');
  expect(reserved === (state === 'needs_review' ? step.amount : 0), `reserved ${reserved}`);
  const count = (kind: string): number => history.filter((each) => each === kind).length;
  expect(count('sending') === 1, `${count('sending')} times sending`);
  wrong.push(...(await checkTakeBack(world, step, state === 'succeeded')));
  const ends = count('succeeded') + count('failed') + count('needs_review');
  expect(ends === 1, `${ends} ends in its history`);
  return wrong;
};

/** What a step that has not ended waits for, in seconds from now. */
function whereItStands(step: Operation, now: number): string {
  const { lastSentAt, lastReadBackAt, nextTryAt, leaseUntil } = step;
  const times = Object.entries({ lastSentAt, lastReadBackAt, nextTryAt, leaseUntil });
  const shown = times.map(([name, at]) => `${name} ${at === null ? '-' : (at - now) / 1_000}`);
  return [...shown, `outcome ${step.outcome}`, step.error ?? 'no error'].join(', ');
}

/** A second step that takes credits back: done once where the refund was made, and never without it. */
async function checkTakeBack(
  world: MoneyWorld,
  { requestId, customerId }: Operation,
  refunded: boolean,
): Promise<string[]> {
  const steps = await operationsOf(world.store.read, [requestId]);
  const wrong: string[] = [];
  for (const { id, kind, state, credits, externalId } of steps) {
    if (kind !== 'credit_adjustment') continue;
    const made = world.product.product.adjusted.get(id);
    const book = await entriesNamed(world, customerId, externalId);
    if ((made !== undefined) !== refunded) wrong.push(`credits: ${made ? 'taken' : 'not taken'}`);
    if (state !== (refunded ? 'succeeded' : 'canceled') && !(state === 'waiting' && !refunded))
      wrong.push(`credits: step ${state}`);
    if (made && (made.entry.credits !== credits || made.entry.id !== externalId || book !== 1))
      wrong.push('credits: the book does not hold the entry');
  }
  return wrong;
}

const entriesNamed = async (
  world: MoneyWorld,
  customerId: string,
  id: string | null,
): Promise<number> =>
  id !== null && (await findEntry(world.store.read, customerId, id)) !== null ? 1 : 0;
