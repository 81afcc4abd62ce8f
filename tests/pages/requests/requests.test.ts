import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import type { RequestQueue } from '#app/services/requests/views/load-request-queue.ts';
import type { ActorPreview } from '#app/services/requests/lifecycle/preview-request.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { decidingConsole, factsOf, FRESH } from '#tests/support/consoles/deciding-console.ts';
import type { DecidingConsole } from '#tests/support/consoles/deciding-console.ts';
import { askCredits } from '#tests/support/remedy-world.ts';

let desk: DecidingConsole;
beforeAll(async () => {
  desk = await decidingConsole();
}, 60_000);
afterAll(() => desk?.close());

const SOON = { timeout: 20_000, interval: 50 };
const auditRows = async (kind: string) =>
  (await desk.staff.store.read.select().from(auditEvent)).filter((row) => row.kind === kind);
const queueOf = async (name: string, query = ''): Promise<RequestQueue> =>
  factsOf(await desk.get(`/requests?_data=pages%2Frequests%2Fqueue%2Frequests.page${query}`, name));
interface Answered {
  done?: { state: string; repeated?: boolean };
  refused?: { refused: string; says: string; differences?: string[]; fields?: object };
}

describe('the queue', () => {
  it('has what is mine first, counts it in the header, and keeps filters in the address', async () => {
    const refund = await desk.askFor(1);
    const own = await desk.askFor(2, {}, 'finance');
    desk.site.forward(HOUR);
    const credits = await desk.askRemedy(
      askCredits({ credits: 900, customerId: 'org_1', paymentId: null, cause: 'other' }),
      'lead',
    );
    const queue = await queueOf('finance');
    expect(queue.open.map(({ id, mine }) => [id, mine])).toEqual([
      [refund.id, 'decide'],
      [credits.id, 'decide'],
      [own.id, null],
    ]);
    expect(queue).toMatchObject({ mine: 2, all: 3, stuck: 0 });
    expect((await queueOf('finance', '&kind=refund&mine=1')).open).toMatchObject([
      { id: refund.id },
    ]);
    expect((await queueOf('finance', '&state=sent_back')).open).toEqual([]);
    const page = await desk.get('/requests', 'finance');
    expect(page.text).toContain('title="2 waiting for you"');
    expect((await desk.get('/', 'agent')).text).toContain('title="0 waiting for you"');
    expect(page.text).toContain('Duplicate charge');
    expect((await desk.get('/requests?state=succeeded', 'finance')).status).toBe(400);
    expect((await desk.get('/requests?mine=yes', 'finance')).status).toBe(400);
  });

  it('tells whoever asked of what was sent back to them', async () => {
    const request = await desk.askFor(3);
    const form = { verdict: 'send_back', hash: request.contentHash, reason: 'Which charge?' };
    const answer = await desk.post(request, 'decision', form, 'finance');
    expect([answer.status, factsOf<Answered>(answer).done?.state]).toEqual([200, 'sent_back']);
    const mine = (await queueOf('agent')).open[0];
    expect(mine).toMatchObject({ id: request.id, mine: 'change', stateReason: 'Which charge?' });
    expect((await desk.get('/', 'agent')).text).toContain('title="1 waiting for you"');
  });

  it('has settled requests on a list of their own, page by page', async () => {
    const request = await desk.askFor(4);
    await desk.post(request, 'withdraw', { reason: 'A mistake.' }, 'agent');
    const read = async (after: string) =>
      factsOf<{ rows: { id: string; changedAt: number }[] }>(
        await desk.get(
          `/requests/settled?_data=pages%2Frequests%2Fqueue%2Fclosed-requests.page${after}`,
          'auditor',
        ),
      );
    const { rows } = await read('');
    expect(rows).toMatchObject([{ id: request.id, state: 'withdrawn', stateReason: 'A mistake.' }]);
    const [last] = rows;
    const next = await read(`&after=${last?.changedAt}~${last?.id}`);
    expect(next.rows).toEqual([]);
    expect((await desk.get('/requests/settled?after=x', 'agent')).status).toBe(400);
  });
});

