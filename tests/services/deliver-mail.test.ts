import { describe, expect, it, onTestFinished } from 'vitest';
import { HOUR, MINUTE } from '#app/domain/instant.ts';
import { openMail } from '#app/outside/mail/open-mail.ts';
import { deliverMail } from '#app/services/money/deliver-mail.ts';
import { handleStripeEvent } from '#app/services/money/handle-stripe-event.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { startMail } from '#scripts/sandbox/mail/start-mail.ts';
import { mailsOfRequest } from '#db/queries/mail.ts';
import { assertNotWriting } from '#db/store.ts';
import { approvedRefund } from '#tests/trust/battery/approved-refund.ts';
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';
import { settleAll } from '#tests/trust/battery/settle-all.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';

/** A refund that was made and of which the customer has not been told yet. */
const untold = async () => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  const server = await startMail();
  const mail = openMail({
    ...{ smtpUrl: server.url, from: 'support@example.test', beforeCall: assertNotWriting },
    timeout: 2_000,
  });
  onTestFinished(async () => {
    mail.close();
    await server.close();
    await world.close();
  });
  await world.charge('ch_1');
  const { requestId } = await approvedRefund(world, { paymentId: 'ch_1' });
  await settleAll(world, requestId);
  const rows = () => mailsOfRequest(world.store.read, requestId);
  return { world, server, rows, deliver: (owner = 'a') => deliverMail({ ...world, owner, mail }) };
};

describe('mail to customers', () => {
  it('says what is true, once', async () => {
    const { server, deliver, rows } = await untold();
    expect(await deliver()).toBe(1);
    expect(await deliver()).toBe(0);
    const [letter, ...more] = server.delivered;
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ from: 'support@example.test', to: ['org_1@example.test'] });
    expect(letter?.headers['subject']).toBe('Your refund of $49.00 is on its way');
    expect(letter?.text).toContain('Hello Løvely Studio,');
    expect(letter?.text).toContain('the card ending in 4242');
    expect(letter?.text).toContain('between Monday 11 May 2026 and Monday 18 May 2026');
    const [row] = await rows();
    expect(letter?.headers['message-id']).toBe(`<${row?.id}@example.test>`);
    expect(row).toMatchObject({ kind: 'refund_on_its_way', sentAt: expect.any(Number) });
  });

  it('is one sender’s, however many there are', async () => {
    const { server, deliver } = await untold();
    const sent = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => deliver(owner)));
    expect(sent.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 1]);
    expect(server.delivered).toHaveLength(1);
  });

  it('waits while the server is busy', async () => {
    const { world, server, deliver, rows } = await untold();
    server.faults.push('try_later');
    expect(await deliver()).toBe(0);
    expect(await rows()).toMatchObject([{ sentAt: null, error: expect.stringContaining('451') }]);
    expect(await deliver()).toBe(0);
    world.advance(MINUTE);
    expect(await deliver()).toBe(1);
    expect(server.delivered).toHaveLength(1);
  });

  it('is not pressed on a server that refuses it', async () => {
    const { world, server, deliver, rows } = await untold();
    server.faults.push('refuse');
    await deliver();
    world.advance(HOUR);
    expect(await deliver()).toBe(0);
    expect(await rows()).toMatchObject([{ sentAt: null, error: expect.stringContaining('550') }]);
  });

  it('does not say what is no longer true', async () => {
    const { world, server, deliver } = await untold();
    const [refund] = world.sandbox.world.all('refund');
    settleRefund(world.sandbox.world, refund ?? expect.fail(), { status: 'failed' });
    await handleStripeEvent(world, {
      ...{ id: 'evt_1', type: 'refund.failed', createdAt: world.now() },
      object: { kind: 'refund', id: refund?.id ?? '', chargeId: 'ch_1', paymentIntentId: null },
    });
    expect(await deliver()).toBe(1);
    const subjects = server.delivered.map(({ headers }) => headers['subject']);
    expect(subjects).toEqual(['Your refund of $49.00 did not go through']);
  });

  it('keeps its Message-ID where the answer is lost', async () => {
    const { world, server, deliver } = await untold();
    server.faults.push('cut_after');
    expect(await deliver()).toBe(0);
    world.advance(HOUR);
    expect(await deliver()).toBe(1);
    const ids = server.delivered.map(({ headers }) => headers['message-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});
