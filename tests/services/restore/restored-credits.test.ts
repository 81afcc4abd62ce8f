import { describe, expect, it } from 'vitest';
import { SECOND } from '#app/lib/instant.ts';
import type { AdjustmentContent, RefundContent } from '#app/domain/requests/request.ts';
import { previewRequest } from '#app/services/requests/lifecycle/preview-request.ts';
import { resolveManualReview } from '#app/services/operations/manual-review/resolve-manual-review.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { compareRestored } from '#app/services/restore/compare-restored.ts';
import { confirmRestore } from '#app/services/restore/confirm-restore.ts';
import { holdSending } from '#app/services/restore/hold-sending.ts';
import { findOperation, operationsOf } from '#db/queries/operations/operations.ts';
import { entryById } from '#db/queries/operations/reconcile-rows.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { latestRestoration } from '#db/queries/deployment/restorations.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { approvedRequest } from '#tests/reliability/scenarios/approved-refund.ts';
import { patientWorldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

const CREDITS: AdjustmentContent = {
  ...{ kind: 'credit_adjustment', customerId: 'org_1', reason: 'They never came.' },
  ...{ evidence: [], flagId: null, credits: 200, cause: 'other' },
  ...{ paymentId: null, generationId: null },
};
const REFUND: RefundContent = {
  ...{ kind: 'refund', customerId: 'org_1', reason: 'It never worked.', evidence: [] },
  ...{ flagId: null, paymentId: 'ch_1', amount: 1_000, currency: 'usd' },
  ...{ ground: 'technical_issue', creditChoice: 'take_back_all', takeBack: 300 },
};

const scene = async () => {
  const world = await patientWorldOfTest();
  await hirePeople(world);
  await world.charge('ch_1', 'org_1', 4_900, world.now(), { credits: 300 });
  return world;
};

/** What was booked after the backup, under the step that the request had then. */
const bookedBefore = (world: MoneyWorld, id: string, credits: number, paymentId?: string) => {
  const named = paymentId === undefined ? {} : { paymentId };
  const input = { id, customerId: 'org_1', credits, reason: 'other', ...named };
  return world.product.product.adjust({ ...input, requestedBy: 'a', decidedBy: null }, id);
};
const stepId = (requestId: string, tail: string): string =>
  `op_${requestId.slice(requestId.indexOf('_') + 1)}_${tail}`;

const hold = (world: MoneyWorld) =>
  world.store.write((tx) => holdSending(world, tx, { kind: 'restored', by: 'me' }));
const confirm = async (world: MoneyWorld): Promise<void> => {
  const open = await latestRestoration(world.store.read);
  const confirmed = await confirmRestore(world, {
    ...{ id: open?.id ?? '', actorId: null, by: 'me', note: 'looked' },
    ...{ ledgerChecked: true, canCompare: false },
  });
  expect(confirmed).toEqual({ kind: 'confirmed' });
};
const booked = ({ product }: MoneyWorld): string[] => [...product.product.adjusted.keys()];

describe('credits that were booked after the backup, when the request stood at another revision', () => {
  it.each(['2_1', '2_2', '3_2', '4_4'])(
    'are taken over, and not booked again: %s',
    async (tail) => {
      const world = await scene();
      const step = await approvedRequest(world, CREDITS);
      const entry = bookedBefore(world, stepId(step.requestId, tail), 200);
      await hold(world);
      await confirm(world);
      await processAll(world, step.requestId);
      expect(booked(world)).toEqual([stepId(step.requestId, tail)]);
      expect(await findOperation(world.store.read, step.id)).toMatchObject({
        ...{ state: 'succeeded', externalId: entry.id },
      });
      expect((await findRequest(world.store.read, step.requestId))?.state).toBe('succeeded');
      expect(await entryById(world.store.read, entry.id)).toMatchObject({ credits: 200 });
    },
  );

  it('in another amount go to a person, who cannot take them over', async () => {
    const world = await scene();
    const step = await approvedRequest(world, CREDITS);
    bookedBefore(world, stepId(step.requestId, '2_1'), 500);
    await hold(world);
    await confirm(world);
    await processAll(world, step.requestId);
    const held = await findOperation(world.store.read, step.id);
    expect(held).toMatchObject({
      state: 'needs_review',
      error: expect.stringMatching(/another amount.*for this request, as op_\S+_2_1/),
    });
    const app = {
      ...world,
      ...signedIn(world, world.sandbox.url, 'finance'),
      stripe: world.stripe,
    };
    const answer = (given: 'happened' | 'did_not_happen') =>
      resolveManualReview(app, {
        ...{ operationId: step.id, version: held?.version ?? 0, reason: 'Looked.' },
        answer: given === 'happened' ? { kind: given, externalId: 'x' } : { kind: given },
      });
    expect(await answer('happened')).toMatchObject({ kind: 'refused' });
    expect(await answer('did_not_happen')).toEqual({ kind: 'done' });
    expect((await findRequest(world.store.read, step.requestId))?.state).toBe('sent_back');
    expect(booked(world)).toHaveLength(1);
  });

  it('taken back with a refund are not taken back again, unless they were returned since', async () => {
    const world = await scene();
    const { requestId } = await approvedRequest(world, REFUND);
    bookedBefore(world, stepId(requestId, '2_4'), -300, 'ch_1');
    bookedBefore(world, stepId(requestId, 'back_5'), 300, 'ch_1');
    bookedBefore(world, stepId(requestId, '3_6'), -300, 'ch_1');
    await hold(world);
    await confirm(world);
    await processAll(world, requestId);
    const taking = (await operationsOf(world.store.read, [requestId]))[1];
    const there = world.product.product.adjusted.get(stepId(requestId, '3_6'));
    expect(taking).toMatchObject({ state: 'succeeded', externalId: there?.entry.id });
    expect(booked(world)).toHaveLength(3);
  });

  it('are looked for under no other id where the request is younger than the restore', async () => {
    const world = await scene();
    await hold(world);
    await confirm(world);
    world.advance(SECOND);
    const step = await approvedRequest(world, CREDITS);
    bookedBefore(world, stepId(step.requestId, '2_1'), 200);
    await processAll(world, step.requestId);
    expect(booked(world)).toHaveLength(2);
  });
});

describe('comparing with the product after a restore', () => {
  it('finds credits of a request at every revision, and puts them into the book', async () => {
    const world = await scene();
    const step = await approvedRequest(world, CREDITS);
    const entry = bookedBefore(world, stepId(step.requestId, '3_1'), 200);
    const restored = await hold(world);
    expect(await compareRestored(world, restored)).toMatchObject([
      {
        ...{ kind: 'credits', id: entry.id, requestId: step.requestId },
        words: expect.stringContaining('they are not booked again'),
      },
    ]);
    expect(await entryById(world.store.read, entry.id)).not.toBeNull();
    expect(await processDueOperations(world)).toEqual({ steps: 0, more: false });
  });

  it('finds those of a request that the backup does not have: by its refund, or the replaced database', async () => {
    const world = await scene();
    const charge = world.sandbox.world.get('charge', 'ch_1');
    const metadata = { op: 'op_x_2_1', request: 'req_x' };
    makeRefund(world.sandbox.world, charge ?? expect.fail(), {
      ...{ amount: 1_000, reason: null, metadata },
    });
    const taken = bookedBefore(world, 'op_x_2_2', -300, 'ch_1');
    const given = bookedBefore(world, 'op_y_7_1', 200);
    const words = '200 credits were booked for request req_y; this is not in the backup.';
    const restored = await world.store.write((tx) =>
      holdSending(world, tx, {
        ...{ kind: 'restored', by: 'me' },
        forgotten: [
          {
            ...{ kind: 'credits', from: 'replaced_database', id: 'op_y_7_1', at: world.now() },
            ...{ requestId: 'req_y', customerId: 'org_1', words },
          },
        ],
      }),
    );
    const forgotten = await compareRestored(world, restored);
    expect(forgotten.filter(({ kind }) => kind === 'credits')).toMatchObject([
      { id: given.id, words: expect.stringContaining('which this database does not know') },
      { id: taken.id, words: expect.stringContaining('which this database does not know') },
    ]);
    for (const { id } of [taken, given])
      expect(await entryById(world.store.read, id)).not.toBeNull();
    await confirm(world);
    // Asked for once more, by somebody who knows nothing of it.
    const agent = signedIn(world, world.sandbox.url, 'agent');
    const said = await previewRequest(agent, CREDITS);
    const notices = said.weighed?.guards.filter(({ id }) => id.startsWith('forgotten'));
    expect(notices).toMatchObject([
      { holds: true, words: expect.stringContaining(`${given.id} for request req_y`) },
    ]);
  });
});
