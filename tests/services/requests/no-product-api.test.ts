import { describe, expect, it, onTestFinished } from 'vitest';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { MINUTE } from '#app/lib/instant.ts';
import { parseEnv } from '#app/config/env.ts';
import { createRemedyDeps } from '#app/server/create-integrations.ts';
import { loadRequest } from '#app/services/requests/views/load-request.ts';
import { previewRequest } from '#app/services/requests/lifecycle/preview-request.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { askCredits, askRefund, made, remedyWorld } from '#tests/support/remedy-world.ts';
import { approvedRefund, approvedRequest } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

const WORDS = /No product API is set \(PRODUCT_API_URL\)/;

/** A console whose settings name no product. */
const unset = async () => {
  const world = await remedyWorld();
  const as = (name: string) => ({ ...world.as(name), productSet: false });
  const ask = (asked: RemedyDraft) => createRequest(as('agent'), asked);
  return { ...world, unsetAs: as, askUnset: ask };
};

describe('without a product API', () => {
  it('credits that need nobody else are not requested, and it says why', async () => {
    const { unsetAs, askUnset } = await unset();
    const refused = { refused: 'invalid', fields: { credits: expect.stringMatching(WORDS) } };
    expect(await askUnset(askCredits())).toMatchObject({ ok: false, refusal: refused });
    const preview = await previewRequest(unsetAs('agent'), askCredits());
    expect(preview.refusal).toMatchObject(refused);
    const hold: RemedyDraft = {
      ...{ kind: 'generation_hold', customerId: 'org_1', reason: 'spam', evidence: [] },
      ...{ flagId: null, hold: true },
    };
    expect(await askUnset(hold)).toMatchObject({
      refusal: { fields: { hold: expect.stringMatching(WORDS) } },
    });
  });

  it.each<[string, RemedyDraft, string]>([
    ['credits', askCredits({ credits: 5_000 }), 'lead'],
    ['a refund that takes credits back', askRefund({ creditChoice: 'take_back_all' }), 'finance'],
  ])('%s can be requested, and approved once it is set', async (_what, asked, decider) => {
    const world = await unset();
    const request = made(await world.askUnset(asked));
    expect(request.state).toBe('requested');
    const deciding = {
      ...{ requestId: request.id, hash: request.contentHash, verdict: 'approve' as const },
      ...{ reason: '', seen: null },
    };
    const sheet = await loadRequest(world.unsetAs(decider), request.id);
    expect(sheet?.weighed?.guards.find(({ holds }) => !holds)?.words).toMatch(WORDS);
    expect(await decideRequest(world.unsetAs(decider), deciding)).toMatchObject({
      ...{ ok: false, refusal: { refused: 'conflict', says: expect.stringMatching(WORDS) } },
    });
    expect(await world.steps(request)).toEqual([]);
    expect(made(await decideRequest(world.as(decider), deciding)).state).toBe('approved');
  });

  it('a refund that takes nothing back is approved as ever', async () => {
    const world = await unset();
    const request = made(await world.askUnset(askRefund()));
    const deciding = { requestId: request.id, hash: request.contentHash, reason: '', seen: null };
    const app = world.unsetAs('finance');
    expect((await decideRequest(app, { ...deciding, verdict: 'approve' })).ok).toBe(true);
  });

  it('what is approved already waits, and is sent when it is set', async () => {
    const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
    onTestFinished(() => world.close());
    await world.charge('ch_1');
    await world.charge('ch_2');
    const env = parseEnv({ STRIPE_API_BASE: world.sandbox.url });
    const none = { ...world, ...createRemedyDeps(env, world), point: world.point };
    const grant = await approvedRequest(world, {
      ...{ kind: 'credit_adjustment', customerId: 'org_1', reason: 'never came', evidence: [] },
      ...{ flagId: null, credits: 5_000, cause: 'missing_credits', paymentId: 'ch_1' },
      generationId: null,
    });
    const refund = await approvedRefund(world, { paymentId: 'ch_2', takeBack: 10 });
    for (let pass = 0; pass < 3; pass += 1) {
      await processDueOperations(none);
      world.advance(MINUTE);
    }
    const { read } = world.store;
    const waits = { state: 'ready', firstSentAt: null, error: expect.stringMatching(WORDS) };
    expect(await operationsOf(read, [grant.requestId])).toMatchObject([waits]);
    expect((await findRequest(read, grant.requestId))?.state).toBe('approved');
    expect(await operationsOf(read, [refund.requestId])).toMatchObject([
      { state: 'succeeded' },
      waits,
    ]);
    expect(world.product.posts).toEqual([]);
    for (const { requestId } of [grant, refund]) {
      const done = await processAll(world, requestId);
      expect(done.at(-1)).toMatchObject({ state: 'succeeded', error: null });
    }
    expect(world.product.product.adjusted.size).toBe(2);
  });
});
