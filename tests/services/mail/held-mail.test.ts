import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { resolveHeldMail } from '#app/services/mail/delivery/resolve-held-mail.ts';
import type { HeldMailAnswer } from '#app/services/mail/delivery/resolve-held-mail.ts';
import { loadHeldMail } from '#app/services/mail/delivery/load-held-mail.ts';
import { MAIL_SET_ASIDE } from '#app/domain/restore/labels.ts';
import { confirmRestore } from '#app/services/restore/confirm-restore.ts';
import { holdSending } from '#app/services/restore/hold-sending.ts';
import { loadRequestQueue } from '#app/services/requests/views/load-request-queue.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { findCustomerRecord } from '#db/queries/customers/customer-records.ts';
import { insertStaff } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { T } from '#tests/factories/records.ts';
import { refundComesBack } from '#tests/support/credited-charge.ts';
import { untold } from '#tests/support/unreported-refund.ts';

/** A letter that could not be sent for four days, and somebody who sees it. */
const late = async (away = 4 * DAY) => {
  const told = await untold();
  const { world, deliver, rows, requestId } = told;
  world.advance(away);
  await deliver();
  const person = async (role: 'agent' | 'finance' | 'auditor') => {
    const id = `stf_${role}`;
    await world.store.write((tx) =>
      insertStaff(tx, { id, email: `${role}@demo.test`, name: role, role, createdAt: T }),
    );
    const actor = { staffId: id, name: role, email: `${role}@demo.test`, role };
    return { ...world, money: world, actor, ticket: 'ZD-1' };
  };
  const agent = await person('agent');
  const held = async () => loadHeldMail(world, 'agent', await rows());
  const answer = async (change: Partial<HeldMailAnswer>, app = agent) => {
    const [mail] = await rows();
    return resolveHeldMail(app, {
      ...{ requestId, mailId: mail?.id ?? '', heldAt: mail?.heldAt ?? 0 },
      ...{ answer: 'send', reason: '', ...change },
    });
  };
  const audit = async () =>
    (await world.store.read.select().from(auditEvent))
      .filter(({ kind }) => kind.startsWith('mail.'))
      .map(({ kind, actorId }) => [kind, actorId]);
  return { ...told, agent, person, held, answer, audit };
};

describe('a letter that does not leave by itself', () => {
  it('waits for a person once it is older than three days, with what it would say now', async () => {
    const { server, agent, held, audit } = await late();
    expect(server.delivered).toEqual([]);
    const [letter] = await held();
    expect(letter).toMatchObject({
      why: 'It could not be sent for more than 3 days.',
      ...{ whyNotSend: null, whyNotClose: null },
      would: { subject: 'Your refund of $49.00 is on its way', address: 'org_1@example.test' },
    });
    const queue = await loadRequestQueue(agent);
    expect(queue.open).toMatchObject([{ stuck: expect.stringContaining('E-mail needs a person') }]);
    expect(await audit()).toEqual([['mail.held', null]]);
  });

  it('is composed anew when a person has it sent', async () => {
    const { world, server, deliver, answer, audit, rows } = await late(45 * DAY);
    expect(await answer({})).toEqual({ ok: true });
    expect(await deliver()).toBe(1);
    const [letter] = server.delivered;
    expect(letter?.headers['subject']).toBe('Your refund of $49.00 was made on Monday 4 May 2026');
    expect(letter?.text).not.toContain('expect it');
    expect(await rows()).toMatchObject([{ releasedBy: 'stf_agent', sentAt: world.now() }]);
    expect(await audit()).toEqual([
      ['mail.held', null],
      ['mail.released', 'stf_agent'],
      ['mail.sent', null],
    ]);
    expect(await answer({})).toMatchObject({ refusal: { refused: 'conflict' } });
  });

  it('is closed with a reason, and then never sent', async () => {
    const { world, server, deliver, answer, audit, rows, agent } = await late();
    expect(await answer({ answer: 'close' })).toMatchObject({ refusal: { refused: 'invalid' } });
    const close = { answer: 'close', reason: 'I have called them.' } as const;
    expect(await answer(close)).toEqual({ ok: true });
    world.advance(DAY);
    expect(await deliver()).toBe(0);
    expect(server.delivered).toEqual([]);
    expect(await rows()).toMatchObject([{ closedBy: 'stf_agent', closedReason: close.reason }]);
    expect((await loadRequestQueue(agent)).open).toEqual([]);
    expect(await audit()).toContainEqual(['mail.closed', 'stf_agent']);
  });

  it('is nobody’s without the right, and not another’s who saw it otherwise', async () => {
    const { answer, person } = await late();
    const auditor = await person('auditor');
    expect(await answer({}, auditor)).toMatchObject({ refusal: { refused: 'forbidden' } });
    expect(await answer({ heldAt: 1 })).toMatchObject({ refusal: { refused: 'conflict' } });
    expect(await answer({ requestId: 'req_x' })).toMatchObject({
      refusal: { refused: 'not_found' },
    });
  });

  it('cannot be sent once it is untrue, and is dropped by itself', async () => {
    const { world, server, deliver, answer, held, rows } = await late();
    const [refund] = world.sandbox.world.all('refund');
    settleRefund(world.sandbox.world, refund ?? expect.fail(), { status: 'failed' });
    expect(await held()).toMatchObject([{ would: null, whyNotSend: expect.any(String) }]);
    expect(await answer({})).toMatchObject({ refusal: { refused: 'conflict' } });
    world.advance(HOUR);
    await deliver();
    world.advance(MINUTE);
    await deliver();
    expect(server.delivered).toEqual([]);
    expect((await rows()).map(({ closedAt }) => closedAt !== null)).toEqual([true, true]);
  });

  it('waits too where the server refuses the address for good, and goes to the one it has then', async () => {
    const { world, server, deliver, rows, requestId } = await untold();
    server.faults.push('refuse');
    await deliver();
    expect(await rows()).toMatchObject([
      { heldReason: expect.stringContaining('550'), leftAt: null },
    ]);
    const known = await findCustomerRecord(world.store.read, 'org_1');
    if (!known) throw new Error('no customer');
    const record = { ...known, email: 'new@example.test' };
    await world.store.write((tx) => saveRecords(tx, [{ type: 'customer', record }]));
    await world.store.write((tx) =>
      insertStaff(tx, { id: 'stf_f', email: 'f@d.test', name: 'F', role: 'finance', createdAt: T }),
    );
    const actor = { staffId: 'stf_f', name: 'F', email: 'f@d.test', role: 'finance' as const };
    const [mail] = await rows();
    await resolveHeldMail(
      { ...world, money: world, actor, ticket: null },
      { requestId, mailId: mail?.id ?? '', heldAt: mail?.heldAt ?? 0, answer: 'send', reason: '' },
    );
    expect(await deliver()).toBe(1);
    expect(server.delivered.map(({ to }) => to)).toEqual([['new@example.test']]);
  });
});

