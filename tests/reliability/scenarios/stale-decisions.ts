import { eq } from 'drizzle-orm';
import { HOUR } from '#app/lib/instant.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { request as requestTable } from '#db/schema/requests.ts';
import { command } from '#scripts/sandbox/stripe/controls.ts';
import { askedRefund, refundOf } from '#tests/reliability/scenarios/ask-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';

const finance = (world: MoneyWorld) => signedIn(world, world.sandbox.url, 'finance');

/** Approves; what was said instead of a conflict that names a difference, or null. */
const unlessRefused = async (world: MoneyWorld, request: StoredRequest): Promise<string | null> => {
  const answer = await approve(finance(world), request);
  if (answer.ok) return 'approved';
  if (answer.refusal.refused !== 'conflict') return answer.refusal.refused;
  return answer.refusal.differences.length > 0 ? null : 'no difference shown';
};

type Tampering = Partial<typeof requestTable.$inferInsert>;

/** A2: each of the eight fields changed between look and click is refused, and the change shown. */
export const changedFields = async (world: MoneyWorld): Promise<Figure> => {
  await hirePeople(world);
  const request = await askedRefund(world, 'ch_fields');
  const other = await askedRefund(world, 'ch_fields_2');
  const { content } = request;
  // As a row may hold it that was not written by the console.
  const having = (change: object): Tampering => ({
    content: { ...content, ...change },
  });
  const cases: [string, Tampering][] = [
    ['revision', { revision: 2 }],
    ['charge', having({ paymentId: 'ch_fields_2' })],
    ['amount', having({ amount: 4_900 })],
    ['currency', having({ currency: 'eur' })],
    ['destination', having({ kind: 'credit_adjustment' })],
    ['reason', having({ reason: 'Another.' })],
    ['evidence', having({ evidence: ['payment:ch_fields_2'] })],
  ];
  const violations: string[] = [];
  for (const [field, change] of cases) {
    await overwrite(world, request.id, change);
    const wrong = await unlessRefused(world, request);
    if (wrong) violations.push(`${field}: ${wrong}`);
    await overwrite(world, request.id, { revision: 1, content });
  }
  const swapped = await unlessRefused(world, { ...request, contentHash: other.contentHash });
  if (swapped) violations.push(`another request's hash: ${swapped}`);
  const steps = await operationsOf(world.store.read, [request.id]);
  if (steps.length > 0) violations.push('something is sending');
  if (!(await approve(finance(world), request)).ok) violations.push('refused as it was shown');
  return { name: 'A2 changed fields', runs: 8, faults: 0, violations, seed: null };
};

async function overwrite(world: MoneyWorld, id: string, change: Tampering): Promise<void> {
  await world.store.write(async (tx) => {
    const here = tx.update(requestTable).set(change).where(eq(requestTable.id, id));
    await here.returning({ id: requestTable.id });
  });
}

/** A4: refunded elsewhere in part or in full, or disputed, since it was asked for. */
export const changedWorlds = async (world: MoneyWorld): Promise<Figure> => {
  await hirePeople(world);
  const changes = [
    ['dashboard-refund', { amount: 500 }],
    ['dashboard-refund', {}],
    ['disputes', {}],
  ] as const;
  const violations: string[] = [];
  for (const [at, [path, body]] of changes.entries()) {
    const charge = `ch_world_${at}`;
    const request = await askedRefund(world, charge);
    await command(world.sandbox, { method: 'POST', path, body: { ...body, charge } });
    const wrong = await unlessRefused(world, request);
    if (wrong) violations.push(`${path}: ${wrong}`);
    const steps = await operationsOf(world.store.read, [request.id]);
    if (steps.length > 0) violations.push(`${path}: something is sending`);
  }
  return { name: 'A4 changed worlds', runs: changes.length, faults: 3, violations, seed: null };
};

/** A5: in time to the last millisecond. A9: asked for twice, told of the first. */
export const lateAndTwice = async (world: MoneyWorld): Promise<Figure> => {
  await hirePeople(world);
  const violations: string[] = [];
  for (const [at, late] of [-1_000, -1, 0, 1, 1_000].entries()) {
    const request = await askedRefund(world, `ch_late_${at}`);
    const again = await createRequest(finance(world), refundOf(`ch_late_${at}`, { amount: 5 }));
    const otherId = !again.ok && 'otherId' in again.refusal ? again.refusal.otherId : null;
    if (otherId !== request.id) violations.push(`requested twice: led to ${otherId}`);
    world.advance(72 * HOUR + late);
    const { ok } = await approve(finance(world), request);
    if (ok !== late < 0)
      violations.push(`${late} ms after the end: ${ok ? 'approved' : 'refused'}`);
  }
  return { name: 'A5 expiry, A9 twice', runs: 10, faults: 0, violations, seed: null };
};
