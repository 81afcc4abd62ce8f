import { DAY } from '#app/lib/instant.ts';
import { ROLES, may } from '#app/domain/access/roles.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { createDelegation, endDelegation } from '#app/services/requests/approvals/delegations.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { insertDelegation } from '#db/queries/requests/delegations.ts';
import { updateStaff } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { colleague, creditsBy, refundBy, yesOf } from '#tests/reliability/scenarios/colleagues.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { hirePeople } from '#tests/reliability/scenarios/people.ts';

const BORROWS: readonly Role[] = ['agent', 'lead', 'finance'];

interface Tally {
  runs: number;
  violations: string[];
  is(what: string, said: string, wanted: string): void;
}

const tally = (): Tally => {
  const self: Tally = {
    ...{ runs: 0, violations: [] },
    is: (what, said, wanted) => {
      self.runs += 1;
      if (said !== wanted) self.violations.push(`${what}: ${said}, not ${wanted}`);
    },
  };
  return self;
};

/** A7: over all pairs of roles, and over every way around, a lent right decides what its lender may. */
export const delegations = async (
  world: MoneyWorld,
  lenders: readonly Role[] = ROLES,
): Promise<Figure> => {
  await hirePeople(world);
  const counted = tally();
  for (const from of lenders) for (const to of ROLES) await onePair(world, counted, from, to);
  await waysAround(world, counted);
  await ends(world, counted);
  await twoApprovals(world, counted);
  const rows = await world.store.read.select().from(auditEvent);
  const begun = rows.filter(({ kind }) => kind === 'delegation.begun').length;
  counted.is('audit rows of loans', begun > 0 ? 'some' : 'none', 'some');
  const { runs, violations } = counted;
  return { name: 'A7 delegation', runs, faults: 0, violations, seed: null };
};

/** Lends by the service; what it refuses is written all the same, as a bug might. */
async function lend(
  world: MoneyWorld,
  from: StaffRemedyDeps,
  to: StaffRemedyDeps,
): Promise<string> {
  const now = world.now();
  const lending = { startsAt: now, endsAt: now + DAY, reason: 'On leave.' };
  const delegateId = to.actor.staffId;
  const answer = await createDelegation(from, { ...lending, delegateId });
  if (answer.ok) return answer.delegation.id;
  const id = world.newId('del');
  const row = { ...lending, id, delegatorId: from.actor.staffId, delegateId, createdAt: now };
  await world.store.write((tx) => insertDelegation(tx, { ...row, endedAt: null, endedBy: null }));
  return `refused ${id}`;
}

async function onePair(world: MoneyWorld, counted: Tally, from: Role, to: Role): Promise<void> {
  const pair = `${from}_${to}`;
  const a = await colleague(world, `from_${pair}`, from);
  const b = await colleague(world, `to_${pair}`, to);
  const agent = await colleague(world, 'agent', 'agent');
  const lent = await lend(world, a, b);
  const lawful = may(from, 'requests.lend') && BORROWS.includes(to);
  counted.is(`${pair}: lending`, lent.startsWith('refused') ? 'no' : 'yes', lawful ? 'yes' : 'no');
  const reaches = (permission: 'requests.decide-refund' | 'requests.decide-credits'): string =>
    may(to, permission) || (may(from, permission) && BORROWS.includes(to))
      ? 'approved'
      : 'forbidden';
  const refund = await refundBy(world, agent, `ch_${pair}`);
  counted.is(`${pair}: refund`, await yesOf(b, refund), reaches('requests.decide-refund'));
  const credits = await creditsBy(world, agent, `ch_${pair}_c`);
  counted.is(`${pair}: credits`, await yesOf(b, credits), reaches('requests.decide-credits'));
  if (BORROWS.includes(to)) {
    const own = await refundBy(world, b, `ch_${pair}_own`);
    counted.is(`${pair}: what the delegate asked`, await yesOf(b, own), 'forbidden');
  }
  if (BORROWS.includes(from)) {
    const lenders = await refundBy(world, a, `ch_${pair}_lender`);
    // Somebody with a right of their own needs no loan.
    const wanted = may(to, 'requests.decide-refund') ? 'approved' : 'forbidden';
    counted.is(`${pair}: what the lender asked`, await yesOf(b, lenders), wanted);
  }
}