describe('a letter that a restore put aside', () => {
  const hold = { kind: 'restored', by: 'me' } as const;
  const putAside = async (away: number) => {
    const told = await late(away);
    const { world } = told;
    const open = await world.store.write((tx) => holdSending(world, tx, hold));
    await confirmRestore(world, {
      ...{ id: open.id, actorId: null, by: 'me', note: 'looked' },
      ...{ ledgerChecked: true, canCompare: false },
    });
    return { ...told, open };
  };

  it('keeps its warning, however late it is', async () => {
    const { world, deliver, rows } = await untoldAside();
    world.advance(4 * DAY);
    expect(await deliver()).toBe(0);
    const [mail] = await rows();
    expect(mail?.heldReason).toContain(MAIL_SET_ASIDE);
    expect(mail?.heldReason).toContain('could not be sent for more than 3 days');
    world.advance(2 * HOUR);
    await deliver();
    expect((await rows())[0]?.heldReason).toBe(mail?.heldReason);
  });

  it('says no more than that, as long as nothing else stands in its way', async () => {
    const { world, deliver, rows, server } = await untoldAside();
    world.advance(HOUR);
    expect(await deliver()).toBe(0);
    expect(await rows()).toMatchObject([{ heldReason: MAIL_SET_ASIDE, closedAt: null }]);
    expect(server.delivered).toEqual([]);
  });

  it('is listed by each restore, and warned of once', async () => {
    const { world, rows } = await putAside(4 * DAY);
    const [before] = await rows();
    world.advance(MINUTE);
    const again = await world.store.write((tx) => holdSending(world, tx, hold));
    expect(again.forgotten).toMatchObject([{ kind: 'mail', id: before?.id }]);
    expect((await rows())[0]?.heldReason).toBe(before?.heldReason);
  });

  it('is warned of where it waited for a person before, who still reads why, and is listed', async () => {
    const { rows, open } = await putAside(4 * DAY);
    const [mail] = await rows();
    expect(open.forgotten).toMatchObject([{ kind: 'mail', id: mail?.id }]);
    expect(mail?.heldReason).toMatch(
      new RegExp(`^${MAIL_SET_ASIDE} It could not be sent for more than 3 days`),
    );
  });

  it('counts as sent perhaps once it is closed: that the refund failed goes to a person', async () => {
    const { world, rows, answer, deliver } = await putAside(4 * DAY);
    expect(await answer({ answer: 'close', reason: 'It was sent before.' })).toEqual({ ok: true });
    await refundComesBack(world);
    await deliver();
    const failed = (await rows()).find(({ kind }) => kind === 'refund_failed');
    expect(failed).toMatchObject({ sentAt: null, closedAt: null });
    expect(failed?.heldReason).toContain('We don’t know whether the customer was told');
  });

  const untoldAside = async () => {
    const told = await untold();
    const { world } = told;
    const open = await world.store.write((tx) => holdSending(world, tx, hold));
    await confirmRestore(world, {
      ...{ id: open.id, actorId: null, by: 'me', note: 'looked' },
      ...{ ledgerChecked: true, canCompare: false },
    });
    return told;
  };
});
