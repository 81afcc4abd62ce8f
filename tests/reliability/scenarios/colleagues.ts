import type { Role } from '#app/domain/access/roles.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { findStaff, insertStaff } from '#db/queries/access/staff.ts';
import { T } from '#tests/factories/records.ts';
import { refundOf } from '#tests/reliability/scenarios/ask-refund.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, signedIn } from '#tests/reliability/scenarios/people.ts';

/** Somebody of this role, hired at the first mention, signed in. */
export const colleague = async (
  world: MoneyWorld,
  name: string,
  role: Role,
): Promise<StaffRemedyDeps> => {
  const staffId = `stf_${name}`;
  const email = `${name}@demo.test`;
  await world.store.write(async (tx) => {
    if ((await findStaff(tx, staffId)) === null)
      await insertStaff(tx, { id: staffId, email, name, role, createdAt: T });
  });
  const like = signedIn(world, world.sandbox.url, 'agent');
  return { ...like, actor: { staffId, name, email, role } };
};

/** A new charge and a refund of so much of it, asked for by somebody. */
export const refundBy = async (
  world: MoneyWorld,
  asker: StaffRemedyDeps,
  paymentId: string,
  amount = 1_000,
): Promise<StoredRequest> => {
  await world.charge(paymentId, `org_of_${paymentId}`, Math.max(4_900, amount));
  const answer = await createRequest(asker, refundOf(paymentId, { amount }));
  if (!answer.ok) throw new Error(`not asked: ${answer.refusal.says}`);
  return answer.request;
};

/** More credits than anybody grants alone, asked for by somebody. */
export const creditsBy = async (
  world: MoneyWorld,
  asker: StaffRemedyDeps,
  paymentId: string,
): Promise<StoredRequest> => {
  await world.charge(paymentId, `org_of_${paymentId}`);
  const answer = await createRequest(asker, {
    ...{ kind: 'credit_adjustment', customerId: `org_of_${paymentId}`, credits: 600 },
    ...{ cause: 'other', paymentId, generationId: null, flagId: null },
    ...{ reason: 'They never came.', evidence: [`payment:${paymentId}`] },
  });
  if (!answer.ok) throw new Error(`not asked: ${answer.refusal.says}`);
  return answer.request;
};

/** What somebody's yes to a request comes to: its state, or why it was refused. */
export const yesOf = async (app: StaffRemedyDeps, request: StoredRequest): Promise<string> => {
  const answer = await approve(app, request);
  return answer.ok ? answer.request.state : answer.refusal.refused;
};
