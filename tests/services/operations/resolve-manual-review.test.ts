import { describe, expect, it, onTestFinished } from 'vitest';
import type { Role } from '#app/domain/access/roles.ts';
import { resolveManualReview } from '#app/services/operations/manual-review/resolve-manual-review.ts';
import { loadManualReview } from '#app/services/operations/manual-review/load-manual-review.ts';
import type { ReviewAnswer } from '#app/services/operations/manual-review/resolve-manual-review.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { makeRefund, settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { refundsOfPayment } from '#db/queries/customers/customer-records.ts';
import { changeOperation, findOperation } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { reservationsOn } from '#db/queries/requests/request-sums.ts';
import { creditedCharge } from '#tests/support/credited-charge.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

/** A refund that Stripe's own approval rules hold: a person must say what became of it. */
const inReview = async ({ takeBack = 0 } = {}) => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  onTestFinished(() => world.close());
  await creditedCharge(world);
  world.sandbox.server.script.add({ fault: 'approval_required', charge: 'ch_1' });
  const { id, requestId } = await approvedRefund(world, { paymentId: 'ch_1', takeBack });
  await processAll(world, requestId);
  const step = async () => (await findOperation(world.store.read, id)) ?? expect.fail();
  const answer = async (
    said: ReviewAnswer,
    { role = 'finance', version }: { role?: Role; version?: number } = {},
  ) => {
    const actor = { staffId: `stf_${role}`, name: role, email: `${role}@demo.test`, role };
    const seen = version ?? (await step()).version;
    return resolveManualReview(
      { ...world, actor, ticket: null },
      { operationId: id, version: seen, answer: said, reason: 'looked at the dashboard' },
    );
  };
  const states = async () => {
    const request = await findRequest(world.store.read, requestId);
    return [(await step()).state, request?.state];
  };
  const made = (amount: number, op: string | null = null) => {
    const charge = world.sandbox.world.get('charge', 'ch_1') ?? expect.fail();
    const metadata: Record<string, string> = op === null ? {} : { op };
    return makeRefund(world.sandbox.world, charge, { amount, reason: null, metadata });
  };
  return { world, requestId, step, answer, states, made };
};