describe('a request', () => {
  it('is shown with all that a decision rests on, and its view is recorded once', async () => {
    const request = await desk.askFor(5);
    const sheet = await desk.sheet<RequestDetail>(request, 'finance');
    expect(sheet.asks).toBe(
      'Pay back all of the $49.00 charged on Monday 4 May 2026 to the card ending in 4242, and keep the credits from it.',
    );
    expect(sheet.promise?.line).toBe('If confirmed duplicate, contact support for refund');
    expect(sheet.evidence.records).toMatchObject([{ ref: 'payment:ch_5', title: 'Payment' }]);
    expect(sheet.evidence.records[0]?.facts).toContainEqual({ label: 'Card', text: 'visa ·4242' });
    expect(sheet.weighed?.guards.every(({ holds }) => holds)).toBe(true);
    expect(sheet.weighed?.seen).toEqual(FRESH);
    expect(sheet.foretold).toEqual({
      kind: 'nothing',
      why: 'There is no customer record to e-mail.',
    });
    expect(sheet).toMatchObject({ yes: 'approve', differences: [], whyNot: { decide: null } });
    const seenBy = async () =>
      (await auditRows('customer.viewed')).filter(({ customerId }) => customerId === 'org_5');
    expect(await seenBy()).toHaveLength(1);
    const page = await desk.get(`/requests/${request.id}`, 'finance');
    expect(page.text).toContain('$49.00 can still be refunded');
    expect(await seenBy()).toHaveLength(1);
    expect((await desk.get('/requests/req_none', 'finance')).status).toBe(404);
  });

  it('says to each person why they cannot decide', async () => {
    const request = await desk.askFor(6, { ground: 'other' });
    const why = async (name: string) =>
      (await desk.sheet<RequestDetail>(request, name)).whyNot.decide;
    expect(await why('agent')).toBe('Your role can’t approve this.');
    expect(await why('lead')).toBeNull();
    expect((await desk.sheet<RequestDetail>(request, 'lead')).yes).toBe('vouch');
    const yes = { verdict: 'approve', hash: request.contentHash, seen: JSON.stringify(FRESH) };
    expect((await desk.post(request, 'decision', yes, 'lead')).status).toBe(200);
    expect(await why('lead')).toBe('You already decided this.');
    const after = await desk.sheet<RequestDetail>(request, 'finance');
    expect(after.decisions).toMatchObject([{ verdict: 'vouch', name: 'Lee Lead' }]);
    expect(after.line.waitsFor).toBe('Waiting for finance');
  });
});

