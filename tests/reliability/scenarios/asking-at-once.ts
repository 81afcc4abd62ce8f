import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { REFUND_GROUNDS } from '#app/domain/requests/request.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import type { AskOrders, AskResult } from '#tests/reliability/scenarios/ask-child.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { buildChild } from '#tests/reliability/scenarios/kill-sweep.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';

const CAPTURED = 4_900;

interface Console {
  ask: (asked: RemedyDraft) => Promise<AskResult>;
  close: () => void;
}

/** Starts a console in a process of its own and waits until it takes orders. */
const startConsole = async (path: string, orders: AskOrders): Promise<Console> => {
  const child = spawn(process.execPath, [path, JSON.stringify(orders)], {
    env: { ...process.env, DATABASE_URL: orders.databaseUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    ask: async (asked) => {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('a console ended by itself');
      // Written by ask-child.
      return JSON.parse(value) as AskResult;
    },
    close: () => child.stdin.end(),
  };
};

const refundOf = (
  paymentId: string,
  customerId: string,
  amount: number,
  index: number,
): RemedyDraft => ({
  ...{ kind: 'refund', customerId, paymentId, amount, currency: 'usd', flagId: null },
  ...{ reason: 'It never worked.', evidence: [`payment:${paymentId}`], creditChoice: 'keep' },
  ground: REFUND_GROUNDS[index % REFUND_GROUNDS.length] ?? 'other',
});

/**
 * M4 from the asking side: `processes` consoles ask at one instant for parts of one charge, then
 * everything is approved and sent; now and then a part is refunded elsewhere in between.
 */
export const askingAtOnce = async (
  world: MoneyWorld,
  { rounds, processes, seed }: { rounds: number; processes: number; seed: number },
): Promise<Figure> => {
  await hirePeople(world);
  const child = await buildChild('ask-child');
  const orders = { databaseUrl: world.databaseUrl, stripeUrl: world.sandbox.url };
  const consoles = await Promise.all(
    Array.from({ length: processes }, (_, i) =>
      startConsole(child.path, {
        ...{ ...orders, instant: world.now() },
        person: i % 2 === 0 ? 'agent' : 'agent2',
      }),
    ),
  );
  const violations: string[] = [];
  const counts = { asked: 0, refused: 0 };
  let state = seed;
  const roll = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff);
  for (let round = 0; round < rounds; round += 1) {
    const [charge, customer] = [`ch_ask_${seed}_${round}`, `org_ask_${round}`];
    await world.charge(charge, customer);
    const amounts = consoles.map(() => 1 + ((roll() >> 8) % CAPTURED));
    const results = await Promise.all(
      consoles.map((one, i) => one.ask(refundOf(charge, customer, amounts[i] ?? 1, i))),
    );
    violations.push(...(await settleRound(world, charge, results, round % 3 === 0)));
    for (const { kind } of results) counts[kind === 'asked' ? 'asked' : 'refused'] += 1;
  }
  for (const one of consoles) one.close();
  child.remove();
  return {
    ...{ name: 'M4 asking at once', runs: rounds, faults: Math.ceil(rounds / 3), violations, seed },
    note: `${processes} processes, ${counts.asked} asked, ${counts.refused} refused`,
  };
};

async function settleRound(
  world: MoneyWorld,
  charge: string,
  results: readonly AskResult[],
  elsewhere: boolean,
): Promise<string[]> {
  const wrong = results.flatMap((one) => (one.kind === 'failed' ? [`${charge}: ${one.says}`] : []));
  const requests: StoredRequest[] = [];
  for (const one of results) {
    const request = one.kind === 'asked' ? await findRequest(world.store.read, one.id) : null;
    if (request) requests.push(request);
  }
  const reserved = requests.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  if (reserved > CAPTURED) wrong.push(`${charge}: ${reserved} reserved of ${CAPTURED}`);
  if (requests.length === 0) wrong.push(`${charge}: nobody got through`);
  const stripeCharge = world.sandbox.world.get('charge', charge);
  if (elsewhere && stripeCharge) {
    const refund = { amount: 1_000, reason: null, metadata: {} };
    makeRefund(world.sandbox.world, stripeCharge, refund);
  }
  const [finance, lead] = (['finance', 'lead'] as const).map((name) =>
    signedIn(world, world.sandbox.url, name),
  );
  for (const request of requests) {
    if (lead && request.needsWord) await approve(lead, request);
    if (finance) await approve(finance, request);
  }
  for (let pass = 0; pass < 6; pass += 1) await processDueOperations(world);
  const made = world.sandbox.world.all('refund').filter((refund) => refund.charge === charge);
  const refunded = made.reduce((sum, { amount }) => sum + amount, 0);
  if (refunded > CAPTURED) wrong.push(`${charge}: ${refunded} of ${CAPTURED} refunded`);
  // Unless the world changed in between, all that was asked for is refunded.
  if (!elsewhere && refunded !== reserved) {
    wrong.push(`${charge}: ${refunded} refunded, ${reserved} approved`);
  }
  return wrong;
}
