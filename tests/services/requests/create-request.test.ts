import { describe, expect, it } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import { amountText, remedyDraftSchema } from '#app/domain/remedies/remedy-draft-schema.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import type { RequestEdit } from '#app/services/requests/lifecycle/edit-request.ts';
import { previewRequest } from '#app/services/requests/lifecycle/preview-request.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';
import { request as requestTable } from '#db/schema/requests.ts';
import { paid, T } from '#tests/factories/records.ts';
import { LATER } from '#tests/support/local-stripe.ts';
import { askCredits, askRefund, kindOf, made, remedyWorld } from '#tests/support/remedy-world.ts';

describe('asking for a remedy', () => {
  it('keeps what was asked, with its history and audit row, for 72 hours', async () => {
    const world = await remedyWorld();
    const request = made(await world.ask(askRefund({ reason: ' Charged twice. ' })));
    expect(await world.stored(request)).toMatchObject({
      ...{ state: 'requested', version: 1, revision: 1, requestedBy: 'stf_agent', ticket: 'ZD-1' },
      ...{ amount: 1_000, paymentId: 'ch_1', neededApprovals: 1, needsWord: false },
      deciderPermission: 'requests.decide-refund',
      expiresAt: LATER + 72 * HOUR,
      content: { reason: 'Charged twice.', takeBack: 0 },
      seen: { amountCaptured: 4_900, amountRefunded: 0, captured: true },
    });
    expect(await world.audit('request.asked')).toMatchObject([
      { actorId: 'stf_agent', customerId: 'org_1', subject: `request:${request.id}` },
    ]);
    expect(await world.steps(request)).toEqual([]);
  });

  it('previews the same and writes nothing', async () => {
    const world = await remedyWorld();
    const asked = askRefund({ amount: 4_900, creditChoice: 'take_back_unspent' });
    const { weighed, refusal } = await previewRequest(world.as('agent'), asked);
    expect(refusal).toBeNull();
    expect(weighed).toMatchObject({
      content: { takeBack: 5_000 },
      balance: { before: 5_000, after: 0 },
      verdict: { kind: 'allowed', approvals: 1 },
    });
    expect(weighed?.guards.every(({ holds }) => holds)).toBe(true);
    expect(await world.store.read.select().from(requestTable)).toEqual([]);
    const request = made(await world.ask(asked));
    expect(request.content).toEqual(weighed?.content);
  });

  it('of credits an agent may grant is approved at once, up to 500 a day', async () => {
    const world = await remedyWorld();
    const first = made(await world.ask(askCredits({ credits: 300 })));
    expect(first).toMatchObject({ state: 'approved', neededApprovals: 0 });
    expect(await world.steps(first)).toMatchObject([
      { kind: 'credit_adjustment', state: 'ready', credits: 300 },
    ]);
    const split = { credits: 201, cause: 'other', paymentId: null } as const;
    const second = made(await world.ask(askCredits(split), 'agent2'));
    expect(second).toMatchObject({
      state: 'requested',
      deciderPermission: 'requests.decide-credits',
    });
    expect(kindOf(await world.decide('agent', second))).toBe('forbidden');
    expect(kindOf(await world.decide('lead', second))).toBe('approved');
  });

  it('holds generations once, and lets go once', async () => {
    const world = await remedyWorld();
    const hold = {
      kind: 'generation_hold',
      hold: true,
      ...{ customerId: 'org_1', reason: 'Negative balance.', evidence: [], flagId: null },
    } as const;
    const [one, two] = await Promise.all([world.ask(hold), world.ask(hold, 'agent2')]);
    expect([kindOf(one), kindOf(two)].toSorted()).toEqual(['approved', 'conflict']);
    expect(kindOf(await world.ask({ ...hold, hold: false }))).toBe('conflict');
  });

  it('never takes more credits than there are', async () => {
    const world = await remedyWorld();
    const answer = await world.ask(
      askCredits({ credits: -5_001, cause: 'excess_credits' }),
      'lead',
    );
    expect(answer).toMatchObject({
      refusal: { refused: 'invalid', fields: { credits: expect.stringContaining('would fall') } },
    });
  });
});