describe('a review', () => {
  it('takes a refund over that did happen', async () => {
    const { world, answer, states, made } = await inReview();
    expect(await states()).toEqual(['needs_review', 'needs_review']);
    const refund = made(4_900);
    expect(await answer({ kind: 'happened', externalId: refund.id })).toEqual({ kind: 'done' });
    expect(await states()).toEqual(['succeeded', 'succeeded']);
    const book = await refundsOfPayment(world.store.read, 'org_1', 'ch_1');
    expect(book.map(({ id }) => id)).toEqual([refund.id]);
  });

  it('takes the credits back as well of a refund that did happen', async () => {
    const { world, requestId, answer, states, made } = await inReview({ takeBack: 1_000 });
    expect(await answer({ kind: 'happened', externalId: made(4_900).id })).toEqual({
      kind: 'done',
    });
    const steps = await processAll(world, requestId);
    expect(steps.map(({ credits, state }) => [credits, state])).toEqual([
      [null, 'succeeded'],
      [-1_000, 'succeeded'],
    ]);
    expect(await states()).toEqual(['succeeded', 'succeeded']);
  });

  it('sends back what did not, and keeps its amount reserved', async () => {
    const { world, answer, states } = await inReview();
    expect(await answer({ kind: 'did_not_happen' })).toEqual({ kind: 'done' });
    expect(await states()).toEqual(['canceled', 'sent_back']);
    const reserved = await reservationsOn(world.store.read, ['ch_1'], null);
    expect(reserved.map(({ amount }) => amount)).toEqual([4_900]);
    expect(world.sandbox.world.all('refund')).toEqual([]);
  });

  it('takes no silence of Stripe for a no', async () => {
    const { world, answer, states, made } = await inReview();
    const { id } = made(4_900);
    await world.sandbox.close();
    for (const said of [{ kind: 'happened', externalId: id }, { kind: 'did_not_happen' }] as const)
      expect(await answer(said)).toMatchObject({
        kind: 'refused',
        why: expect.stringContaining('It can’t be checked now') as string,
      });
    expect(await states()).toEqual(['needs_review', 'needs_review']);
  });

  it('believes Stripe rather than the person', async () => {
    const { step, answer, states, made } = await inReview();
    expect(await answer({ kind: 'happened', externalId: 're_none' })).toMatchObject({
      kind: 'refused',
    });
    const small = made(100);
    expect(await answer({ kind: 'happened', externalId: small.id })).toMatchObject({
      kind: 'refused',
    });
    const others = made(4_800, 'op_of_another');
    expect(await answer({ kind: 'happened', externalId: others.id })).toMatchObject({
      kind: 'refused',
    });
    const own = made(4_900, (await step()).id);
    expect(await answer({ kind: 'did_not_happen' })).toMatchObject({ kind: 'refused' });
    expect(await states()).toEqual(['needs_review', 'needs_review']);
    expect(await answer({ kind: 'happened', externalId: own.id })).toEqual({ kind: 'done' });
  });

  it('takes over also what was held, made, and then came back: nothing stays reserved', async () => {
    const { world, step, answer, states, made } = await inReview();
    const own = made(4_900, (await step()).id);
    settleRefund(world.sandbox.world, own, { status: 'failed' });
    expect(await answer({ kind: 'happened', externalId: own.id })).toEqual({ kind: 'done' });
    expect(await states()).toEqual(['failed', 'failed']);
    expect(await reservationsOn(world.store.read, ['ch_1'], null)).toEqual([]);
  });

  it('has a refund of the same amount looked at before it takes a no', async () => {
    const { world, requestId, step, answer, states, made } = await inReview();
    const twin = made(4_900);
    const look = await loadManualReview(world, [await step()]);
    expect(look?.theirs).toMatchObject({
      ...{ kind: 'read', externalId: null, toConfirm: [{ id: twin.id, amount: 4_900 }] },
    });
    const refused = await answer({ kind: 'did_not_happen' });
    expect(refused).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(
        new RegExp(`${twin.id} of \\$49.00, made on .* 2026 .*Check it first`),
      ) as string,
    });
    expect(await answer({ kind: 'did_not_happen', others: ['re_none'] })).toEqual(refused);
    expect(await states()).toEqual(['needs_review', 'needs_review']);
    expect(await answer({ kind: 'did_not_happen', others: [twin.id] })).toEqual({ kind: 'done' });
    expect(await states()).toEqual(['canceled', 'sent_back']);
    const log = await world.store.read.select().from(auditEvent);
    const kept = log.find(
      ({ kind, subject }) => kind === 'request.sent_back' && subject === `request:${requestId}`,
    );
    expect(kept?.detail).toMatchObject({ otherRefunds: twin.id });
  });

  it.each(['came to nothing', 'of another amount', 'of another request'])(
    'asks nothing about a refund that %s',
    async (which) => {
      const { world, answer, made } = await inReview();
      const other = which === 'of another request' ? 'op_of_another' : null;
      const refund = made(which === 'of another amount' ? 4_800 : 4_900, other);
      if (which === 'came to nothing')
        settleRefund(world.sandbox.world, refund, { status: 'failed' });
      expect(await answer({ kind: 'did_not_happen' })).toEqual({ kind: 'done' });
    },
  );

  it('can close what was never sent though Stripe cannot be read', async () => {
    const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
    onTestFinished(() => world.close());
    await world.charge('ch_1');
    const gone = { fault: '404', method: 'GET', path: '/v1/charges/*', times: 1_000 } as const;
    world.sandbox.server.script.add(gone);
    const { id, requestId } = await approvedRefund(world, { paymentId: 'ch_1' });
    await processAll(world, requestId);
    const step = (await findOperation(world.store.read, id)) ?? expect.fail();
    expect(step).toMatchObject({
      ...{ state: 'needs_review', firstSentAt: null },
      error: 'Stripe knows no charge ch_1. But Stripe had the charge before it was approved.',
    });
    await world.sandbox.close();
    const person = { staffId: 'stf_finance', name: 'finance', email: 'f@demo.test' };
    const app = { ...world, actor: { ...person, role: 'finance' as const }, ticket: null };
    const answer = { kind: 'did_not_happen' } as const;
    const review = { operationId: id, version: step.version, answer, reason: 'it is gone' };
    expect(await resolveManualReview(app, review)).toEqual({ kind: 'done' });
  });

  it('lets a person close what was made in another amount', async () => {
    const { step, answer, states, made } = await inReview();
    const own = made(100, (await step()).id);
    expect(await answer({ kind: 'happened', externalId: own.id })).toMatchObject({
      kind: 'refused',
    });
    expect(await answer({ kind: 'did_not_happen' })).toEqual({ kind: 'done' });
    expect(await states()).toEqual(['canceled', 'sent_back']);
  });

  it('has what was closed in this way in the book, as a refund made elsewhere', async () => {
    const { world, step, answer, made } = await inReview();
    const own = made(100, (await step()).id);
    expect(await answer({ kind: 'did_not_happen' })).toEqual({ kind: 'done' });
    await handleWebhook(world, {
      ...{ id: 'evt_1', type: 'refund.created', createdAt: world.now() },
      object: { kind: 'refund', id: own.id, chargeId: 'ch_1', paymentIntentId: null },
    });
    const book = await refundsOfPayment(world.store.read, 'org_1', 'ch_1');
    expect(book.map(({ id, amount }) => [id, amount])).toEqual([[own.id, 100]]);
  });

  it('lets a person close what was answered with another request’s refund', async () => {
    const { world, step, answer, states, made } = await inReview();
    const own = made(4_900, (await step()).id);
    await world.charge('ch_2');
    const other = await approvedRefund(world, { paymentId: 'ch_2' });
    await world.store.write(async (tx) => {
      const before = (await findOperation(tx, other.id)) ?? expect.fail();
      const change = {
        state: 'succeeded',
        externalId: own.id,
        externalStatus: 'succeeded',
      } as const;
      await changeOperation(tx, before, { ...change, changedAt: world.now() });
    });
    expect(await answer({ kind: 'happened', externalId: own.id })).toMatchObject({
      kind: 'refused',
    });
    expect(await answer({ kind: 'did_not_happen' })).toEqual({ kind: 'done' });
    expect(await states()).toEqual(['canceled', 'sent_back']);
  });

  it('is finance’s, and of what was seen', async () => {
    const { answer, states } = await inReview();
    expect(await answer({ kind: 'did_not_happen' }, { role: 'lead' })).toMatchObject({
      kind: 'refused',
    });
    expect(await answer({ kind: 'did_not_happen' }, { version: 1 })).toMatchObject({
      kind: 'changed',
    });
    expect(await states()).toEqual(['needs_review', 'needs_review']);
  });

  it('is answered once, however many answer', async () => {
    const { answer, states, made } = await inReview();
    const refund = made(4_900);
    const said: ReviewAnswer = { kind: 'happened', externalId: refund.id };
    const kinds = (await Promise.all([answer(said), answer(said), answer(said)])).map(
      ({ kind }) => kind,
    );
    expect(kinds.filter((kind) => kind === 'done')).toHaveLength(1);
    expect(await states()).toEqual(['succeeded', 'succeeded']);
  });
});
