import { describe, expect, it } from 'vitest';
import { SEND_LEASE } from '#app/domain/operations/operation.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { HOUR, SECOND } from '#app/lib/instant.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { insertDecision } from '#db/queries/requests/decisions.ts';
import { claimMail, dueMail, insertMail, updateMail } from '#db/queries/operations/mail.ts';
import {
  cancelOperations,
  claimOperation,
  recordSend,
} from '#db/queries/operations/operation-steps.ts';
import {
  changeOperation,
  dueOperations,
  insertOperations,
} from '#db/queries/operations/operations.ts';
import { changeRequest, insertRequest } from '#db/queries/requests/requests.ts';
import { insertStripeEvent } from '#db/queries/operations/stripe-events.ts';
import { operation } from '#db/schema/requests.ts';
import { asked, step } from '#tests/factories/requests.ts';
import { T } from '#tests/factories/records.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

/** The error a write ended with; throws where it did not. */
const errorOf = async (write: Promise<unknown>): Promise<unknown> => {
  try {
    await write;
  } catch (error) {
    return error;
  }
  throw new Error('the write went through');
};

describe('the tables of requests', () => {
  it('refuse what no service may write', async () => {
    const store = await freshStore();
    const put = (change: Parameters<typeof asked>[0]) =>
      store.write((tx) => insertRequest(tx, asked(change)));
    await errorOf(put({ amount: 0 }));
    await errorOf(put({ amount: null }));
    await errorOf(put({ currency: null }));
    await errorOf(put({ paymentId: null }));
    await errorOf(put({ neededApprovals: 0 }));
    await errorOf(put({ kind: 'credit_adjustment', credits: 0 }));
    await put({});
    const decide = (deciderId: string, requestedBy: string) =>
      store.write((tx) =>
        insertDecision(tx, {
          id: `dec_${deciderId}`,
          requestId: 'req_1',
          revision: 1,
          contentHash: 'x',
          deciderId,
          requestedBy,
          verdict: 'approve',
          reason: null,
          at: T,
          voidedAt: null,
        }),
      );
    await errorOf(decide('stf_agent', 'stf_agent'));
    // A copy that names somebody else as the one who asked does not get past the check either.
    await errorOf(decide('stf_agent', 'stf_other'));
    await decide('stf_finance', 'stf_agent');
  });

  it('hold one open request for a payment and reason, for a flag, and one hold for a customer', async () => {
    const store = await freshStore();
    const put = (change: Parameters<typeof asked>[0]) =>
      store.write((tx) => insertRequest(tx, asked(change)));
    await put({ flagId: 'flg_1' });
    const samePayment = await errorOf(put({ id: 'req_2' }));
    expect(isUniqueViolation(samePayment, 'request_open_payment')).toBe(true);
    const sameFlag = await errorOf(put({ id: 'req_2', paymentId: 'ch_2', flagId: 'flg_1' }));
    expect(isUniqueViolation(sameFlag, 'request_open_flag')).toBe(true);
    await put({ id: 'req_2', state: 'rejected', flagId: 'flg_1' });
    await put({ id: 'req_3', ground: 'other' });
    const hold = { kind: 'generation_hold', paymentId: null, neededApprovals: 0 } as const;
    await put({ ...hold, id: 'req_4' });
    const sameHold = await errorOf(put({ ...hold, id: 'req_5' }));
    expect(isUniqueViolation(sameHold, 'request_open_hold')).toBe(true);
  });

  it('change by compare-and-set only', async () => {
    const store = await freshStore();
    const row = asked({});
    await store.write((tx) => insertRequest(tx, row));
    const approve = () =>
      store.write((tx) => changeRequest(tx, row, { state: 'approved', changedAt: T }));
    const both = await Promise.all([approve(), approve()]);
    expect(both.filter((one) => one !== null)).toMatchObject([{ state: 'approved', version: 2 }]);
  });
});

