import * as fc from 'fast-check';
import { DAY, HOUR } from '#app/domain/instant.ts';
import { DEFAULT_LIMITS } from '#app/domain/requests/limits.ts';
import { requestRemedy } from '#app/services/money/request-remedy.ts';
import { decisionsOf } from '#db/queries/decisions.ts';
import { findRequest, requestsOfCustomer } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { Figure } from '#tests/trust/battery/figure.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';
import { approve, hirePeople, signedIn } from '#tests/trust/battery/people.ts';

const LIMIT = DEFAULT_LIMITS.refund.twoDecidersAbove['usd'] ?? 0;
const AMOUNT = 30_000;

type Step =
  | { do: 'ask'; part: number; by: 'agent' | 'agent2' }
  | { do: 'approve'; which: number; by: 'finance' | 'finance2' }
  | { do: 'wait'; hours: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('ask' as const),
      part: fc.integer({ min: 15_000, max: AMOUNT }),
      by: fc.constantFrom('agent' as const, 'agent2' as const),
    }),
    fc.record({
      do: fc.constant('approve' as const),
      which: fc.nat(5),
      by: fc.constantFrom('finance' as const, 'finance2' as const),
    }),
    fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 25) }),
  ),
  { minLength: 10, maxLength: 20 },
);

/**
 * A6 on the database: whatever is asked in parts, by whomever, and approved in whatever order, what one
 * customer is granted within a day exceeds the limit only where two people approved the last part.
 */
export const splitting = async (
  world: MoneyWorld,
  { sequences, seed }: { sequences: number; seed: number },
): Promise<Figure> => {
  await hirePeople(world);
  const violations: string[] = [];
  let approved = 0;
  for (const [index, sequence] of fc.sample(steps, { numRuns: sequences, seed }).entries()) {
    const customerId = `org_split_${index}`;
    let charges = 0;
    for (const step of sequence) {
      if (step.do === 'wait') world.advance(step.hours * HOUR);
      if (step.do === 'approve') await approveOne(world, customerId, step);
      if (step.do === 'ask') await askPart(world, customerId, (charges += 1), step);
    }
    const requests = (await requestsOfCustomer(world.store.read, customerId)).filter(
      ({ approvedAt }) => approvedAt !== null,
    );
    approved += requests.length;
    for (const request of requests) {
      const wrong = await tooFew(world, request, requests);
      if (wrong) violations.push(`${customerId}: ${wrong}`);
    }
  }
  // Otherwise limits were hardly put to the test.
  if (approved < sequences / 2) violations.push(`only ${approved} refunds were approved`);
  const note = `${approved} refunds approved`;
  return { name: 'A6 splitting', runs: sequences, faults: 0, violations, seed, note };
};

async function askPart(
  world: MoneyWorld,
  customerId: string,
  number: number,
  { part, by }: Extract<Step, { do: 'ask' }>,
): Promise<void> {
  const paymentId = `ch_${customerId}_${number}`;
  await world.charge(paymentId, customerId, AMOUNT, world.now());
  await requestRemedy(signedIn(world, world.sandbox.url, by), {
    ...{ kind: 'refund', customerId, paymentId, amount: part, currency: 'usd', flagId: null },
    ...{ ground: 'technical_issue', creditChoice: 'keep' },
    ...{ reason: 'It never worked.', evidence: [`payment:${paymentId}`] },
  });
}

async function approveOne(
  world: MoneyWorld,
  customerId: string,
  { which, by }: Extract<Step, { do: 'approve' }>,
): Promise<void> {
  const requests = await requestsOfCustomer(world.store.read, customerId);
  const open = requests.filter(({ state }) => state === 'requested');
  const wanted = open[which % Math.max(1, open.length)];
  const request = wanted && (await findRequest(world.store.read, wanted.id));
  if (request) await approve(signedIn(world, world.sandbox.url, by), request);
}

/** What has been approved in the day up to this approval, this one included, against its deciders. */
async function tooFew(
  world: MoneyWorld,
  request: StoredRequest,
  all: readonly StoredRequest[],
): Promise<string | null> {
  const at = request.approvedAt ?? 0;
  // Of two at one instant the later id was approved with the other in view, or the other way round.
  const before = all.filter((one) => {
    const other = one.approvedAt ?? 0;
    return other > at - DAY && other < at;
  });
  const sum = [...before, request].reduce((total, { amount }) => total + (amount ?? 0), 0);
  if (sum <= LIMIT) return null;
  const deciders = new Set(
    (await decisionsOf(world.store.read, request.id))
      .filter(({ verdict, voidedAt }) => verdict === 'approve' && voidedAt === null)
      .map(({ deciderId }) => deciderId),
  );
  return deciders.size >= 2 ? null : `${sum} within a day by ${deciders.size} decider`;
}