describe('amounts that are none', () => {
  it.each([0, -1, 1.5, 4_901, 2 ** 53, 1e21, Number.NaN, Number.POSITIVE_INFINITY])(
    'of %s give a field error',
    async (amount) => {
      const world = await remedyWorld();
      const answer = await world.ask(askRefund({ amount }));
      expect(answer).toMatchObject({ ok: false, refusal: { refused: 'invalid' } });
      expect(!answer.ok && 'fields' in answer.refusal && answer.refusal.fields).toHaveProperty(
        'amount',
      );
    },
  );

  it.each([
    '0',
    '-1',
    '1e3',
    '١٢',
    '1.0',
    '0x10',
    ' 5',
    '',
    '01',
    '9007199254740993',
    '1e21',
    '+1',
  ])('typed as %j do not pass the form', (text) => {
    expect(amountText.safeParse(text).success).toBe(false);
    expect(remedyDraftSchema.safeParse({ ...askRefund(), amount: text }).success).toBe(false);
  });

  it('and those that are one go to the last unit', async () => {
    const world = await remedyWorld([
      paid({ id: 'ch_1' }),
      paid({ id: 'ch_jpy', amount: 4_900, currency: 'jpy' }),
      paid({ id: 'ch_kwd', amount: 4_900, currency: 'kwd' }),
    ]);
    expect(kindOf(await world.ask(askRefund({ amount: 4_900 })))).toBe('requested');
    const jpy = { paymentId: 'ch_jpy', currency: 'jpy' };
    expect(kindOf(await world.ask(askRefund({ ...jpy, amount: 4_901 })))).toBe('invalid');
    expect(kindOf(await world.ask(askRefund({ ...jpy, amount: 1 })))).toBe('requested');
    const kwd = { paymentId: 'ch_kwd', currency: 'kwd' };
    expect(kindOf(await world.ask(askRefund({ ...kwd, amount: 4_900 })))).toBe('requested');
  });

  it('nor does another currency, a disputed, an uncaptured, an old or a foreign charge', async () => {
    const world = await remedyWorld([
      paid({ id: 'ch_1' }),
      paid({ id: 'ch_open', disputeStatus: 'open' }),
      paid({ id: 'ch_auth', status: 'requires_capture', capturedAt: null }),
      paid({ id: 'ch_old', createdAt: T - 365 * 24 * HOUR, capturedAt: T - 365 * 24 * HOUR }),
      paid({ id: 'ch_other', customerId: 'org_2' }),
    ]);
    const refusals = [
      await world.ask(askRefund({ currency: 'eur' })),
      await world.ask(askRefund({ paymentId: 'ch_open' })),
      await world.ask(askRefund({ paymentId: 'ch_auth' })),
      await world.ask(askRefund({ paymentId: 'ch_old' })),
      await world.ask(askRefund({ paymentId: 'ch_other' })),
      await world.ask(askRefund({ evidence: [] })),
      await world.ask(askRefund({ reason: ' ' })),
      await world.ask(askRefund({ flagId: 'flg_no' })),
    ].map((answer) =>
      answer.ok || !('fields' in answer.refusal) ? answer : Object.keys(answer.refusal.fields),
    );
    expect(refusals).toEqual([
      ['currency'],
      ['paymentId'],
      expect.arrayContaining(['paymentId']),
      ['paymentId'],
      ['paymentId'],
      ['evidence'],
      ['reason'],
      ['flagId'],
    ]);
    expect(kindOf(await world.ask(askRefund({ customerId: 'org_no' })))).toBe('not_found');
    expect(kindOf(await world.ask(askRefund(), 'admin'))).toBe('forbidden');
  });

  it('nor is anything requested while Stripe cannot be asked', async () => {
    const world = await remedyWorld();
    await world.sandbox.close();
    expect(kindOf(await world.ask(askRefund()))).toBe('unavailable');
  });
});