describe('steps outside', () => {
  const world = async () => {
    const store = await freshStore();
    const put = (...steps: Operation[]) => store.write((tx) => insertOperations(tx, steps));
    await store.write((tx) => insertRequest(tx, asked({})));
    const claim = (one: Operation, owner: string, now = T) =>
      store.write((tx) => claimOperation(tx, one, { owner, until: now + 30 * SECOND }, now));
    return { store, put, claim };
  };

  it('are held by one sender at a time, until its lease is over', async () => {
    const { store, put, claim } = await world();
    await put(step({ id: 'op_1' }));
    const [due] = await dueOperations(store.read, T, 10);
    if (!due) throw new Error('nothing is due');
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => claim(due, owner)));
    expect(claims.filter((one) => one !== null)).toHaveLength(1);
    expect(await dueOperations(store.read, T + 30 * SECOND - 1, 10)).toEqual([]);
    const [again] = await dueOperations(store.read, T + 30 * SECOND, 10);
    if (!again) throw new Error('the lease never ends');
    const held = await claim(again, 'e', T + 30 * SECOND);
    expect(held).toMatchObject({ state: 'sending', leaseOwner: 'e' });
  });

  it('send one refund of a payment after the other', async () => {
    const { store, put, claim } = await world();
    const [first, second] = [step({ id: 'op_1' }), step({ id: 'op_2', ordinal: 2 })];
    await put(first, second, step({ id: 'op_3', ordinal: 3, paymentId: 'ch_2' }));
    const [one, two] = await Promise.all([claim(first, 'a'), claim(second, 'b')]).catch(
      () => [null, null] as const,
    );
    expect([one, two].filter((claimed) => claimed !== null).length).toBeLessThanOrEqual(1);
    const rows = await store.read.select().from(operation);
    const waiting = rows.find(({ id, state }) => id !== 'op_3' && state === 'ready');
    if (!waiting) throw new Error('both are sending');
    const force = store.write((tx) =>
      changeOperation(tx, waiting, { state: 'sending', changedAt: T }),
    );
    expect(isUniqueViolation(await errorOf(force), 'operation_sending_refund')).toBe(true);
    expect(await claim(step({ id: 'op_3', paymentId: 'ch_2' }), 'c')).not.toBeNull();
  });

  it('keep when their key was first used, and cannot be taken back once begun', async () => {
    const { store, put, claim } = await world();
    await put(step({ id: 'op_1' }), step({ id: 'op_2', ordinal: 2, state: 'waiting' }));
    const cancel = () =>
      store.write((tx) => cancelOperations(tx, 'req_1', { at: T, why: 'It was withdrawn.' }));
    const held = await claim(step({ id: 'op_1' }), 'a');
    if (!held) throw new Error('not claimed');
    const send = (before: Operation, attempt: number, at: number) =>
      store.write((tx) =>
        recordSend(tx, before, {
          ...{ attempt, idempotencyKey: `refund:op_1:${attempt}`, at },
          leaseUntil: at + SEND_LEASE,
        }),
      );
    const sent = await send(held, 1, T);
    const repeated = sent && (await send(sent, 1, T + HOUR));
    expect(repeated).toMatchObject({ firstSentAt: T, lastSentAt: T + HOUR });
    expect(repeated && (await send(repeated, 2, T + 2 * HOUR))).toMatchObject({
      firstSentAt: T + 2 * HOUR,
      idempotencyKey: 'refund:op_1:2',
    });
    expect(await cancel()).toBe(false);
    const states = (await store.read.select().from(operation)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['sending', 'waiting']);
  });
});

describe('outbox and events', () => {
  it('keep a mail and an event once, and give a mail to one sender', async () => {
    const store = await freshStore();
    await store.write((tx) => insertRequest(tx, asked({})));
    const mail = {
      ...{ id: 'mail_1', requestId: 'req_1', customerId: 'org_1', kind: 'refund_failed' as const },
      ...{ operationId: null, createdAt: T, nextTryAt: T },
    };
    const put = (id: string) => store.write((tx) => insertMail(tx, { ...mail, id }));
    expect((await Promise.all([put('mail_1'), put('mail_2')])).filter(Boolean)).toHaveLength(1);
    const [due] = await dueMail(store.read, T, 10);
    if (!due) throw new Error('no mail is due');
    const claim = (owner: string) =>
      store.write((tx) => claimMail(tx, due, { owner, until: T + SECOND }));
    const claims = await Promise.all([claim('a'), claim('b')]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    const [mine, theirs] = claims[0] ? ['a', 'b'] : ['b', 'a'];
    const settle = (owner: string) =>
      store.write((tx) => updateMail(tx, due.id, owner, { sentAt: T + 1 }));
    expect(await settle(theirs)).toBeNull();
    expect(await settle(mine)).toMatchObject({ sentAt: T + 1 });
    expect(await dueMail(store.read, T + HOUR, 10)).toEqual([]);
    const event = { id: 'evt_1', type: 'refund.failed', objectId: 're_1', createdAt: T };
    const take = () => store.write((tx) => insertStripeEvent(tx, { ...event, receivedAt: T }));
    expect([await take(), await take()]).toEqual([true, false]);
  });
});
