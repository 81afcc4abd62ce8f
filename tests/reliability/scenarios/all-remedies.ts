import * as fc from 'fast-check';
import { MINUTE, SECOND } from '#app/lib/instant.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { pollPendingRefunds } from '#app/services/stripe/poll-pending-refunds.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { makeRefund, settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { askInsisting } from '#tests/support/consoles/ask-insisting.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, hirePeople } from '#tests/reliability/scenarios/people.ts';
import type { PersonName } from '#tests/reliability/scenarios/people.ts';
import { Account } from '#tests/reliability/scenarios/remedies/account.ts';
import { sequences } from '#tests/reliability/scenarios/remedies/acts.ts';
import type { Act, Sequence, Wish } from '#tests/reliability/scenarios/remedies/acts.ts';
import { judgeEnd, judgeSent, momentOf } from '#tests/reliability/scenarios/remedies/judge.ts';

const MOST_PASSES = 40;

interface Counts {
  asked: number;
  refused: number;
  done: number;
}

/**
 * X1: whatever remedies of one payment and one generation are asked for, changed, decided and sent, in
 * whatever order, one after another or two at once, and whatever others do at Stripe and at the product
 * meanwhile: nobody ends with both the money and its credits, and nothing is given or taken twice.
 */
export const allRemedies = async (
  world: MoneyWorld,
  { sequences: many, seed }: { sequences: number; seed: number },
): Promise<Figure> => {
  await hirePeople(world);
  const counts: Counts = { asked: 0, refused: 0, done: 0 };
  const violations: string[] = [];
  for (const [nth, sequence] of fc.sample(sequences, { numRuns: many, seed }).entries()) {
    const account = new Account(world, `x${seed}_${nth}`);
    const wrong = await play(account, sequence, counts);
    violations.push(...wrong.map((what) => `${nth}: ${what}: ${JSON.stringify(sequence)}`));
  }
  // Otherwise the guards were hardly put to the test.
  if (counts.done < many / 2) violations.push(`only ${counts.done} remedies were carried out`);
  if (counts.refused < many / 2) violations.push(`only ${counts.refused} were refused`);
  const note = `${counts.asked} remedies requested, ${counts.refused} refused, ${counts.done} steps done`;
  return { name: 'X1 remedies', runs: many, faults: 0, violations, seed, note };
};

async function play(account: Account, { alone, came, acts }: Sequence, counts: Counts) {
  await account.begin(came);
  const wrong: string[] = [];
  try {
    for (const act of acts) wrong.push(...(await take(account, act, counts)));
    wrong.push(...(await settle(account)));
    const end = await momentOf(account);
    if (alone) wrong.push(...judgeEnd(end, came));
    counts.done += end.steps.filter(({ state }) => state === 'succeeded').length;
    const stuck = end.steps.find(({ state }) => state === 'ready' || state === 'sending');
    if (stuck) wrong.push(`${stuck.kind} is stuck: ${stuck.error}`);
  } finally {
    for (const { id } of await account.requests())
      await withdrawRequest(account.as('agent'), { requestId: id, reason: 'It is over.' });
    account.end();
  }
  return wrong;
}

async function take(account: Account, act: Act, counts: Counts): Promise<string[]> {
  const { world } = account;
  switch (act.do) {
    case 'ask':
      await ask(account, act.wish, 'agent', counts);
      return [];
    case 'ask two':
      await Promise.all([
        ask(account, act.wish, 'agent', counts),
        ask(account, act.other, 'agent2', counts),
      ]);
      return [];
    case 'carry out': {
      const request = await ask(account, act.wish, 'agent', counts);
      if (request?.state === 'requested') await approveOne(account, request, 'finance');
      return request === null ? [] : send(account);
    }
    case 'approve':
      await approveNth(account, act.which, 'finance');
      return [];
    case 'approve two':
      await Promise.all([
        approveNth(account, act.which, 'finance'),
        approveNth(account, act.other, 'finance2'),
      ]);
      return [];
    case 'edit':
      await edit(account, act);
      return [];
    case 'end':
      await endNth(account, act);
      return [];
    case 'send':
      return send(account);
    case 'wait':
      world.advance(act.ms);
      return [];
    case 'refund elsewhere':
      refundElsewhere(account, act.amount);
      return [];
    case 'deliver':
      await account.post({
        ...{ kind: 'purchase', credits: act.credits, paymentId: account.paymentId },
      });
      return [];
    case 'correct':
      await account.post({
        ...{ kind: 'adjustment', credits: act.credits, paymentId: account.paymentId },
      });
      return [];
    case 'return elsewhere':
      await account.post({
        ...{ kind: 'return', credits: act.credits, generationId: account.generationId },
      });
      return [];
    case 'refund fails':
      await refundFails(account, act.which);
      return [];
  }
}

