import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '#app/lib/instant.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { DEFAULT_POLICY, DEFAULT_POLICY_JSON } from '#app/domain/policy/policy.ts';
import { addPolicyVersion } from '#tests/support/add-policy-version.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { loadRequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';
import { changeRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { entry, generated, paid } from '#tests/factories/records.ts';
import { LATER } from '#tests/support/local-stripe.ts';
import { askCredits, askRefund, made, remedyWorld } from '#tests/support/remedy-world.ts';
import type { RemedyWorld } from '#tests/support/remedy-world.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

const KEY = 'a-key-of-one-opened-form';
const small = askCredits({ credits: 200, paymentId: null, cause: 'other' });

const send = (world: RemedyWorld, asked: RemedyDraft, key: string | null = KEY, name = 'agent') =>
  createRequest(world.as(name), asked, key);
const askedOf = (world: RemedyWorld) => requestsOfCustomer(world.store.read, 'org_1');
/** As the sender leaves it once everything has happened. */
const carriedOut = async (world: RemedyWorld, { id }: StoredRequest, at = LATER) => {
  const before = await world.stored({ id });
  await world.store.write((tx) => changeRequest(tx, before, { state: 'succeeded', changedAt: at }));
};

describe('one opened form', () => {
  it('asks once, and is answered with its request whatever became of it', async () => {
    const world = await remedyWorld();
    const first = made(await send(world, small));
    expect(first.state).toBe('approved');
    expect(await send(world, small)).toMatchObject({ repeated: true, request: { id: first.id } });
    await carriedOut(world, first);
    world.at(LATER + 9 * DAY);
    expect(await send(world, small)).toMatchObject({
      ...{ ok: true, repeated: true, request: { id: first.id, state: 'succeeded' } },
    });
    expect(await askedOf(world)).toHaveLength(1);
    expect(await world.audit('request.asked')).toHaveLength(1);
  });

  it('asks once where it is sent eight times at once', async () => {
    const world = await remedyWorld();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(world, small)));
    expect(new Set(answers.map((answer) => made(answer).id)).size).toBe(1);
    expect(await askedOf(world)).toHaveLength(1);
  });

  it('is refused with other content, naming what it has requested', async () => {
    const world = await remedyWorld();
    const first = made(await send(world, small));
    for (const change of [
      { credits: 201 },
      { reason: 'Another.' },
      { evidence: ['payment:ch_1'] },
    ]) {
      const other = await send(world, { ...small, ...change } as RemedyDraft);
      expect(other).toMatchObject({ refusal: { refused: 'conflict', otherId: first.id } });
    }
    expect(await askedOf(world)).toHaveLength(1);
  });

  it('is known after its request was changed, and asks nothing where it was refused', async () => {
    const world = await remedyWorld();
    expect(await send(world, askRefund({ amount: 99_999 }))).toMatchObject({ ok: false });
    const first = made(await send(world, askRefund()));
    const edit = { requestId: first.id, version: first.version, change: { amount: 900 } };
    made(await editRequest(world.as('agent2'), edit));
    expect(await send(world, askRefund())).toMatchObject({ repeated: true });
  });

  it('is one person’s: the same key in other hands is another form', async () => {
    const world = await remedyWorld();
    const first = made(await send(world, small));
    const other = made(await send(world, askRefund(), KEY, 'agent2'));
    expect(other.id).not.toBe(first.id);
  });
});