/** Lent on, lent by somebody who has borrowed, to the lender's second sign-in. */
async function waysAround(world: MoneyWorld, counted: Tally): Promise<void> {
  const agent = await colleague(world, 'agent', 'agent');
  const a = await colleague(world, 'chain_a', 'finance');
  const b = await colleague(world, 'chain_b', 'agent');
  const c = await colleague(world, 'chain_c', 'agent');
  await lend(world, a, b);
  counted.is('lending on', (await lend(world, b, c)).split(' ')[0] ?? '', 'refused');
  const request = await refundBy(world, agent, 'ch_chain');
  counted.is('whoever it was lent on to', await yesOf(c, request), 'forbidden');
  counted.is('whoever it was lent to', await yesOf(b, request), 'approved');
  const twin = await colleague(world, 'chain_a+2', 'agent');
  counted.is('lending to oneself', (await lend(world, a, twin)).split(' ')[0] ?? '', 'refused');
  const other = await refundBy(world, a, 'ch_twin');
  counted.is('the own second sign-in', await yesOf(twin, other), 'forbidden');
}

/** A loan is over when it ends, is ended, or either of the two has lost what it takes. */
async function ends(world: MoneyWorld, counted: Tally): Promise<void> {
  const agent = await colleague(world, 'agent', 'agent');
  const change = (app: StaffRemedyDeps, by: { role?: Role; disabledAt?: number }) =>
    world.store.write((tx) => updateStaff(tx, app.actor.staffId, by));
  const cases: [
    string,
    (a: StaffRemedyDeps, b: StaffRemedyDeps, id: string) => Promise<unknown>,
  ][] = [
    ['ended by the lender', (a, _b, id) => endDelegation(a, id)],
    ['ended by the borrower', (_a, b, id) => endDelegation(b, id)],
    ['the lender has another role', (a) => change(a, { role: 'agent' })],
    ['the lender is shut out', (a) => change(a, { disabledAt: 1 })],
    ['the borrower is shut out', (_a, b) => change(b, { disabledAt: 1 })],
    ['the borrower has another role', (_a, b) => change(b, { role: 'auditor' })],
    ['its time is over', async () => world.advance(DAY)],
  ];
  for (const [at, [what, end]] of cases.entries()) {
    const a = await colleague(world, `end_a${at}`, 'finance');
    const b = await colleague(world, `end_b${at}`, 'agent');
    const id = await lend(world, a, b);
    const request = await refundBy(world, agent, `ch_end_${at}`);
    const stranger = await endDelegation(agent, id);
    counted.is(`${what}: a stranger ends it`, stranger.ok ? 'yes' : 'no', 'no');
    await end(a, b, id);
    counted.is(what, await yesOf(b, request), 'forbidden');
  }
}

/** Lender and borrower together are one person: of two approvals they give one. */
async function twoApprovals(world: MoneyWorld, counted: Tally): Promise<void> {
  const agent = await colleague(world, 'agent', 'agent');
  const third = await colleague(world, 'two_third', 'finance');
  for (const first of ['lender', 'borrower']) {
    const a = await colleague(world, `two_a_${first}`, 'finance');
    const b = await colleague(world, `two_b_${first}`, 'agent');
    const id = await lend(world, a, b);
    const order = first === 'lender' ? [a, b] : [b, a];
    const request = await refundBy(world, agent, `ch_two_${first}`, 60_000);
    const [one, two] = order as [StaffRemedyDeps, StaffRemedyDeps];
    counted.is(`${first} first: the first yes`, await yesOf(one, request), 'requested');
    counted.is(`${first} first: the other’s yes`, await yesOf(two, request), 'forbidden');
    counted.is(`${first} first: a third’s yes`, await yesOf(third, request), 'approved');
    const later = await refundBy(world, agent, `ch_later_${first}`, 60_000);
    await yesOf(b, later);
    await endDelegation(a, id);
    counted.is(`${first}: a yes whose loan has ended`, await yesOf(third, later), 'requested');
  }
}