const delivered = async (account: Account): Promise<number> => (await account.came([])).delivered;

async function ask(
  account: Account,
  wish: Wish,
  by: PersonName,
  counts: Counts,
): Promise<StoredRequest | null> {
  const answer = await askInsisting(account.as(by), account.toAsked(wish));
  counts.asked += 1;
  if (!answer.ok) {
    counts.refused += 1;
    return null;
  }
  account.deliveredWhenAsked.set(answer.request.id, await delivered(account));
  return answer.request;
}

const nthOf = async (
  account: Account,
  which: number,
  states: readonly StoredRequest['state'][],
): Promise<StoredRequest | undefined> => {
  const open = (await account.requests()).filter(({ state }) => states.includes(state));
  return open[which % Math.max(1, open.length)];
};

async function approveNth(account: Account, which: number, by: PersonName): Promise<void> {
  const request = await nthOf(account, which, ['requested']);
  if (request !== undefined) await approveOne(account, request, by);
}

async function approveOne(account: Account, request: StoredRequest, by: PersonName): Promise<void> {
  if (request.needsWord) await approve(account.as('lead'), request);
  await approve(account.as(by), request);
}

async function edit(account: Account, { which, part }: { which: number; part: number }) {
  const request = await nthOf(account, which, ['requested', 'approved']);
  if (request === undefined) return;
  const { id: requestId, version, amount, credits } = request;
  const change =
    amount === null
      ? { credits: Math.trunc((credits ?? 1) / part) * (part === 3 ? 6 : 1) || 1 }
      : { amount: Math.max(1, Math.trunc(amount / part)) };
  const answer = await editRequest(account.as('agent2'), { requestId, version, change });
  if (answer.ok) account.deliveredWhenAsked.set(requestId, await delivered(account));
}

async function endNth(account: Account, { which, how }: Extract<Act, { do: 'end' }>) {
  const request = await nthOf(account, which, ['requested', 'approved']);
  if (request === undefined) return;
  const { id: requestId, contentHash: hash } = request;
  if (how === 'withdraw')
    await withdrawRequest(account.as('agent'), { requestId, reason: 'No longer.' });
  else
    await decideRequest(account.as('finance'), {
      ...{ requestId, hash, verdict: 'reject', reason: 'No.', seen: null },
    });
}

async function send(account: Account): Promise<string[]> {
  const before = await momentOf(account);
  await processDueOperations(account.deps);
  return judgeSent(before, await momentOf(account), account);
}

/** Somebody refunds in Stripe’s dashboard. */
function refundElsewhere({ world: { sandbox }, paymentId }: Account, amount: number): void {
  const charge = sandbox.world.get('charge', paymentId);
  const left = charge ? charge.amountCaptured - charge.amountRefunded : 0;
  if (charge && left > 0)
    makeRefund(sandbox.world, charge, {
      ...{ amount: Math.min(left, amount), reason: null, metadata: {} },
    });
}

async function refundFails(account: Account, which: number): Promise<void> {
  const standing = account.refunds().filter(({ status }) => !isReversed(status));
  const refund = standing[which % Math.max(1, standing.length)];
  if (refund === undefined) return;
  settleRefund(account.world.sandbox.world, refund, { status: 'failed' });
  await pollPendingRefunds(account.deps);
}

/** All that is approved goes its way, and what others know is heard. */
async function settle(account: Account): Promise<string[]> {
  const wrong: string[] = [];
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    wrong.push(...(await send(account)));
    const { steps } = await momentOf(account);
    if (!steps.some(({ state }) => state === 'ready' || state === 'sending')) break;
    account.world.advance(45 * SECOND);
  }
  account.world.advance(11 * MINUTE);
  await pollPendingRefunds(account.deps);
  return [...wrong, ...(await send(account))];
}
