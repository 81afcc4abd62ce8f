import type { RequestEdit } from '#app/services/requests/lifecycle/edit-request.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { decisionsOf } from '#db/queries/requests/decisions.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { askedRefund } from '#tests/reliability/scenarios/ask-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';

/** Every field of a refund that can be changed. */
const CHANGES: Required<Omit<RequestEdit['change'], 'credits'>> = {
  amount: 2_000,
  ground: 'duplicate_charge',
  creditChoice: 'take_back_all',
  reason: 'It was charged twice.',
  evidence: ['payment:ch_edited_evidence', 'customer:org_of_ch_edited_evidence'],
  again: { after: 'req_0', because: 'It was charged three times.' },
};

/** A3: what is changed after its approval and before it is sent waits for a decision again. */
export const editedApprovals = async (world: MoneyWorld): Promise<Figure> => {
  await hirePeople(world);
  const violations: string[] = [];
  const changes = Object.entries(CHANGES);
  for (const [field, value] of changes) {
    const request = await askedRefund(world, `ch_edited_${field}`);
    const finance = signedIn(world, world.sandbox.url, 'finance');
    const approved = await approve(finance, request);
    if (!approved.ok) throw new Error(`not approved: ${approved.refusal.says}`);
    const edited = await editRequest(signedIn(world, world.sandbox.url, 'agent2'), {
      ...{ requestId: request.id, version: approved.request.version },
      change: { [field]: value },
    });
    if (!edited.ok) violations.push(`${field}: ${edited.refusal.says}`);
    const again = await approve(finance, request);
    if (again.ok) violations.push(`${field}: the earlier approval still counts`);
    await processDueOperations(world);
    violations.push(...(await wrongAfter(world, request.id)).map((what) => `${field}: ${what}`));
  }
  const name = 'A3 changed after approval';
  return { name, runs: changes.length, faults: 0, violations, seed: null };
};

async function wrongAfter({ store, sandbox }: MoneyWorld, id: string): Promise<string[]> {
  const wrong: string[] = [];
  const now = await findRequest(store.read, id);
  if (now?.state !== 'requested') wrong.push(`it is ${now?.state}`);
  const decisions = await decisionsOf(store.read, id);
  if (decisions.some(({ voidedAt }) => voidedAt === null)) wrong.push('a decision is not void');
  const steps = await operationsOf(store.read, [id]);
  if (steps.some(({ state }) => state !== 'canceled')) wrong.push('a step is left');
  const made = sandbox.world.all('refund').filter(({ metadata }) => metadata['request'] === id);
  if (made.length > 0) wrong.push('it was refunded');
  return wrong;
}