describe('a decision', () => {
  it('counts once, however often it is sent, and moves the money once', async () => {
    const request = await desk.askFor(7);
    const yes = { verdict: 'approve', hash: request.contentHash, seen: JSON.stringify(FRESH) };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        desk.post(request, 'decision', yes, i % 2 === 0 ? 'finance' : 'finance2'),
      ),
    );
    const effects = answers.filter(
      (answer) => answer.status === 200 && factsOf<Answered>(answer).done?.repeated === false,
    );
    expect(effects).toHaveLength(1);
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    await vi.waitFor(() => expect(desk.refundsOf('ch_7')).toHaveLength(1), SOON);
    const again = await desk.post(request, 'decision', yes, 'finance');
    expect([200, 409]).toContain(again.status);
    expect(desk.refundsOf('ch_7')).toHaveLength(1);
    expect(await auditRows('request.approved')).toHaveLength(1);
  });

  it('is refused with the difference where the world has changed, until it was looked at again', async () => {
    const request = await desk.askFor(8, { amount: 2_000 });
    const { weighed } = await desk.sheet<RequestDetail>(request, 'finance');
    await desk.refundInDashboard('ch_8', 2_000);
    const form = (seen: unknown) => ({
      ...{ verdict: 'approve', hash: request.contentHash, seen: JSON.stringify(seen) },
    });
    const no = await desk.post(request, 'decision', form(weighed?.seen), 'finance');
    expect(no.status).toBe(409);
    expect(factsOf<Answered>(no).refused).toMatchObject({
      refused: 'conflict',
      differences: ['Refunded: $20.00 instead of $0.00; $20.00 went back meanwhile.'],
    });
    expect(desk.refundsOf('ch_8')).toHaveLength(1);
    const again = await desk.sheet<RequestDetail>(request, 'finance');
    expect(again.differences).toHaveLength(1);
    const yes = await desk.post(request, 'decision', form(again.weighed?.seen), 'finance');
    expect(yes.status).toBe(200);
    await vi.waitFor(() => expect(desk.refundsOf('ch_8')).toHaveLength(2), SOON);
  });

  it('says what a change would come to, without making it', async () => {
    const request = await desk.askFor(12);
    const preview = async (form: Record<string, string>, name = 'agent') => {
      const answer = await desk.site.post(`/requests/${request.id}/edit/preview`, form, {
        Cookie: await desk.cookieOf(name),
      });
      return { status: answer.status, ...factsOf<{ preview?: ActorPreview } & Answered>(answer) };
    };
    const less = { amount: '1200', ground: 'other', creditChoice: 'keep', reason: '…' };
    // The request does not stand in its own way.
    expect(await preview(less)).toMatchObject({
      ...{ status: 200, preview: { refusal: null, weighed: { needsWord: true } } },
    });
    const more = await preview({ ...less, amount: '4901' });
    expect(more.preview?.weighed?.guards.filter(({ holds }) => !holds)).toHaveLength(1);
    expect((await preview({ credits: '5', reason: '…' })).status).toBe(422);
    expect((await preview({ ...less, amount: '1e3' })).status).toBe(422);
    expect((await preview(less, 'auditor')).status).toBe(403);
    const { content, line } = await desk.sheet<RequestDetail>(request, 'agent');
    expect([line.version, content]).toMatchObject([request.version, { amount: 4_900 }]);
  });

  it('names what was changed since it was shown', async () => {
    const request = await desk.askFor(9);
    const change = { version: '1', reason: 'Only half.', amount: '2400' };
    expect((await desk.post(request, 'edit', change, 'agent2')).status).toBe(200);
    const old = { verdict: 'approve', hash: request.contentHash };
    const no = await desk.post(request, 'decision', old, 'finance');
    expect(no.status).toBe(409);
    expect(factsOf<Answered>(no).refused?.differences).toEqual(
      expect.arrayContaining(['Amount: $24.00 instead of $49.00.']),
    );
    const stale = await desk.post(request, 'edit', change, 'agent');
    expect(stale.status).toBe(409);
    const wrong = await desk.post(request, 'edit', { ...change, amount: '1e3' }, 'agent');
    expect(wrong.status).toBe(422);
    expect(factsOf<{ fields: object }>(wrong).fields).toHaveProperty('amount');
    const foreign = await desk.post(request, 'withdraw', { reason: 'No.' }, 'agent2');
    expect(foreign.status).toBe(403);
  });
});

