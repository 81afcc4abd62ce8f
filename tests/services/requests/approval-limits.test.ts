import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR } from '#app/lib/instant.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { previewRequest } from '#app/services/requests/lifecycle/preview-request.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { entry, paid, T } from '#tests/factories/records.ts';
import { creditedCharge, refundComesBack } from '#tests/support/credited-charge.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { LATER } from '#tests/support/local-stripe.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { askCredits, askRefund, kindOf, made, remedyWorld } from '#tests/support/remedy-world.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { signedIn } from '#tests/reliability/scenarios/people.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

const big = (id: string) => paid({ id, amount: 40_000, capturedAt: T });

describe('what one person may do alone within a day', () => {
  it('counts from when it was approved: old requests made smaller are one sum', async () => {
    const world = await remedyWorld();
    const unnamed = { paymentId: null, cause: 'other' } as const;
    const asked: StoredRequest[] = [];
    for (const credits of [501, 502, 503]) {
      const after = asked.at(-1)?.id;
      const again = after === undefined ? {} : { again: { after, because: 'More was lost.' } };
      asked.push(made(await world.ask(askCredits({ ...unnamed, ...again, credits }))));
    }
    expect(asked.map(({ state }) => state)).toEqual(['requested', 'requested', 'requested']);
    world.at(LATER + DAY + HOUR);
    const states: string[] = [];
    for (const [nth, { id: requestId, version }] of asked.entries()) {
      const edit = { requestId, version, change: { credits: 500 - nth } };
      states.push(kindOf(await editRequest(world.as('agent'), edit)));
    }
    expect(states).toEqual(['approved', 'requested', 'requested']);
  });
});

describe('what needs two people', () => {
  it('needs them also where one approves two requests in the same moment', async () => {
    const world = await remedyWorld([big('ch_1'), big('ch_2')]);
    const ask = async (paymentId: string) =>
      made(
        await world.ask(
          askRefund({ paymentId, amount: 40_000, evidence: [`payment:${paymentId}`] }),
          paymentId === 'ch_1' ? 'agent' : 'agent2',
        ),
      );
    const first = await ask('ch_1');
    world.at(LATER + DAY + HOUR);
    const second = await ask('ch_2');
    world.at(LATER + 2 * DAY + 2 * HOUR);
    expect(second.neededApprovals).toBe(1);
    const { stripe } = world;
    const slow = {
      ...world.as('finance'),
      stripe: {
        ...stripe,
        // While Stripe is asked about the second, the first is approved.
        readCharge: async (id: string) => {
          world.at(LATER + 2 * DAY + 2 * HOUR + 50);
          expect(kindOf(await world.decide('finance', first))).toBe('approved');
          return stripe.readCharge(id);
        },
      },
    };
    const answer = await decideRequest(slow, {
      ...{ requestId: second.id, hash: second.contentHash, reason: '', seen: null },
      verdict: 'approve',
    });
    expect(made(answer)).toMatchObject({ state: 'requested', neededApprovals: 2 });
  });
});

describe('a currency without a limit', () => {
  it('needs two people itself, and uses up nothing for the others', async () => {
    const world = await remedyWorld([
      paid({ id: 'ch_1' }),
      paid({ id: 'ch_sek', currency: 'sek', capturedAt: T + 60_000 }),
    ]);
    const sek = askRefund({ paymentId: 'ch_sek', currency: 'sek', amount: 100 });
    expect(made(await world.ask(sek)).neededApprovals).toBe(2);
    const answer = await world.ask(askRefund());
    expect(kindOf(answer)).toBe('requested');
  });
});

describe('credits that are about to be taken', () => {
  const spent = () => [
    paid({ id: 'ch_1' }),
    paid({ id: 'ch_2', capturedAt: T + 60_000 }),
    entry({ id: 'le_1', kind: 'purchase', credits: 5_000, paymentId: 'ch_1' }),
    entry({ id: 'le_2', kind: 'purchase', credits: 5_000, paymentId: 'ch_2' }),
    entry({ id: 'le_3', kind: 'usage', credits: -5_000 }),
  ];
  const all = (paymentId: string) =>
    askRefund({
      ...{ paymentId, amount: 4_900, creditChoice: 'take_back_unspent' },
      evidence: [`payment:${paymentId}`],
    });

  it('are not taken twice: who approves the second refund is told that they are gone', async () => {
    const world = await remedyWorld(spent());
    const first = made(await world.ask(all('ch_1')));
    const second = made(await world.ask(all('ch_2'), 'agent2'));
    expect([first.content, second.content]).toMatchObject([
      { takeBack: 5_000 },
      { takeBack: 5_000 },
    ]);
    expect(kindOf(await world.decide('finance', first))).toBe('approved');
    const answer = await world.decide('finance2', second);
    expect(answer).toMatchObject({
      ok: false,
      refusal: { differences: ['Of 5,000 credits to take back 0 credits are left.'] },
    });
  });

  it('belong to a refund only as long as it stands', async () => {
    const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
    onTestFinished(() => world.close());
    await creditedCharge(world);
    const { requestId } = await approvedRefund(world, { paymentId: 'ch_1', takeBack: 1_000 });
    await processAll(world, requestId);
    await refundComesBack(world);
    const steps = await processAll(world, requestId);
    expect(steps.map(({ credits, state }) => [credits, state])).toEqual([
      [null, 'failed'],
      [-1_000, 'succeeded'],
      [1_000, 'succeeded'],
    ]);
    const half = askRefund({ amount: 2_450, creditChoice: 'take_back_all' });
    const preview = await previewRequest(signedIn(world, world.sandbox.url, 'agent'), half);
    expect(preview.weighed?.content).toMatchObject({ takeBack: 500 });
  });

  it('are gone also where the product has dated their entry ahead of our clock', async () => {
    const world = await remedyWorld([
      ...spent().filter(({ record }) => record.id !== 'le_3'),
      entry({ id: 'le_3', kind: 'usage', credits: -9_750 }),
      entry({ id: 'le_4', kind: 'adjustment', credits: -250, occurredAt: LATER + HOUR }),
    ]);
    const take = { credits: -250, cause: 'excess_credits', paymentId: null } as const;
    expect(kindOf(await world.ask(askCredits({ ...take, credits: -249 })))).toBe('invalid');
  });

  it('are not taken twice alone', async () => {
    const world = await remedyWorld(
      spent().map((record) =>
        record.record.id === 'le_3'
          ? entry({ id: 'le_3', kind: 'usage', credits: -9_750 })
          : record,
      ),
    );
    const take = { credits: -250, cause: 'excess_credits', paymentId: null } as const;
    expect(kindOf(await world.ask(askCredits(take)))).toBe('approved');
    const rest = { ...take, credits: -249 };
    expect(kindOf(await world.ask(askCredits(rest)))).toBe('invalid');
  });
});
