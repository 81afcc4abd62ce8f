import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { idempotencyKeyOf } from '#app/domain/operations/operation.ts';
import { planOperations } from '#app/domain/operations/plan.ts';
import type { AdjustmentContent } from '#app/domain/requests/request.ts';
import { HOUR } from '#app/lib/instant.ts';
import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import { parseEnv } from '#app/config/env.ts';
import { createRemedyDeps } from '#app/server/create-integrations.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { compareRestored } from '#app/services/restore/compare-restored.ts';
import { confirmRestore } from '#app/services/restore/confirm-restore.ts';
import { holdSending } from '#app/services/restore/hold-sending.ts';
import { restoreInPlace } from '#app/services/restore/restore-database.ts';
import { compareWhereRestored } from '#app/services/restore/restore-job.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { checkLog } from '#app/services/restore/check-audit-heads.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { heldSince, latestRestoration } from '#db/queries/deployment/restorations.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { made } from '#tests/support/remedy-world.ts';
import { dropGuards, fillLog, intrude } from '#tests/support/audit-tools.ts';
import { approvedRefund, approvedRequest } from '#tests/reliability/scenarios/approved-refund.ts';
import { patientWorldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

const headsOfTest = () => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-heads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { path: join(folder, 'heads.ndjson'), secret: 'a secret of this test alone' };
};

describe('a database that was put back by hand', () => {
  it('is found at the next start, sends nothing, and goes on once a person has confirmed it', async () => {
    const world = await patientWorldOfTest();
    const kept = headsOfTest();
    const said: object[] = [];
    const deps = { ...world, log: { error: (what: object) => void said.push(what) } };
    await world.charge('ch_1');
    const step = await approvedRefund(world, { paymentId: 'ch_1' });
    await fillLog(world.store, 5);
    await checkLog(deps, kept);
    expect(await heldSince(world.store.read)).toBeNull();
    const intruder = await intrude(world.databaseUrl);
    await dropGuards(intruder);
    await intruder.run('delete from audit_event where seq > 3');
    await intruder.close();
    await checkLog(deps, kept);
    expect(said).toEqual([expect.objectContaining({ end: 3, before: 5 })]);
    const open = await latestRestoration(world.store.read);
    expect(open).toMatchObject({ kind: 'found', logSeq: 3, confirmedAt: null });
    await checkLog(deps, kept);
    expect(said).toHaveLength(1);
    expect(await processDueOperations(world)).toEqual({ steps: 0, more: false });
    expect((await findOperation(world.store.read, step.id))?.state).toBe('ready');
    const confirming = {
      ...{ id: open?.id ?? '', actorId: null, by: 'me', note: 'looked' },
      ...{ ledgerChecked: true, canCompare: false },
    };
    expect(await confirmRestore(world, confirming)).toEqual({ kind: 'confirmed' });
    expect(await confirmRestore(world, confirming)).toMatchObject({ kind: 'refused' });
    await checkLog(deps, kept);
    await exportHead(world, kept);
    const verdict = await verifyAudit(world.store, kept);
    expect(verdict).toMatchObject({ firstBad: null, unproven: [] });
    expect(verdict.problems.filter((words) => !words.includes('does not protect'))).toEqual([]);
    await processAll(world, step.requestId);
    expect((await findOperation(world.store.read, step.id))?.state).toBe('succeeded');
  });
});

