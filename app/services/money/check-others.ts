import { sayLateCredits } from '#app/domain/requests/late-credits.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { checkRefund, checkTakeBack, creditsBeyond } from '#app/domain/requests/remedy-limits.ts';
import { creditsUnpaid } from '#app/domain/requests/take-back.ts';
import type { AdjustmentContent, RefundContent } from '#app/domain/requests/request.ts';
import { adjustmentBesides, standingOfPayment } from '#app/services/money/beside-others.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { matchedCredits } from '#app/services/money/matched-credits.ts';
import { readChargeNow } from '#app/services/money/read-charge-now.ts';
import type { ReadCharge } from '#app/services/money/read-charge-now.ts';
import { creditsOfPayment } from '#app/services/money/survey.ts';
import { readCustomerWorld } from '#app/services/read-customer-world.ts';
import { findRequest } from '#db/queries/requests.ts';

/*
 * The same question as when it was asked and decided, for the last time before it leaves: what came by
 * import since, or was refunded elsewhere, nobody has decided about.
 */

export type OthersVerdict =
  { kind: 'clear' } | { kind: 'obstacle'; words: string } | { kind: 'unreadable'; words: string };

const CLEAR: OthersVerdict = { kind: 'clear' };
const obstacle = (words: string): OthersVerdict => ({ kind: 'obstacle', words });

/** Credits about to be given or taken. What was taken for a refund that came back is always returned. */
export async function checkCredits(deps: MoneyDeps, step: Operation): Promise<OthersVerdict> {
  const { read } = deps.store;
  const request = await findRequest(read, step.requestId);
  if (request === null || request.content.kind === 'generation_hold') return CLEAR;
  const { content } = request;
  if (content.kind === 'refund') {
    return (step.credits ?? 0) < 0 ? checkTaking(deps, step, content) : CLEAR;
  }
  const known = await knownNow(deps, content, content.credits > 0);
  if (known.charge?.kind === 'unreadable') return known.charge;
  const guards = await adjustmentBesides(read, content, { ...known, exceptId: request.id });
  if (guards === null) return obstacle('The record that it names is no longer in the book.');
  const against = guards.find((guard) => !guard.holds);
  return against ? obstacle(against.words) : CLEAR;
}

/** Money about to go back. @param charge as Stripe tells it at this moment. */
export async function checkRefundBeside(
  deps: Pick<MoneyDeps, 'store' | 'now'>,
  step: Operation,
  charge: ReadCharge,
): Promise<OthersVerdict> {
  const { read } = deps.store;
  const request = await findRequest(read, step.requestId);
  if (request === null || request.content.kind !== 'refund') return CLEAR;
  const { content, seen } = request;
  const { policies, matched } = await bookNow(deps, content);
  const standing = await standingOfPayment(read, content, {
    ...{ policies, charge, matched, exceptId: request.id },
  });
  if (standing === null) return CLEAR;
  const check = checkRefund(standing, content);
  if (!check.holds) return obstacle(check.words);
  const { amount, takeBack } = content;
  const { delivered } = await creditsOfPayment(read, content, { at: deps.now(), matched });
  const { captured: amountCaptured, refunded: amountRefunded } = standing;
  const late = sayLateCredits(takeBack, seen, {
    unpaid: creditsUnpaid(delivered, { amount, amountCaptured, amountRefunded }),
    beyond: creditsBeyond(standing, amount),
  });
  return late === null ? CLEAR : obstacle(late);
}

/** Credits about to be taken back for money that has gone. */
async function checkTaking(
  deps: MoneyDeps,
  { credits }: Operation,
  content: RefundContent,
): Promise<OthersVerdict> {
  const { matched } = await bookNow(deps, content);
  const came = await creditsOfPayment(deps.store.read, content, { at: deps.now(), matched });
  const check = checkTakeBack(came, -(credits ?? 0));
  return check.holds ? CLEAR : obstacle(check.words);
}

const knownNow = async (deps: MoneyDeps, content: AdjustmentContent, gives: boolean) => {
  const { customerId, paymentId } = content;
  if (paymentId === null) {
    const { policies } = await readCustomerWorld(deps.store.read);
    return { policies, matched: 0, charge: null };
  }
  const charge = gives ? await readChargeNow(deps, paymentId) : null;
  return { ...(await bookNow(deps, { customerId, paymentId })), charge };
};

async function bookNow(
  { store: { read }, now }: Pick<MoneyDeps, 'store' | 'now'>,
  named: { customerId: string; paymentId: string },
) {
  const world = await readCustomerWorld(read);
  return { policies: world.policies, matched: await matchedCredits(read, world, named, now()) };
}
