import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportHead } from '#app/services/audit/export-head.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import { reconcile } from '#app/services/money/reconcile.ts';
import { requestRemedy } from '#app/services/money/request-remedy.ts';
import { sendOperations } from '#app/services/money/send-operations.ts';
import { confirmRestore } from '#app/services/restore/confirm-restore.ts';
import { holdSending } from '#app/services/restore/hold-sending.ts';
import { checkLog } from '#app/services/restore/watch-log.ts';
import { findOperation } from '#db/queries/operations.ts';
import { findRequest } from '#db/queries/requests.ts';
import { heldSince, latestRestoration } from '#db/queries/restorations.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { askRefund } from '#tests/support/remedy-world.ts';
import { dropGuards, fillLog, intrude } from '#tests/support/audit-tools.ts';
import { approvedRefund } from '#tests/trust/battery/approved-refund.ts';
import { worldOfTest } from '#tests/trust/battery/in-test.ts';
import { hirePeople, signedIn } from '#tests/trust/battery/people.ts';
import { settleAll } from '#tests/trust/battery/settle-all.ts';

const headsOfTest = () => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-heads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { path: join(folder, 'heads.ndjson'), secret: 'a secret of this test alone' };
};

describe('a database that was put back by hand', () => {
  it('is found at the next start, sends nothing, and goes on once a person has confirmed it', async () => {
    const world = await worldOfTest();
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
    expect(await sendOperations(world)).toEqual({ steps: 0, more: false });
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
    await settleAll(world, step.requestId);
    expect((await findOperation(world.store.read, step.id))?.state).toBe('succeeded');
  });
});

describe('a copy that was taken while sending was held', () => {
  it('is held once: confirming the last restore confirms the one that came with it', async () => {
    const world = await worldOfTest();
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
});

describe('a refund with our mark that this database does not know', () => {
  const refundAtStripe = (
    { sandbox }: Awaited<ReturnType<typeof worldOfTest>>,
    metadata: { op: string; request: string },
    amount: number,
  ): void => {
    const charge = sandbox.world.get('charge', 'ch_1');
    if (!charge) throw new Error('no charge');
    makeRefund(sandbox.world, charge, { amount, reason: null, metadata });
  };
  const scene = async () => {
    const world = await worldOfTest();
    await hirePeople(world);
    await world.charge('ch_1');
    return world;
  };

  it.each([
    ['of this very request is taken over', 1_000, 'succeeded'],
    ['of this very request in another amount goes to a person', 500, 'needs_review'],
  ])('%s', async (_name, amount, state) => {
    const world = await scene();
    const step = await approvedRefund(world, { paymentId: 'ch_1', amount: 1_000 });
    refundAtStripe(world, { op: 'op_of_before', request: step.requestId }, amount);
    await settleAll(world, step.requestId);
    expect((await findOperation(world.store.read, step.id))?.state).toBe(state);
    expect((await findRequest(world.store.read, step.requestId))?.state).toBe(state);
    expect(world.sandbox.world.all('refund')).toHaveLength(1);
  });

  it('of another request keeps everything on the charge waiting, until it is in the book', async () => {
    const world = await scene();
    const step = await approvedRefund(world, { paymentId: 'ch_1', amount: 1_000 });
    refundAtStripe(world, { op: 'op_x', request: 'req_x' }, 1_000);
    await settleAll(world, step.requestId);
    expect((await findOperation(world.store.read, step.id))?.state).toBe('needs_review');
    const asked = askRefund({ amount: 900, ground: 'technical_issue' });
    const agent = signedIn(world, world.sandbox.url, 'agent');
    const other = { ...asked, ground: 'charge_after_cancellation' } as const;
    const answer = await requestRemedy(agent, other);
    expect(JSON.stringify(answer)).toMatch(
      /made for request req_x and this database does not know/,
    );
    expect(await reconcile(world, 0)).toMatchObject({ drift: [], moved: 1 });
    const again = await requestRemedy(agent, other);
    expect(JSON.stringify(again)).not.toMatch(/does not know/);
    expect(world.sandbox.world.all('refund')).toHaveLength(1);
  });
});
