import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, toIso } from '#app/lib/instant.ts';
import { newFormKey } from '#app/pages/shared/form-key.ts';
import type { Approvers } from '#app/services/requests/approvals/load-approvers.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { findStaffByEmail, insertStaff } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { decidingConsole, factsOf, FRESH } from '#tests/support/consoles/deciding-console.ts';
import type { DecidingConsole } from '#tests/support/consoles/deciding-console.ts';

let desk: DecidingConsole;
beforeAll(async () => {
  desk = await decidingConsole();
  const { store } = desk.staff;
  const lead = await findStaffByEmail(store.read, 'lead@demo.test');
  if (lead === null) throw new Error('the demo has no lead');
  const second = { ...lead, id: 'stf_lead2', email: 'lead2@demo.test', name: 'Lou Lead' };
  await store.write((tx) => insertStaff(tx, second));
}, 60_000);
afterAll(() => desk?.close());

interface Answered {
  done?: { id?: string; state?: string; repeated?: boolean };
  refused?: { refused: string; says: string; fields?: Record<string, string> };
  fields?: Record<string, string>;
}
const post = async (what: string, form: Record<string, string>, name: string) => {
  const answer = await desk.site.post(`/requests/${what}`, form, {
    Cookie: await desk.cookieOf(name),
  });
  return { status: answer.status, ...factsOf<Answered>(answer) };
};
const people = async (name: string): Promise<Approvers> =>
  factsOf(await desk.get('/requests/people?_data=pages%2Fapprovers%2Fapprovers.page', name));
const idOf = async (name: string): Promise<string> => (await desk.staff.as(name)).actor.staffId;
const lineOf = async (name: string) => {
  const id = await idOf(name);
  return (await people('auditor')).people.find((line) => line.id === id);
};
const auditOf = async (kind: string) =>
  (await desk.staff.store.read.select().from(auditEvent)).filter((row) => row.kind === kind);
const inDays = (days: number): string => toIso(desk.site.now() + days * DAY);

describe('a right to decide', () => {
  const lending = async (change: Record<string, string> = {}) => ({
    ...{ delegateId: await idOf('agent2'), endsAt: inDays(7), reason: 'On leave.' },
    key: newFormKey(),
    ...change,
  });

  it('is lent, decides for its owner, and is ended by whoever has it', async () => {
    const answer = await post('people/lend', await lending(), 'finance');
    expect(answer).toMatchObject({ status: 200, done: { id: expect.stringMatching(/^del_/) } });
    expect(await lineOf('agent2')).toMatchObject({
      decides: null,
      borrowed: [{ from: 'Finley Finance', decides: 'refunds and credits' }],
    });
    expect((await people('auditor')).there).toEqual({ refunds: 3, credits: 5 });
    const request = await desk.askFor(1);
    const yes = { verdict: 'approve', hash: request.contentHash, seen: JSON.stringify(FRESH) };
    expect((await desk.post(request, 'decision', yes, 'agent2')).status).toBe(200);
    const sheet = await desk.sheet<RequestDetail>(request, 'finance');
    expect(sheet.decisions).toMatchObject([{ forName: 'Finley Finance', verdict: 'approve' }]);

    const loan = answer.done?.id ?? '';
    expect(await post('people/end-loan', { loan }, 'agent')).toMatchObject({
      ...{ status: 403, refused: { says: 'You can’t end this delegation.' } },
    });
    expect((await post('people/end-loan', { loan }, 'agent2')).status).toBe(200);
    expect(await post('people/end-loan', { loan }, 'admin')).toMatchObject({
      ...{ status: 409, refused: { says: expect.stringContaining('already ended by') } },
    });
    expect(await lineOf('agent2')).toBeUndefined();
    expect(await auditOf('delegation.begun')).toMatchObject([{ actorId: await idOf('finance') }]);
    expect(await auditOf('delegation.ended')).toMatchObject([{ actorId: await idOf('agent2') }]);
  });

  it('is not lent by whoever has none, to oneself, for too long, into the past or without a reason', async () => {
    const refused = async (change: Record<string, string>, name = 'finance') => {
      const {
        status,
        refused: why,
        fields,
      } = await post('people/lend', await lending(change), name);
      return [status, Object.keys(why?.fields ?? fields ?? {})];
    };
    for (const name of ['agent', 'admin', 'auditor'])
      expect((await refused({}, name))[0], name).toBe(403);
    expect(await refused({ delegateId: await idOf('finance') })).toEqual([422, ['delegateId']]);
    expect(await refused({ delegateId: await idOf('auditor') })).toEqual([422, ['delegateId']]);
    expect(await refused({ delegateId: 'stf_none' })).toEqual([422, ['delegateId']]);
    expect(await refused({ endsAt: inDays(31) })).toEqual([422, ['endsAt']]);
    expect(await refused({ endsAt: inDays(-1) })).toEqual([422, ['endsAt']]);
    expect(await refused({ endsAt: 'tomorrow' })).toEqual([422, ['endsAt']]);
    expect(await refused({ reason: ' ' })).toEqual([422, ['reason']]);
    expect((await people('finance')).rows.filter(({ state }) => state !== 'ended')).toEqual([]);
  });

  it('begins when it is said to, never before now, and not twice', async () => {
    const startsAt = inDays(2);
    expect((await post('people/lend', await lending({ startsAt }), 'lead')).status).toBe(200);
    expect((await post('people/lend', await lending({ startsAt }), 'lead')).status).toBe(409);
    const [loan] = (await people('lead')).rows;
    expect(loan).toMatchObject({ state: 'to_come', startsAt: Date.parse(startsAt) });
    const past = await lending({ startsAt: inDays(-9), delegateId: await idOf('agent') });
    expect((await post('people/lend', past, 'lead')).status).toBe(200);
    const begun = (await people('lead')).rows.find(({ state }) => state === 'in_force');
    expect(begun?.startsAt).toBeGreaterThan(desk.site.now() - HOUR);
    for (const { id } of (await people('lead')).rows.filter(({ whyNotEnd }) => whyNotEnd === null))
      expect((await post('people/end-loan', { loan: id }, 'admin')).status).toBe(200);
  });
});

