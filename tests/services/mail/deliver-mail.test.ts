import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#app/lib/instant.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { pollPendingRefunds } from '#app/services/stripe/poll-pending-refunds.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { dueMail } from '#db/queries/operations/mail.ts';
import { untold } from '#tests/support/unreported-refund.ts';

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

  it('is sent again as it was where the process ends before it is noted', async () => {
    const { world, server, deliver } = await untold();
    const ends = { ...world, point: (name: string) => void (name === 'mail-sent' && fail()) };
    const fail = () => {
      throw new Error('the process ends');
    };
    await expect(deliver('a', ends)).rejects.toThrow('the process ends');
    world.advance(HOUR);
    expect(await deliver('b')).toBe(1);
    const sent = server.delivered.map(({ headers, text }) => [headers['message-id'], text]);
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual(sent[1]);
  });

  it('leaves it to a person where nobody knows whether the refund was told of', async () => {
    const { world, server, deliver, rows } = await untold();
    server.faults.push('cut_after');
    await deliver();
    const [refund] = world.sandbox.world.all('refund');
    settleRefund(world.sandbox.world, refund ?? expect.fail(), { status: 'failed' });
    world.advance(HOUR);
    while ((await dueMail(world.store.read, world.now(), 1)).length > 0) await deliver();
    expect(server.delivered).toHaveLength(1);
    expect(await rows()).toMatchObject([
      { closedReason: 'Not sent: at Stripe the refund is failed.', leftAt: expect.any(Number) },
      { kind: 'refund_failed', heldReason: expect.stringContaining('We don’t know') },
    ]);
  });

  it.each(['refuse', 'try_later'] as const)(
    'leaves it to a person where an earlier try than one that came to nothing may have arrived: %s',
    async (second) => {
      const { world, server, deliver, rows } = await untold();
      server.faults.push('cut_after', second);
      await deliver();
      world.advance(HOUR);
      await deliver();
      expect(server.delivered).toHaveLength(1);
      const [refund] = world.sandbox.world.all('refund');
      settleRefund(world.sandbox.world, refund ?? expect.fail(), { status: 'failed' });
      world.advance(HOUR);
      while ((await dueMail(world.store.read, world.now(), 1)).length > 0) await deliver();
      expect(await rows()).toMatchObject([
        { kind: 'refund_on_its_way', closedReason: expect.stringContaining('is failed') },
        {
          kind: 'refund_failed',
          closedAt: null,
          heldReason: expect.stringContaining('We don’t know'),
        },
      ]);
    },
  );

  it('does not say what is no longer true', async () => {
    const { world, server, deliver, rows } = await untold();
    const [refund] = world.sandbox.world.all('refund');
    settleRefund(world.sandbox.world, refund ?? expect.fail(), { status: 'failed' });
    await handleWebhook(world, {
      ...{ id: 'evt_1', type: 'refund.failed', createdAt: world.now() },
      object: { kind: 'refund', id: refund?.id ?? '', chargeId: 'ch_1', paymentIntentId: null },
    });
    expect(await deliver()).toBe(0);
    expect(server.delivered).toEqual([]);
    expect(await rows()).toMatchObject([
      { kind: 'refund_on_its_way', closedReason: 'Not sent: at Stripe the refund is failed.' },
      { kind: 'refund_failed', closedReason: expect.stringContaining('had not been told') },
    ]);
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
    expect(new Set(server.delivered.map(({ text }) => text)).size).toBe(1);
  });
});

describe('a refund under a word that nobody knows', () => {
  it('is told of once it is on its way, of which the console hears by asking', async () => {
    const { world, server, deliver, rows } = await untold('in_orbit');
    await deliver();
    expect(server.delivered).toEqual([]);
    expect(await rows()).toMatchObject([
      { kind: 'refund_pending', heldReason: expect.stringContaining('in_orbit') },
    ]);
    const [refund] = world.sandbox.world.all('refund');
    settleRefund(world.sandbox.world, refund ?? expect.fail(), { status: 'succeeded' });
    world.advance(HOUR);
    expect(await pollPendingRefunds(world)).toEqual({ asked: 1, moved: 1 });
    await deliver();
    expect(server.delivered.map(({ headers }) => headers['subject'])).toEqual([
      'Your refund of $49.00 is on its way',
    ]);
    const closed = (await rows()).find(({ kind }) => kind === 'refund_pending');
    expect(closed?.closedReason).toContain('on its way now');
  });
});
