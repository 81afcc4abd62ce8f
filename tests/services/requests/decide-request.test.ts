import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import type { Deciding } from '#app/services/requests/approvals/decide-request.ts';
import { expireRequests } from '#app/services/requests/lifecycle/expire-requests.ts';
import { loadRequest } from '#app/services/requests/views/load-request.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { insertStaff, updateStaff } from '#db/queries/access/staff.ts';
import { request as requestTable } from '#db/schema/requests.ts';
import { command } from '#scripts/sandbox/stripe/controls.ts';
import { fillFromBook } from '#scripts/sandbox/stripe/fill/fill-from-book.ts';
import { paid } from '#tests/factories/records.ts';
import { LATER } from '#tests/support/local-stripe.ts';
import { askRefund, kindOf, made, remedyWorld } from '#tests/support/remedy-world.ts';
import type { RemedyWorld } from '#tests/support/remedy-world.ts';

const control = async ({ sandbox }: RemedyWorld, path: string, body: unknown): Promise<void> => {
  const done = command(sandbox, { method: 'POST', path, body });
  if (!done) throw new Error(`no command ${path}`);
  await done;
};
const hire = (world: RemedyWorld, id: string, email: string) =>
  world.store.write((tx) =>
    insertStaff(tx, { id: `stf_${id}`, email, name: id, role: 'finance', createdAt: LATER }),
  );
/** The sign-in of somebody whose name is not among the usual ones. */
const asPerson = (world: RemedyWorld, id: string, email: string) => {
  const app = world.as('finance');
  return { ...app, actor: { ...app.actor, staffId: `stf_${id}`, email } };
};

describe('who may decide', () => {
  it('is another person, who has the right and the account now: nobody else gets through', async () => {
    const world = await remedyWorld();
    await hire(world, 'plus', 'Finance+two@demo.test');
    await hire(world, 'again', 'finance2+x@demo.test');
    const request = made(await world.ask(askRefund(), 'finance'));
    const { id: requestId, version } = request;
    const change = { amount: 1_001 };
    const edited = made(await editRequest(world.as('finance2'), { requestId, version, change }));
    const deciding: Deciding = {
      ...{ requestId, hash: edited.contentHash, reason: '', seen: null },
      verdict: 'approve',
    };
    await world.store.write(async (tx) => {
      await updateStaff(tx, 'stf_finance3', { role: 'agent' });
    });
    const refused = [
      world.as('finance'),
      world.as('finance2'),
      asPerson(world, 'plus', 'Finance+two@demo.test'),
      asPerson(world, 'again', 'finance2+x@demo.test'),
      ...['finance3', 'agent', 'agent2', 'lead', 'admin', 'auditor'].map(world.as),
      asPerson(world, 'nobody', 'nobody@demo.test'),
    ];
    for (const app of refused) {
      expect(kindOf(await decideRequest(app, deciding)), app.actor.staffId).toBe('forbidden');
    }
    await world.store.write(async (tx) => {
      await updateStaff(tx, 'stf_finance3', { role: 'finance', disabledAt: LATER });
    });
    expect(kindOf(await decideRequest(world.as('finance3'), deciding))).toBe('forbidden');
    expect(await world.audit('request.decision_refused')).toHaveLength(refused.length + 1);
    expect((await world.stored(request)).state).toBe('requested');
    await world.store.write(async (tx) => {
      await updateStaff(tx, 'stf_finance3', { disabledAt: null });
    });
    expect(kindOf(await decideRequest(world.as('finance3'), deciding))).toBe('approved');
  });

  it('above the limit is two people, and one who left meanwhile counts no more', async () => {
    const world = await remedyWorld();
    const big = paid({ id: 'ch_big', amount: 60_000 });
    await world.put(big);
    fillFromBook(world.sandbox.world, [big]);
    const request = made(await world.ask(askRefund({ paymentId: 'ch_big', amount: 60_000 })));
    expect(request.neededApprovals).toBe(2);
    expect(kindOf(await world.decide('finance', request))).toBe('requested');
    expect(await world.decide('finance', request)).toMatchObject({ ok: true, repeated: true });
    await world.store.write((tx) => updateStaff(tx, 'stf_finance', { disabledAt: LATER }));
    expect(kindOf(await world.decide('finance2', request))).toBe('requested');
    const last = made(await world.decide('finance3', request));
    expect(last.state).toBe('approved');
    expect(await world.steps(last)).toHaveLength(1);
  });

  it('of parts requested on different days and decided on one is two people', async () => {
    const charges = ['ch_1', 'ch_2'].map((id) => paid({ id, amount: 30_000 }));
    const world = await remedyWorld(charges);
    const first = made(await world.ask(askRefund({ amount: 30_000 })));
    world.at(LATER + 25 * HOUR);
    const second = made(await world.ask(askRefund({ amount: 30_000, paymentId: 'ch_2' })));
    expect([first.neededApprovals, second.neededApprovals]).toEqual([1, 1]);
    world.at(LATER + 51 * HOUR);
    expect(kindOf(await world.decide('finance', first))).toBe('approved');
    expect(kindOf(await world.decide('finance', second))).toBe('requested');
    expect(await world.stored(second)).toMatchObject({ neededApprovals: 2 });
    expect(kindOf(await world.decide('finance2', second))).toBe('approved');
  });

  it('of another ground is a lead as well, in either order', async () => {
    for (const order of [
      ['lead', 'finance'],
      ['finance', 'lead'],
    ] as const) {
      const world = await remedyWorld();
      const request = made(await world.ask(askRefund({ ground: 'other' })));
      expect(request.needsWord).toBe(true);
      const [first, second] = order;
      expect(kindOf(await world.decide(first, request))).toBe('requested');
      expect(kindOf(await world.decide(second, request))).toBe('approved');
    }
    const world = await remedyWorld();
    const own = made(await world.ask(askRefund({ ground: 'other' }), 'lead'));
    expect(own.needsWord).toBe(false);
    expect(kindOf(await world.decide('lead2', own))).toBe('forbidden');
    expect(kindOf(await world.decide('finance', own))).toBe('approved');
  });
});

