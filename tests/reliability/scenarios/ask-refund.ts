import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { signedIn } from '#tests/reliability/scenarios/people.ts';
import type { PersonName } from '#tests/reliability/scenarios/people.ts';

type AskedRefund = Extract<RemedyDraft, { kind: 'refund' }>;

export const refundOf = (paymentId: string, change: Partial<AskedRefund> = {}): AskedRefund => ({
  ...{ kind: 'refund', customerId: `org_of_${paymentId}`, paymentId, flagId: null },
  ...{ amount: 1_000, currency: 'usd', ground: 'technical_issue', creditChoice: 'keep' },
  ...{ reason: 'It never worked.', evidence: [`payment:${paymentId}`] },
  ...change,
});

/** A new charge of a customer of its own, and a request for $10.00 of it. */
export const askedRefund = async (
  world: MoneyWorld,
  paymentId: string,
  by: PersonName = 'agent',
): Promise<StoredRequest> => {
  await world.charge(paymentId, `org_of_${paymentId}`);
  const app = signedIn(world, world.sandbox.url, by);
  const answer = await createRequest(app, refundOf(paymentId));
  if (!answer.ok) throw new Error(`not asked: ${answer.refusal.says}`);
  return answer.request;
};
