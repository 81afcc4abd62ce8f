import type { Operation } from '#app/domain/operations/operation.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { paidFor } from '#tests/reliability/scenarios/remedies/account.ts';
import type { Account, Came } from '#tests/reliability/scenarios/remedies/account.ts';
import { CHARGED, PRICE } from '#tests/reliability/scenarios/remedies/acts.ts';

/** What Stripe and the product hold for the customer. */
export interface Moment extends Came {
  refunded: number;
  steps: Operation[];
  contents: ReadonlyMap<string, RequestContent>;
}

export async function momentOf(account: Account): Promise<Moment> {
  const requests = await account.requests();
  const ids = requests.map(({ id }) => id);
  const steps = await operationsOf(account.world.store.read, ids);
  const contents = new Map(requests.map(({ id, content }) => [id, content]));
  return { ...(await account.came(steps)), refunded: account.refunded(), steps, contents };
}

/** Credits that refunds which have gone have still to take back. */
const owedBack = ({ steps }: Moment): number =>
  steps
    .filter(({ credits, state }) => (credits ?? 0) < 0 && ['ready', 'waiting'].includes(state))
    .filter(({ requestId }) =>
      steps.some(
        (step) =>
          step.requestId === requestId &&
          step.kind === 'stripe_refund' &&
          step.state === 'succeeded',
      ),
    )
    .reduce((sum, { credits }) => sum - (credits ?? 0), 0);

/**
 * What the console has just sent, judged by what Stripe and the product hold right after it: of all that
 * others had done before it knew.
 */
export function judgeSent(before: Moment, now: Moment, account: Account): string[] {
  // What had left before, and whose answer was lost, is judged by what was so then: at the end.
  const left = new Set(before.steps.flatMap(({ id, firstSentAt }) => (firstSentAt ? id : [])));
  const sent = now.steps.filter(({ id, state }) => state === 'succeeded' && !left.has(id));
  return sent.flatMap((step) => {
    const content = now.contents.get(step.requestId);
    if (content === undefined || content.kind === 'generation_hold') return [];
    if (step.kind === 'stripe_refund') return judgeRefund(step, before, now, account);
    const credits = step.credits ?? 0;
    if (credits < 0) return judgeTaking(credits, before, now);
    return content.kind === 'credit_adjustment' ? judgeGrant(credits, content.paymentId, now) : [];
  });
}

function judgeGrant(credits: number, paymentId: string | null, now: Moment): string[] {
  if (paymentId === null)
    return now.generation > 0 ? [`returned ${credits}: ${now.generation} more than it cost`] : [];
  return now.payment > paidFor(now.refunded)
    ? [`granted ${credits}: ${now.payment} credits beside ${now.refunded} refunded`]
    : [];
}

/** What people gave to put it right, and what came after it was asked for, never stays with the money. */
function judgeRefund(
  { requestId, amount }: Operation,
  before: Moment,
  now: Moment,
  account: Account,
): string[] {
  const stays = Math.max(0, now.payment - owedBack(now) - paidFor(now.refunded));
  const delivered = Math.max(0, before.payment - before.given);
  const wrong: string[] = [];
  if (stays > delivered)
    wrong.push(`refunded ${amount}: ${stays} stay, only ${delivered} were delivered`);
  const late = now.delivered - (account.deliveredWhenAsked.get(requestId) ?? 0);
  const share = Math.floor((late * (amount ?? 0)) / PRICE);
  if (Math.min(share, stays) > 2)
    wrong.push(`refunded ${amount}: of ${late} credits that came late ${stays} stay`);
  return wrong;
}

const judgeTaking = (credits: number, before: Moment, now: Moment): string[] =>
  now.payment < Math.min(0, before.payment)
    ? [`taken ${-credits}: ${now.payment} are left of the payment`]
    : [];

/**
 * The end of a sequence that was the console's alone, judged without knowing how it came.
 * @param came what the product had delivered: people may leave it with the customer on purpose.
 */
export function judgeEnd({ refunded, payment, generation }: Moment, came: number): string[] {
  const wrong: string[] = [];
  if (payment > Math.max(came, paidFor(refunded)))
    wrong.push(`both: ${payment} credits beside ${refunded} refunded, ${came} had come`);
  if (payment < 0) wrong.push(`${-payment} credits were taken twice`);
  if (generation > 0) wrong.push(`${generation} more were returned than it cost`);
  if (generation < -CHARGED) wrong.push(`the generation costs ${-generation} now`);
  return wrong;
}