describe('being on leave', () => {
  it('is noted by oneself, seen by everybody, and over when one is back', async () => {
    const until = inDays(3);
    expect((await post('people/leave', { until }, 'finance2')).status).toBe(200);
    expect((await lineOf('finance2'))?.awayUntil).toBe(Date.parse(until));
    expect((await desk.get('/requests/people', 'agent')).text).toContain('out of office until');
    expect((await people('finance2')).mine.awayUntil).toBe(Date.parse(until));
    expect((await post('people/leave', { until: 'back' }, 'finance2')).status).toBe(200);
    expect((await lineOf('finance2'))?.awayUntil).toBeNull();
    const rows = await auditOf('staff.away');
    expect(rows.map(({ detail }) => detail?.['until'])).toEqual([until, 'back']);
    expect(new Set(rows.map(({ actorId }) => actorId))).toEqual(new Set([await idOf('finance2')]));
  });

  it.each([
    ['into the past', -1],
    ['for more than a year', 367],
  ])('is not noted %s', async (_how, days) => {
    const answer = await post('people/leave', { until: inDays(days) }, 'lead');
    expect(answer).toMatchObject({ status: 422, refused: { refused: 'invalid' } });
  });

  it('is nothing to whoever decides nothing, and of nobody else', async () => {
    for (const name of ['admin', 'auditor'])
      expect((await post('people/leave', { until: inDays(1) }, name)).status).toBe(403);
    const other = { until: inDays(1), staffId: await idOf('finance') };
    expect((await post('people/leave', other, 'lead')).status).toBe(422);
    expect((await lineOf('finance'))?.awayUntil).toBeNull();
  });
});

describe('the glass', () => {
  const reason = 'The customer’s bank closes the account today.';
  const away = (name: string, until = inDays(5)) => post('people/leave', { until }, name);

  it('is offered where nobody is there to decide, broken by two, and flagged', async () => {
    const request = await desk.askFor(2);
    const glassFor = async (name: string) => (await desk.sheet<RequestDetail>(request, name)).glass;
    const form = { hash: request.contentHash, reason, seen: JSON.stringify(FRESH) };
    const smash = async (name: string, change: object = {}) =>
      post(`${request.id}/glass`, { ...form, ...change }, name);

    expect(await glassFor('lead')).toBeNull();
    expect((await smash('lead')).status).toBe(403);
    for (const name of ['finance', 'finance2']) await away(name);
    expect(await glassFor('lead')).toEqual({ whyNot: null, broken: 0 });
    expect(await glassFor('agent2')).toBeNull();
    expect((await smash('agent2')).status).toBe(403);
    // Whoever makes the shortage by leaving is none of the two.
    expect(await smash('finance')).toMatchObject({
      ...{ status: 403, refused: { says: 'You are out of office. Return first.' } },
    });
    expect((await smash('lead', { reason: 'Urgent' })).status).toBe(422);
    expect((await smash('lead', { hash: 'a'.repeat(64) })).status).toBe(409);

    expect(await smash('lead')).toMatchObject({ status: 200, done: { state: 'requested' } });
    expect(await glassFor('lead2')).toEqual({ whyNot: null, broken: 1 });
    expect((await glassFor('lead'))?.whyNot).toMatch(/Another person must confirm/);
    expect(await smash('lead')).toMatchObject({ status: 200, done: { repeated: true } });
    expect(await smash('lead2')).toMatchObject({ status: 200, done: { state: 'approved' } });
    const { history } = await desk.sheet<RequestDetail>(request, 'auditor');
    expect(
      history.filter(({ says }) => /emergency approval/i.test(says)).length,
    ).toBeGreaterThanOrEqual(2);
    expect(await auditOf('request.glass_broken')).toHaveLength(2);
    for (const name of ['finance', 'finance2']) await post('people/leave', { until: 'back' }, name);
  });
});