describe('the same requested anew', () => {
  const again = (after: string): RemedyDraft => ({
    ...small,
    again: { after, because: ' Two of their images were lost. ' },
  });

  it('is refused by whoever asks, with the first one and the way to ask for a second', async () => {
    const world = await remedyWorld();
    const first = made(await send(world, small, null));
    const refusal = { refused: 'conflict', otherId: first.id, mayRepeat: true };
    expect(await send(world, small, null)).toMatchObject({ refusal });
    await carriedOut(world, first);
    world.at(LATER + 24 * HOUR - 1);
    const said = await send(world, small, null, 'agent2');
    expect(said).toMatchObject({ refusal });
    expect(said).toMatchObject({
      refusal: {
        says: expect.stringMatching(/^The same was requested and completed .* say why\.$/),
      },
    });
    world.at(LATER + 24 * HOUR);
    expect(made(await send(world, small, null)).state).toBe('approved');
  });

  it('goes through with a reason, which is hashed, shown and audited; the next one needs its own', async () => {
    const world = await remedyWorld();
    const first = made(await send(world, small));
    await carriedOut(world, first);
    const second = made(await send(world, again(first.id), null, 'agent2'));
    expect(second.content.again).toEqual({
      ...{ after: first.id, because: 'Two of their images were lost.' },
    });
    const [, row] = await world.audit('request.asked');
    expect(row?.detail).toMatchObject({
      ...{ again: 'Two of their images were lost.', after: first.id },
    });
    await carriedOut(world, second);
    // The second tab with the same reason: what it names is not the last one any more.
    expect(await send(world, again(first.id), null)).toMatchObject({
      ...{ ok: false, refusal: { otherId: second.id, mayRepeat: true } },
    });
    expect(await askedOf(world)).toHaveLength(2);
  });

  it('is one of five at once', async () => {
    const world = await remedyWorld();
    const names = ['agent', 'agent2', 'lead', 'finance', 'agent'];
    const answers = await Promise.all(names.map((name) => send(world, small, null, name)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is free again once the first was withdrawn, and by the policy’s figure', async () => {
    const world = await remedyWorld();
    const refund = made(await send(world, askRefund(), null));
    await withdrawRequest(world.as('agent'), { requestId: refund.id, reason: 'No.' });
    made(await send(world, askRefund(), null));
    const first = made(await send(world, small, null));
    await carriedOut(world, first);
    const { limits } = DEFAULT_POLICY;
    const policy = { ...DEFAULT_POLICY_JSON, limits: { ...limits, repeatHours: 1 } };
    await addPolicyVersion(world.as('admin'), { appliesFrom: LATER, policy });
    world.at(LATER + HOUR - 1);
    expect(await send(world, small, null)).toMatchObject({ ok: false });
    world.at(LATER + HOUR);
    made(await send(world, small, null));
  });

  it('is not another one by a credit or by a cent', async () => {
    const world = await remedyWorld();
    const first = made(await send(world, small, null));
    await carriedOut(world, first);
    for (const credits of [201, 199, 1]) {
      const said = await send(world, { ...small, credits } as RemedyDraft, null, 'agent2');
      expect(said).toMatchObject({ refusal: { otherId: first.id, mayRepeat: true } });
    }
    made(await send(world, { ...again(first.id), credits: 201 } as RemedyDraft, null, 'agent2'));

    const refund = made(await send(world, askRefund({ amount: 900 }), null));
    await carriedOut(world, refund);
    const part = askRefund({ amount: 901, ground: 'other' });
    expect(await send(world, part, null, 'agent2')).toMatchObject({
      refusal: {
        ...{ otherId: refund.id, mayRepeat: true },
        says: expect.stringMatching(/^Another refund of this payment was .*: Refund \$9\.00\./),
      },
    });
    const because = 'The other half of what was promised.';
    const second = await send(world, { ...part, again: { after: refund.id, because } }, null);
    const id = made(second).id;
    const page = await loadRequestDetail(world.as('finance'), null, id);
    expect(page?.follows).toMatchObject({
      ...{ id: refund.id, says: expect.stringContaining('Refund $9.00.') },
    });
    // Its reason stays when it is changed.
    const { version } = await world.stored({ id });
    const edit = { requestId: id, version, change: { amount: 700 } };
    expect(made(await editRequest(world.as('agent'), edit)).content.again?.because).toBe(because);
  });

  it('is not reached by changing another request into it either', async () => {
    const world = await remedyWorld();
    const first = made(await send(world, small, null));
    await carriedOut(world, first);
    const other = made(await send(world, { ...small, credits: -5 } as RemedyDraft, null));
    const edit = { requestId: other.id, version: other.version, change: { credits: 200 } };
    expect(await editRequest(world.as('agent'), edit)).toMatchObject({
      ...{ ok: false, refusal: { otherId: first.id } },
    });
  });
});

describe('evidence', () => {
  const foreign = [
    paid({ id: 'ch_foreign', customerId: 'org_2' }),
    entry({ id: 'le_foreign', customerId: 'org_2' }),
    generated({ id: 'gen_1' }),
    entry({ id: 'le_1' }),
    paid({ id: 'ch_1' }),
  ];

  it.each([
    [
      'is there and the customer’s',
      ['payment:ch_1', 'ledgerEntry:le_1', 'generation:gen_1', 'customer:org_1'],
      null,
    ],
    ['that is another customer’s', ['payment:ch_1', 'payment:ch_foreign'], 'payment:ch_foreign'],
    ['of another customer’s ledger', ['ledgerEntry:le_foreign'], 'ledgerEntry:le_foreign'],
    ['that is another customer', ['customer:org_2'], 'customer:org_2'],
    ['that is nowhere', ['payment:ch_1', 'payment:ch_none'], 'payment:ch_none'],
    ['of another kind', ['refund:ch_1'], 'refund:ch_1'],
    ['of no kind', ['secret:ch_1'], 'secret:ch_1'],
    ['of a kind that every object has', ['constructor:ch_1'], 'constructor:ch_1'],
    ['with letters that no database takes', ['payment:ch\u0000\ud800'], 'payment:ch\u0000\ud800'],
  ])('%s', async (_what, evidence, missing) => {
    const world = await remedyWorld(foreign);
    const answer = await send(
      world,
      askRefund({ evidence } as Partial<RemedyDraft & { kind: 'refund' }>),
    );
    if (missing === null) return expect(made(answer).state).toBe('requested');
    expect(answer).toMatchObject({
      refusal: { refused: 'invalid', fields: { evidence: expect.stringContaining(missing) } },
    });
    expect(await askedOf(world)).toEqual([]);
  });
});