describe('a copy that was taken while sending was held', () => {
  it('is held once: confirming the last restore confirms the one that came with it', async () => {
    const world = await patientWorldOfTest();
    const hold = { kind: 'restored', by: 'me' } as const;
    await world.store.write((tx) => holdSending(world, tx, hold));
    world.advance(1_000);
    const last = await world.store.write((tx) => holdSending(world, tx, hold));
    const confirmed = await confirmRestore(world, {
      ...{ id: last.id, actorId: null, by: 'me', note: 'looked' },
      ...{ ledgerChecked: true, canCompare: false },
    });
    expect(confirmed).toEqual({ kind: 'confirmed' });
    expect(await heldSince(world.store.read)).toBeNull();
  });

  it('brings along what the earlier hold had listed, and has still to look for', async () => {
    const world = await patientWorldOfTest();
    await world.charge('ch_1');
    await fillLog(world.store, 1);
    const listed: MissingFromBackup = {
      ...{ kind: 'request', from: 'replaced_database', id: 'req_x', requestId: 'req_x', at: null },
      ...{ customerId: 'org_1', words: 'Request req_x is not in the backup.' },
    };
    const hold = { kind: 'restored', by: 'me' } as const;
    const first = await world.store.write((tx) =>
      holdSending(world, tx, { ...hold, forgotten: [listed] }),
    );
    const charge = world.sandbox.world.get('charge', 'ch_1');
    makeRefund(world.sandbox.world, charge ?? expect.fail(), {
      ...{ amount: 500, reason: null, metadata: {} },
    });
    world.advance(5 * HOUR);
    await world.store.write((tx) =>
      appendAudit(tx, { id: 'aud_late', at: world.now(), kind: 'session.started', subject: 'x' }),
    );
    const last = await world.store.write((tx) => holdSending(world, tx, hold));
    expect(last).toMatchObject({ backupAt: first.backupAt, forgotten: [listed] });
    expect(await compareRestored(world, last)).toMatchObject([listed, { kind: 'refund' }]);
  });
});

const GESTURE_CONTENT: AdjustmentContent = {
  ...{ kind: 'credit_adjustment', customerId: 'org_1', reason: 'A bad week.', evidence: [] },
  ...{ flagId: null, credits: 1_000, cause: 'other', paymentId: null, generationId: null },
};
const GESTURE: RemedyDraft & { kind: 'credit_adjustment' } = GESTURE_CONTENT;

describe('credits that the product booked before the restore', () => {
  /** The product has booked a request as it stood in this revision; the backup knows revision 1. */
  const bookedAt = async (revision: number, credits = GESTURE.credits) => {
    const world = await patientWorldOfTest();
    await hirePeople(world);
    await world.charge('ch_1');
    const request = made(await createRequest(signedIn(world, world.sandbox.url, 'agent'), GESTURE));
    const content = { ...request.content, credits } as typeof request.content;
    const [booked] = planOperations({
      ...{ request: { ...request, content, revision }, decidedBy: null, now: world.now() },
    });
    if (!booked) throw new Error('nothing is planned');
    const key = idempotencyKeyOf(booked.kind, booked.id, 0);
    await world.productApi.postAdjustment({ body: booked.body, key });
    world.advance(1_000);
    const hold = { kind: 'restored', by: 'me' } as const;
    const open = await world.store.write((tx) => holdSending(world, tx, hold));
    const forgotten = await compareRestored(world, open);
    await confirmRestore(world, {
      ...{ id: open.id, actorId: null, by: 'me', note: 'looked' },
      ...{ ledgerChecked: true, canCompare: true },
    });
    return { world, request, forgotten };
  };

  it.each([
    ['in the revision that the backup knows', 1, 1_000, 'succeeded'],
    ['in a later one, of other credits', 3, 1_200, 'needs_review'],
    ['in a later one, of the same credits', 2, 1_000, 'succeeded'],
  ])('%s, are listed and not booked again', async (_what, revision, credits, state) => {
    const { world, request, forgotten } = await bookedAt(revision, credits);
    expect(forgotten).toMatchObject([{ kind: 'credits', requestId: request.id }]);
    await approve(signedIn(world, world.sandbox.url, 'finance'), request);
    await processAll(world, request.id);
    expect(world.product.product.adjusted.size).toBe(1);
    expect((await findRequest(world.store.read, request.id))?.state).toBe(state);
  });

  it('stand in the way of nothing that is requested after the restore', async () => {
    const { world } = await bookedAt(3);
    await world.charge('ch_2', 'org_2');
    const fresh = made(
      await createRequest(signedIn(world, world.sandbox.url, 'agent'), {
        ...{ ...GESTURE, customerId: 'org_2' },
      }),
    );
    await approve(signedIn(world, world.sandbox.url, 'finance'), fresh);
    await processAll(world, fresh.id);
    expect((await findRequest(world.store.read, fresh.id))?.state).toBe('succeeded');
  });
});