describe('a decision', () => {
  it('is bound to what was shown: eight changes, eight refusals that say what is different', async () => {
    const world = await remedyWorld();
    const request = made(await world.ask(askRefund()));
    const other = made(await world.ask(askRefund({ paymentId: 'ch_2' })));
    const content = request.content;
    if (content.kind !== 'refund') throw new Error('not a refund');
    const tamper = async (change: Partial<typeof requestTable.$inferInsert>) =>
      world.store.write(async (tx) => {
        const rows = tx.update(requestTable).set(change).where(eq(requestTable.id, request.id));
        await rows.returning({ id: requestTable.id });
      });
    const withContent = (change: object) => ({
      content: { ...content, ...change } as RequestContent,
    }); // as a row may hold it
    const changes: [string, Partial<typeof requestTable.$inferInsert>][] = [
      ['Revision', { revision: 2 }],
      ['Charge', withContent({ paymentId: 'ch_2' })],
      ['Amount', withContent({ amount: 1_001 })],
      ['Currency', withContent({ currency: 'eur' })],
      ['Remedy and where it goes', withContent({ kind: 'credit_adjustment' })],
      ['Reason', withContent({ reason: 'Another.' })],
      ['Evidence', withContent({ evidence: ['payment:ch_1', 'payment:ch_2'] })],
    ];
    for (const [name, change] of changes) {
      await tamper(change);
      const answer = await world.decide('finance', request);
      expect(answer, name).toMatchObject({
        refusal: {
          refused: 'conflict',
          differences: expect.arrayContaining([expect.stringContaining(name)]),
        },
      });
      await tamper({ revision: 1, content });
    }
    const swapped = await world.decide('finance', request, { hash: other.contentHash });
    expect(swapped).toMatchObject({
      refusal: { differences: ['You were shown another request.'] },
    });
    expect(await world.steps(request)).toEqual([]);
    expect(kindOf(await world.decide('finance', request))).toBe('approved');
  });

  it('of yesterday does not hold for what was changed today', async () => {
    const world = await remedyWorld();
    const request = made(await world.ask(askRefund()));
    const { id: requestId, version } = request;
    const change = { amount: 2_000 };
    const edited = made(await editRequest(world.as('agent'), { requestId, version, change }));
    expect(await world.decide('finance', request)).toMatchObject({
      refusal: {
        differences: ['Revision: 2 instead of 1.', 'Amount: $20.00 instead of $10.00.'],
      },
    });
    expect(kindOf(await world.decide('finance', edited))).toBe('approved');
  });

  it('is refused when the world has changed, and says how', async () => {
    const cases = [
      [
        'a refund in the dashboard',
        (world: RemedyWorld) => control(world, 'dashboard-refund', { charge: 'ch_1', amount: 500 }),
        ['Refunded: $5.00 instead of $0.00; $5.00 went back meanwhile.'],
      ],
      [
        'all refunded',
        (world: RemedyWorld) => control(world, 'dashboard-refund', { charge: 'ch_1' }),
        ['Refunded: $49.00 instead of $0.00; $49.00 went back meanwhile.'],
      ],
      [
        'a dispute',
        (world: RemedyWorld) => control(world, 'disputes', { charge: 'ch_1' }),
        ['A dispute has been opened.'],
      ],
    ] as const;
    for (const [what, happen, differences] of cases) {
      const world = await remedyWorld();
      const request = made(await world.ask(askRefund()));
      await happen(world);
      const answer = await world.decide('finance', request);
      expect(answer, what).toMatchObject({ refusal: { refused: 'conflict', differences } });
      expect(await world.steps(request)).toEqual([]);
      const sheet = await loadRequest(world.as('finance'), request.id);
      expect(sheet?.differences, what).toEqual(differences);
      // Whoever has seen the world as it is now can decide, if everything still holds.
      const seen = sheet?.weighed?.seen ?? null;
      const again = await world.decide('finance', request, { seen });
      expect(kindOf(again), what).toBe(what === cases[0][0] ? 'approved' : 'conflict');
    }
  });

  it('is refused while Stripe cannot be asked; a no needs no Stripe', async () => {
    const world = await remedyWorld();
    const request = made(await world.ask(askRefund()));
    await world.sandbox.close();
    expect(kindOf(await world.decide('finance', request))).toBe('unavailable');
    const no = { verdict: 'reject', reason: '' } as const;
    expect(kindOf(await world.decide('finance', request, no))).toBe('invalid');
    const why = { ...no, reason: 'Not twice.' };
    expect(kindOf(await world.decide('finance', request, why))).toBe('rejected');
    expect(await world.stored(request)).toMatchObject({ stateReason: 'Not twice.' });
  });

  it('comes in time to the last millisecond, and not one later', async () => {
    for (const [late, kind] of [
      [-1, 'approved'],
      [0, 'conflict'],
      [1, 'conflict'],
    ] as const) {
      const world = await remedyWorld();
      const request = made(await world.ask(askRefund()));
      world.at(LATER + 72 * HOUR + late);
      expect(kindOf(await world.decide('finance', request))).toBe(kind);
      expect(await expireRequests(world)).toBe(kind === 'approved' ? 0 : 1);
      expect((await world.stored(request)).state).toBe(kind === 'approved' ? kind : 'expired');
      expect(await expireRequests(world)).toBe(0);
    }
  });

  it('sent back is changed and decided anew', async () => {
    const world = await remedyWorld();
    const request = made(await world.ask(askRefund()));
    const back = { verdict: 'send_back', reason: 'Which charge is the second?' } as const;
    const sent = made(await world.decide('finance', request, back));
    expect(sent.state).toBe('sent_back');
    expect(kindOf(await world.decide('finance', sent))).toBe('conflict');
    const change = { requestId: sent.id, version: sent.version, change: { amount: 900 } };
    const edited = made(await editRequest(world.as('agent'), change));
    expect(kindOf(await world.decide('finance', edited))).toBe('approved');
  });

  it('fifty times at once has one effect', async () => {
    const world = await remedyWorld();
    for (const charge of ['ch_1', 'ch_2']) {
      const request = made(await world.ask(askRefund({ paymentId: charge })));
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          world.decide(['finance', 'finance2', 'finance3'][i % 3] ?? 'finance', request),
        ),
      );
      const firsts = answers.filter((one) => one.ok && !one.repeated);
      expect(firsts).toHaveLength(1);
      const others = answers.filter((one) => !one.ok);
      expect(others.every((one) => !one.ok && one.refusal.refused === 'conflict')).toBe(true);
      expect(await world.steps(request)).toHaveLength(1);
      const approved = await world.audit('request.approved');
      expect(approved.filter(({ subject }) => subject === `request:${request.id}`)).toHaveLength(1);
    }
  });
});