describe('by a hand-made POST', () => {
  const hash = 'a'.repeat(64);
  it.each<[string, Record<string, string>]>([
    ['finance', { verdict: 'approve' }],
    ['finance', { verdict: 'approve', seen: JSON.stringify(FRESH) }],
    ['finance', { verdict: 'reject', reason: 'Mine.' }],
    ['finance', { verdict: 'send_back', reason: 'Mine.' }],
    ['finance', { verdict: 'approve', hash }],
    ['agent', { verdict: 'approve' }],
    ['lead', { verdict: 'approve' }],
    ['admin', { verdict: 'approve' }],
    ['auditor', { verdict: 'reject', reason: 'No.' }],
  ])('%s decides nothing of what finance requested: %j', async (name, form) => {
    const known = (await queueOf('finance')).open.find(({ paymentId }) => paymentId === 'ch_10');
    const request = known ?? (await desk.askFor(10, {}, 'finance'));
    const before = (await auditRows('request.decision_refused')).length;
    const sent = { hash: 'hash' in request ? request.hash : request.contentHash, ...form };
    const answer = await desk.post(request, 'decision', sent, name);
    expect(answer.status).toBe(403);
    const rows = await auditRows('request.decision_refused');
    expect(rows).toHaveLength(before + 1);
    expect(rows.at(-1)?.subject).toBe(`request:${request.id}`);
    const { state } = (await desk.sheet<RequestDetail>(request, 'auditor')).line;
    expect(state).toBe('requested');
  });

  it.each<Record<string, string>>([
    { decidedBy: 'stf_other' },
    { actor: 'finance2' },
    { seen: '{"captured":true}' },
    { seen: 'x' },
    { verdict: 'vouch' },
  ])('nothing beside the form is taken: %j', async (extra) => {
    const open = (await queueOf('finance')).open.find(({ paymentId }) => paymentId === 'ch_10');
    if (open === undefined) throw new Error('nothing was requested');
    const form = { verdict: 'approve', hash: open.hash, ...extra };
    const answer = await desk.post(open, 'decision', form, 'finance2');
    expect(answer.status).toBe(422);
    expect(desk.refundsOf('ch_10')).toEqual([]);
  });
});

describe('an outcome that nobody knows', () => {
  it('is shown with both facts, and answered by what Stripe shows', async () => {
    desk.stripe.server.script.add({ fault: 'approval_required', charge: 'ch_11' });
    const request = await desk.askFor(11);
    await desk.approve(request);
    const inReview = async (): Promise<RequestDetail> => {
      const sheet = await desk.sheet<RequestDetail>(request, 'finance');
      expect(sheet.line.state).toBe('needs_review');
      return sheet;
    };
    const { review } = await vi.waitFor(inReview, SOON);
    expect(review).toMatchObject({
      sent: { what: 'Refund $49.00', firstAt: desk.site.now(), attempt: 1 },
      theirs: { kind: 'read', externalId: null, refunds: [] },
    });
    const [stuck] = (await queueOf('lead')).open;
    expect(stuck?.id).toBe(request.id);
    expect(stuck?.stuck).toContain('Held, not failed');
    const form = {
      ...{ operation: review?.operationId ?? '', version: String(review?.version) },
      ...{ reason: 'Looked at the dashboard.' },
    };
    const happened = { ...form, answer: 'happened', externalId: 're_none' };
    const no = await desk.post(request, 'review', happened, 'finance');
    expect([no.status, factsOf<Answered>(no).refused?.says]).toEqual([
      422,
      'Stripe shows no refund re_none.',
    ]);
    expect((await desk.post(request, 'review', happened, 'lead')).status).toBe(403);
    const back = { ...form, answer: 'did_not_happen' };
    await desk.refundInDashboard('ch_11', 4_900);
    const [twin] = desk.refundsOf('ch_11');
    const unlooked = await desk.post(request, 'review', back, 'finance');
    expect(unlooked.status).toBe(422);
    expect(factsOf<Answered>(unlooked).refused?.says).toContain(`Stripe has refund ${twin?.id} of`);
    const looked = { ...back, others: twin?.id ?? '' };
    expect((await desk.post(request, 'review', looked, 'finance')).status).toBe(200);
    const repeated = await desk.post(request, 'review', looked, 'finance');
    expect(factsOf(repeated)).toEqual({ done: { answer: 'did_not_happen', repeated: true } });
    const { line } = await desk.sheet<RequestDetail>(request, 'agent');
    expect(line.state).toBe('sent_back');
  });
});
