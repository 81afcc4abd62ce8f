import { lateCreditsError } from '#app/domain/remedies/late-credits.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { checkRefund, checkClawback, creditsBeyond } from '#app/domain/remedies/remedy-limits.ts';
import { creditsUnpaid } from '#app/domain/remedies/credit-clawback.ts';
import type { AdjustmentContent, RefundContent } from '#app/domain/requests/request.ts';
import {
  adjustmentGuardsFromOthers,
  standingOfPayment,
} from '#app/services/requests/evaluate/other-remedy-guards.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { loadMatchedCredits } from '#app/services/requests/evaluate/load-matched-credits.ts';
import { fetchCharge } from '#app/services/requests/evaluate/fetch-charge.ts';
import type { ReadCharge } from '#app/services/requests/evaluate/fetch-charge.ts';
import { creditsOfPayment } from '#app/services/requests/evaluate/load-inputs.ts';
import { loadCachedRuleContext } from '#app/services/policy/load-cached-rule-context.ts';
import { findRequest } from '#db/queries/requests/requests.ts';

/*
 * The same question as when it was asked and decided, for the last time before it leaves: what came by
 * import since, or was refunded elsewhere, nobody has decided about.
 */

export type OtherRemediesResult =
  { kind: 'clear' } | { kind: 'obstacle'; words: string } | { kind: 'unreadable'; words: string };

const CLEAR: OtherRemediesResult = { kind: 'clear' };
const obstacle = (words: string): OtherRemediesResult => ({ kind: 'obstacle', words });

/** Credits about to be given or taken. What was taken for a refund that came back is always returned. */
export async function preflightCredits(
  deps: RemedyDeps,
  step: Operation,
): Promise<OtherRemediesResult> {
  const { read } = deps.store;
  const request = await findRequest(read, step.requestId);
  if (request === null || request.content.kind === 'generation_hold') return CLEAR;
  const { content } = request;
  if (content.kind === 'refund') {
    return (step.credits ?? 0) < 0 ? preflightClawback(deps, step, content) : CLEAR;
  }
  const known = await knownNow(deps, content, content.credits > 0);
  if (known.charge?.kind === 'unreadable') return known.charge;
  const guards = await adjustmentGuardsFromOthers(read, content, {
    ...known,
    exceptId: request.id,
  });
  if (guards === null) return obstacle('The record it names is no longer in our data.');
  const against = guards.find((guard) => !guard.holds);
  return against ? obstacle(against.words) : CLEAR;
}

/** Money about to go back. @param charge as Stripe tells it at this moment. */
export async function preflightOtherRemedies(
  deps: Pick<RemedyDeps, 'store' | 'now'>,
  step: Operation,
  charge: ReadCharge,
): Promise<OtherRemediesResult> {
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
  const late = lateCreditsError(takeBack, seen, {
    unpaid: creditsUnpaid(delivered, { amount, amountCaptured, amountRefunded }),
    beyond: creditsBeyond(standing, amount),
  });
  return late === null ? CLEAR : obstacle(late);
}

/** Credits about to be taken back for money that has gone. */
async function preflightClawback(
  deps: RemedyDeps,
  { credits }: Operation,
  content: RefundContent,
): Promise<OtherRemediesResult> {
  const { matched } = await bookNow(deps, content);
  const came = await creditsOfPayment(deps.store.read, content, { at: deps.now(), matched });
  const check = checkClawback(came, -(credits ?? 0));
  return check.holds ? CLEAR : obstacle(check.words);
}

const knownNow = async (deps: RemedyDeps, content: AdjustmentContent, gives: boolean) => {
  const { customerId, paymentId } = content;
  if (paymentId === null) {
    const { policies } = await loadCachedRuleContext(deps.store.read);
    return { policies, matched: 0, charge: null };
  }
  const charge = gives ? await fetchCharge(deps, paymentId) : null;
  return { ...(await bookNow(deps, { customerId, paymentId })), charge };
};

async function bookNow(
  { store: { read }, now }: Pick<RemedyDeps, 'store' | 'now'>,
  named: { customerId: string; paymentId: string },
) {
  const world = await loadCachedRuleContext(read);
  return { policies: world.policies, matched: await loadMatchedCredits(read, world, named, now()) };
}
