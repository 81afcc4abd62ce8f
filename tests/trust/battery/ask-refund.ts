import type { Asked } from '#app/domain/requests/asked.ts';
import { requestRemedy } from '#app/services/money/request-remedy.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';
import { signedIn } from '#tests/trust/battery/people.ts';
import type { PersonName } from '#tests/trust/battery/people.ts';

type AskedRefund = Extract<Asked, { kind: 'refund' }>;

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
  const answer = await requestRemedy(app, refundOf(paymentId));
  if (!answer.ok) throw new Error(`not asked: ${answer.refusal.says}`);
  return answer.request;
};
