import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';

const DECIDERS = ['finance', 'finance2', 'finance3'] as const;

/** M5 and A10 behind the pages: one approval given many times at once has one effect. */
export const decisionsAtOnce = async (
  world: MoneyWorld,
  { rounds, times }: { rounds: number; times: number },
): Promise<Figure> => {
  await hirePeople(world);
  const violations: string[] = [];
  const agent = signedIn(world, world.sandbox.url, 'agent');
  const deciders = DECIDERS.map((name) => signedIn(world, world.sandbox.url, name));
  for (let round = 0; round < rounds; round += 1) {
    const charge = `ch_click_${round}`;
    await world.charge(charge, `org_click_${round}`);
    const asked = await createRequest(agent, {
      ...{ kind: 'refund', customerId: `org_click_${round}`, paymentId: charge, flagId: null },
      ...{ amount: 4_900, currency: 'usd', ground: 'technical_issue', creditChoice: 'keep' },
      ...{ reason: 'It never worked.', evidence: [`payment:${charge}`] },
    });
    if (!asked.ok) throw new Error(`not asked: ${asked.refusal.says}`);
    const answers = await Promise.allSettled(
      Array.from({ length: times }, (_, i) => {
        const app = deciders[i % deciders.length];
        if (app === undefined) throw new Error('nobody decides');
        return approve(app, asked.request);
      }),
    );
    const kinds = answers.map((one) => {
      if (one.status === 'rejected') return `thrown: ${String(one.reason)}`;
      if (!one.value.ok) return one.value.refusal.refused;
      return one.value.repeated ? 'same' : 'effect';
    });
    const effects = kinds.filter((kind) => kind === 'effect').length;
    if (effects !== 1) violations.push(`${charge}: ${effects} approvals had an effect`);
    violations.push(
      ...kinds.filter((kind) => !['effect', 'same', 'conflict'].includes(kind)).map(String),
    );
    await processDueOperations(world);
    const made = world.sandbox.world.all('refund').filter((refund) => refund.charge === charge);
    if (made.length !== 1) violations.push(`${charge}: ${made.length} refunds`);
  }
  return {
    ...{ name: 'M5/A10 one approval many times', runs: rounds * times, faults: 0, violations },
    seed: null,
  };
};