describe('a copy that was taken while sending was held, after the comparison', () => {
  const compared = async () => {
    const world = await patientWorldOfTest();
    const kept = headsOfTest();
    await fillLog(world.store, 5);
    await exportHead(world, kept);
    const hold = { kind: 'restored', by: 'me' } as const;
    const open = await world.store.write((tx) => holdSending(world, tx, hold));
    await compareRestored(world, open);
    const comparedAt = async () => (await latestRestoration(world.store.read))?.comparedAt;
    expect(await comparedAt()).not.toBeNull();
    return { world, kept, comparedAt };
  };

  it('is compared again where it is put back by hand', async () => {
    const { world, kept, comparedAt } = await compared();
    const { now, newId, databaseUrl } = world;
    await restoreInPlace({ now, newId, databaseUrl, kept, by: 'me' });
    expect(await comparedAt()).toBeNull();
  });

  it('is compared again where its log does not lead through the end of before', async () => {
    const { world, kept, comparedAt } = await compared();
    await exportHead(world, kept);
    const intruder = await intrude(world.databaseUrl);
    await dropGuards(intruder);
    await intruder.run('delete from audit_event where seq > 3');
    await intruder.close();
    const deps = { ...world, log: { error: () => undefined } };
    await checkLog(deps, kept);
    expect(await comparedAt()).toBeNull();
  });
});

describe('a restore without a product API', () => {
  it('compares with Stripe, says that the product was not asked, and is confirmed by a look at the ledger', async () => {
    const world = await patientWorldOfTest();
    const money = createRemedyDeps(parseEnv({ STRIPE_API_BASE: world.sandbox.url }), world);
    if (money === null) throw new Error('a Stripe is set');
    expect(money.productApi.isSet).toBe(false);
    await world.charge('ch_1');
    const charge = world.sandbox.world.get('charge', 'ch_1');
    if (!charge) throw new Error('no charge');
    makeRefund(world.sandbox.world, charge, { amount: 500, reason: null, metadata: {} });
    const hold = { kind: 'restored', by: 'me' } as const;
    const open = await world.store.write((tx) => holdSending(world, tx, hold));
    const step = await approvedRequest(world, GESTURE_CONTENT);
    expect(await compareRestored(money, open)).toMatchObject([
      { kind: 'refund', from: 'stripe' },
      { from: 'product', words: expect.stringContaining('was not asked') },
    ]);
    expect(await compareWhereRestored(money)).toBe(false);
    const confirming = { id: open.id, actorId: null, by: 'me', note: 'looked', canCompare: true };
    const early = await confirmRestore(world, { ...confirming, ledgerChecked: false });
    expect(early).toMatchObject({
      kind: 'refused',
      refusal: { says: expect.stringContaining('ledger') as unknown },
    });
    const done = await confirmRestore(world, { ...confirming, ledgerChecked: true });
    expect(done).toEqual({ kind: 'confirmed' });
    await processDueOperations({ ...world, productApi: money.productApi });
    expect(await findOperation(world.store.read, step.id)).toMatchObject({
      ...{ state: 'ready', error: expect.stringContaining('It waits until it is') },
    });
  });

  it('asks the product once it is set, before anybody has confirmed', async () => {
    const world = await patientWorldOfTest();
    const money = createRemedyDeps(parseEnv({ STRIPE_API_BASE: world.sandbox.url }), world);
    await world.charge('ch_1');
    const step = await approvedRequest(world, GESTURE_CONTENT);
    await world.productApi.postAdjustment({ body: step.body, key: step.id });
    await world.store.write((tx) => holdSending(world, tx, { kind: 'restored', by: 'me' }));
    expect(await compareWhereRestored(money ?? expect.fail())).toBe(true);
    expect(await compareWhereRestored(world)).toBe(true);
    expect(await compareWhereRestored(world)).toBe(false);
    const listed = (await latestRestoration(world.store.read))?.forgotten;
    expect(listed).toMatchObject([{ kind: 'credits', requestId: step.requestId }]);
  });
});