describe('an open request', () => {
  it('for the same payment and ground is named to whoever asks again', async () => {
    const world = await remedyWorld();
    const first = made(await world.ask(askRefund()));
    const again = await world.ask(askRefund({ amount: 2_000 }), 'agent2');
    expect(again).toMatchObject({ refusal: { refused: 'conflict', otherId: first.id } });
    const because = 'The other half never worked.';
    const other = made(
      await world.ask(
        askRefund({
          ...{ ground: 'technical_issue', amount: 1_100, again: { after: first.id, because } },
        }),
      ),
    );
    expect(other.state).toBe('requested');
    const withdrawn = await withdrawRequest(world.as('agent'), {
      requestId: first.id,
      reason: 'No.',
    });
    expect(kindOf(withdrawn)).toBe('withdrawn');
    const third = askRefund({ amount: 2_000, again: { after: other.id, because } });
    expect(kindOf(await world.ask(third, 'agent2'))).toBe('requested');
  });

  it('reserves its amount until it is withdrawn, and is withdrawn by its asker only', async () => {
    const world = await remedyWorld();
    const first = made(await world.ask(askRefund({ amount: 4_000 })));
    const other = askRefund({ amount: 901, ground: 'technical_issue' });
    expect(await world.ask(other)).toMatchObject({
      refusal: { fields: { amount: expect.stringContaining('$9.00') } },
    });
    const withdraw = (name: string) =>
      withdrawRequest(world.as(name), { requestId: first.id, reason: 'A mistake.' });
    expect(kindOf(await withdraw('agent2'))).toBe('forbidden');
    expect(kindOf(await withdraw('agent'))).toBe('withdrawn');
    expect(await withdraw('agent')).toMatchObject({ ok: true, repeated: true });
    expect(kindOf(await world.ask(other))).toBe('requested');
  });

  it('of eight at once never comes to more than was captured', async () => {
    const world = await remedyWorld();
    for (let round = 0; round < 3; round += 1) {
      const grounds = [
        'technical_issue',
        'duplicate_charge',
        'charge_after_cancellation',
        'other',
      ] as const;
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          world.ask(
            askRefund({
              amount: 700 + 113 * ((i * 7 + round * 3) % 8),
              // Ground and payment are free for two each, so that only the sum stands in the way.
              ground: grounds[i % 4] ?? 'other',
              paymentId: i < 4 ? 'ch_1' : 'ch_2',
            }),
            i % 2 === 0 ? 'agent' : 'agent2',
          ),
        ),
      );
      for (const paymentId of ['ch_1', 'ch_2']) {
        const open = answers.flatMap((one) =>
          one.ok && one.request.paymentId === paymentId ? [one.request] : [],
        );
        const sum = open.reduce((total, { amount }) => total + (amount ?? 0), 0);
        expect(sum).toBeLessThanOrEqual(4_900);
        expect(sum).toBeGreaterThan(0);
        for (const { id } of open) {
          await withdrawRequest(world.as('agent'), { requestId: id, reason: 'Next round.' });
          await withdrawRequest(world.as('agent2'), { requestId: id, reason: 'Next round.' });
        }
      }
      expect(answers.every((one) => one.ok || one.refusal.refused !== 'unavailable')).toBe(true);
    }
  });

  it('that is changed waits for a decision anew, whatever was changed', async () => {
    const world = await remedyWorld();
    const edits: RequestEdit['change'][] = [
      { amount: 1_001 },
      { reason: 'Charged three times.' },
      { ground: 'technical_issue' },
      { creditChoice: 'take_back_all' },
      { evidence: ['payment:ch_1', 'payment:ch_2'] },
    ];
    let request = made(await world.ask(askRefund()));
    for (const [index, change] of edits.entries()) {
      const approved = made(await world.decide('finance', request));
      expect(approved.state).toBe('approved');
      const { id: requestId, version } = approved;
      const stale = await editRequest(world.as('agent'), { requestId, version: 1, change });
      expect(kindOf(stale)).toBe('conflict');
      request = made(await editRequest(world.as('agent'), { requestId, version, change }));
      expect(request).toMatchObject({ state: 'requested', revision: index + 2, approvedAt: null });
      const steps = await world.steps(request);
      expect(steps.every(({ state }) => state === 'canceled')).toBe(true);
    }
    const over = { requestId: request.id, version: request.version, change: { amount: 4_901 } };
    expect(kindOf(await editRequest(world.as('agent'), over))).toBe('invalid');
    const odd = { requestId: request.id, version: request.version, change: { credits: 3 } };
    expect(kindOf(await editRequest(world.as('agent'), odd))).toBe('invalid');
    const final = made(await world.decide('finance', request));
    const steps = await world.steps(final);
    expect(steps.filter(({ state }) => state === 'ready')).toMatchObject([{ amount: 1_001 }]);
  });
});
