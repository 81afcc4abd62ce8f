import * as fc from 'fast-check';
import { HOUR, MINUTE } from '#app/lib/instant.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { askInsisting } from '#tests/support/consoles/ask-insisting.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { grantedTooEasily } from '#tests/reliability/scenarios/granted-too-easily.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';
import type { PersonName } from '#tests/reliability/scenarios/people.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

const AMOUNT = 30_000;
/** One minor unit in so many is a credit of a request for credits. */
const PER_CREDIT = 50;

const agents = fc.constantFrom('agent' as const, 'agent2' as const);
const deciders = fc.constantFrom('finance' as const, 'finance2' as const);
const parts = fc.integer({ min: 15_000, max: AMOUNT });
const whichOfFive = fc.nat(5);
/** How far a decider's clock is behind. */
const lags = fc.constantFrom(0, 0, 5 * MINUTE);

const asks = fc.record({ do: fc.constant('ask' as const), part: parts, by: agents });
const asksCredits = fc.record({ do: fc.constant('ask credits' as const), part: parts, by: agents });
const edits = fc.record({
  ...{ do: fc.constant('edit' as const), which: whichOfFive, part: parts, by: agents },
});
const approvals = fc.record({
  ...{ do: fc.constant('approve' as const), which: whichOfFive, by: deciders, lag: lags },
});
const approvalsAtOnce = fc.record({
  ...{ do: fc.constant('approve two' as const), which: whichOfFive, other: whichOfFive },
  ...{ by: deciders, lag: lags },
});
const waits = fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 25) });

const steps = fc.array(
  fc.oneof(asks, asks, asksCredits, edits, approvals, approvals, approvalsAtOnce, waits),
  { minLength: 10, maxLength: 20 },
);
type Does<T> = T extends fc.Arbitrary<infer S> ? S : never;

/**
 * A6 on the database: whatever is asked in parts, by whomever, changed later, and approved in whatever
 * order, one at a time or two at once, what one customer is granted within a day exceeds a limit only
 * where as many people as it asks for approved the last part.
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
    const part: Parted = { world, customerId, charges: 0 };
    for (const step of sequence) await take(part, step);
    const granted = await grantedTooEasily(world.store.read, customerId);
    approved += granted.approved;
    violations.push(...granted.violations.map((wrong) => `${customerId}: ${wrong}`));
  }
  // Otherwise limits were hardly put to the test.
  if (approved < sequences / 2) violations.push(`only ${approved} requests were approved`);
  const note = `${approved} requests approved`;
  return { name: 'A6 splitting', runs: sequences, faults: 0, violations, seed, note };
};

interface Parted {
  world: MoneyWorld;
  customerId: string;
  /** How many the customer has. */
  charges: number;
}

async function take(parted: Parted, step: Does<typeof steps>[number]): Promise<void> {
  switch (step.do) {
    case 'ask':
      return askPart(parted, step);
    case 'ask credits':
      return askCredits(parted, step);
    case 'edit':
      return editPart(parted, step);
    case 'approve':
      return approveOne(parted, step);
    case 'approve two':
      return approveTwo(parted, step);
    case 'wait':
      return parted.world.advance(step.hours * HOUR);
  }
}

async function askPart(parted: Parted, { part, by }: Does<typeof asks>): Promise<void> {
  const { world, customerId } = parted;
  parted.charges += 1;
  const paymentId = `ch_${customerId}_${parted.charges}`;
  await world.charge(paymentId, customerId, AMOUNT, world.now());
  await createRequest(signedIn(world, world.sandbox.url, by), {
    ...{ kind: 'refund', customerId, paymentId, amount: part, currency: 'usd', flagId: null },
    ...{ ground: 'technical_issue', creditChoice: 'keep' },
    ...{ reason: 'It never worked.', evidence: [`payment:${paymentId}`] },
  });
}

async function askCredits(
  { world, customerId }: Parted,
  { part, by }: Does<typeof asksCredits>,
): Promise<void> {
  await askInsisting(signedIn(world, world.sandbox.url, by), {
    ...{ kind: 'credit_adjustment', customerId, paymentId: null, generationId: null, flagId: null },
    ...{ credits: Math.round(part / PER_CREDIT), cause: 'other' },
    ...{ reason: 'They never came.', evidence: [] },
  });
}

async function editPart(
  { world, customerId }: Parted,
  { which, part, by }: Does<typeof edits>,
): Promise<void> {
  const request = chosenOf(await requestsOfCustomer(world.store.read, customerId), which);
  if (!request) return;
  const isRefund = request.kind === 'refund';
  await editRequest(signedIn(world, world.sandbox.url, by), {
    ...{ requestId: request.id, version: request.version },
    change: isRefund ? { amount: part } : { credits: Math.round(part / PER_CREDIT) },
  });
}

async function approveOne(
  { world, customerId }: Parted,
  { which, by, lag }: Does<typeof approvals>,
): Promise<void> {
  const request = chosenOf(await openOf(world, customerId), which);
  if (request) await approve(late(world, by, lag), request);
}

/** One is approved while Stripe is being read for the other, by the same person in two windows. */
async function approveTwo(
  { world, customerId }: Parted,
  { which, other, by, lag }: Does<typeof approvalsAtOnce>,
): Promise<void> {
  const open = await openOf(world, customerId);
  const [one, two] = [chosenOf(open, which), chosenOf(open, other)];
  if (!one || !two) return;
  const slow = late(world, by, lag);
  const { stripe } = slow;
  const readCharge: typeof stripe.readCharge = async (...asked) => {
    world.advance(1_000);
    await approve(signedIn(world, world.sandbox.url, by), one);
    return stripe.readCharge(...asked);
  };
  await approve({ ...slow, stripe: { ...stripe, readCharge } }, two);
}

const openOf = async (world: MoneyWorld, customerId: string): Promise<StoredRequest[]> =>
  (await requestsOfCustomer(world.store.read, customerId)).filter(
    ({ state }) => state === 'requested',
  );

const chosenOf = (requests: readonly StoredRequest[], which: number): StoredRequest | undefined =>
  requests[which % Math.max(1, requests.length)];

/** Somebody at a console whose clock is behind by `lag` ms. */
const late = (world: MoneyWorld, by: PersonName, lag: number): StaffRemedyDeps => ({
  ...signedIn(world, world.sandbox.url, by),
  now: () => world.now() - lag,
});
