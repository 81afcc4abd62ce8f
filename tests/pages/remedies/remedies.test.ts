import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toFormFields } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { request as requestTable } from '#db/schema/requests.ts';
import { askingConsole } from '#tests/support/consoles/requesting-console.ts';
import type { AskingConsole, Said } from '#tests/support/consoles/requesting-console.ts';
import { askCredits, askRefund } from '#tests/support/remedy-world.ts';

const SOON = { timeout: 20_000, interval: 50 };
let desk: AskingConsole;
beforeAll(async () => {
  desk = await askingConsole();
}, 60_000);
afterAll(() => desk?.close());

type Change<K extends RemedyDraft['kind']> = Partial<Extract<RemedyDraft, { kind: K }>>;
/** $49.00 of the nth customer's second charge. */
const refundOf = (nth: number, change: Change<'refund'> = {}): RemedyDraft =>
  askRefund({
    ...{ customerId: `org_${nth}`, paymentId: `ch_${nth}_twin`, amount: 4_900 },
    evidence: [`payment:ch_${nth}`, `payment:ch_${nth}_twin`],
    ...change,
  });
const creditsOf = (nth: number, change: Change<'credit_adjustment'> = {}): RemedyDraft =>
  askCredits({
    ...{ customerId: `org_${nth}`, paymentId: null, generationId: `gen_${nth}`, credits: 24 },
    ...{ cause: 'failed_generation', evidence: [`generation:gen_${nth}`] },
    ...change,
  });
const holdOf = (nth: number, hold: boolean): RemedyDraft => ({
  ...{ kind: 'generation_hold', hold, customerId: `org_${nth}`, flagId: null, evidence: [] },
  reason: 'Until the balance has been put right.',
});
const asksOf = async (nth: number) =>
  (await desk.site.store.read.select().from(requestTable)).filter(
    ({ customerId }) => customerId === `org_${nth}`,
  );
const auditOf = async (nth: number, kind: string) =>
  (await desk.site.store.read.select().from(auditEvent)).filter(
    (row) => row.customerId === `org_${nth}` && row.kind === kind,
  );

describe('a preview', () => {
  it('says what asking would do, with the mail that would follow, and writes nothing', async () => {
    const { status, preview } = await desk.preview(1, refundOf(1));
    expect(status).toBe(200);
    expect(preview).toMatchObject({
      refusal: null,
      takeBack: 0,
      weighed: {
        verdict: { kind: 'allowed', approvals: 1, words: 'Finance approves.' },
        needsWord: false,
        balance: { before: 4_976, after: 4_976 },
      },
      foretold: { kind: 'letter', address: 'billing@studio-1.example' },
    });
    expect(preview?.weighed?.guards.every(({ holds }) => holds)).toBe(true);
    expect(preview?.foretold).toMatchObject({ body: expect.stringContaining('$49.00') });
    expect(await asksOf(1)).toEqual([]);
  });

  it('counts as one view of the customer, however often a field is changed', async () => {
    for (const amount of [100, 200, 300]) await desk.preview(2, refundOf(2, { amount }), 'lead');
    expect(await auditOf(2, 'customer.viewed')).toHaveLength(1);
  });

  it('names what stands in the way by the field that it is about', async () => {
    const { status, preview } = await desk.preview(1, refundOf(1, { amount: 4_901 }));
    expect(status).toBe(200);
    expect(preview?.refusal).toMatchObject({
      fields: { amount: expect.stringContaining('$49.00') },
    });
    const taken = await desk.preview(1, creditsOf(1, { credits: -4_977, cause: 'other' }));
    expect(taken.preview?.refusal).toMatchObject({
      fields: { credits: expect.stringContaining('would fall') },
    });
    expect(taken.preview?.weighed?.balance).toEqual({ before: 4_976, after: -1 });
  });

  it('takes back what the payment brought, and says when a lead’s word is needed', async () => {
    const about = { paymentId: 'ch_1', ground: 'other' } as const;
    const all = refundOf(1, { ...about, creditChoice: 'take_back_all' });
    const { preview } = await desk.preview(1, all);
    expect(preview).toMatchObject({
      ...{ takeBack: 5_000, weighed: { needsWord: true, balance: { after: -24 } } },
    });
    const unspent = refundOf(1, { ...about, creditChoice: 'take_back_unspent' });
    const lead = await desk.preview(1, unspent, 'lead');
    expect(lead.preview).toMatchObject({
      ...{ takeBack: 4_976, weighed: { needsWord: false, balance: { after: 0 } } },
    });
  });
});

describe('asking', () => {
  it('makes the request, shows it to everybody on the page, and lets its asker take it back', async () => {
    const { status, asked } = await desk.ask(3, refundOf(3));
    expect(status).toBe(200);
    expect(asked).toMatchObject({ state: 'requested', verdict: 'Finance approves.' });
    for (const name of ['agent2', 'auditor']) {
      const { requests } = await desk.page(3, name);
      expect(requests.open).toMatchObject([
        { id: asked?.requestId, waitsFor: 'Waiting for finance', state: 'requested' },
      ]);
      expect(requests.settled).toEqual([]);
      expect(requests.open[0]?.whyNotWithdraw).toMatch(/Only the requester/);
    }
    expect((await desk.page(3, 'agent')).requests.open[0]?.whyNotWithdraw).toBeNull();
    expect(await auditOf(3, 'request.asked')).toHaveLength(1);
    const id = asked?.requestId ?? '';
    expect((await desk.withdraw(id, 'Not mine.', 'agent2')).status).toBe(403);
    expect((await desk.withdraw(id, 'Asked too soon.', 'agent')).status).toBe(200);
    const { requests } = await desk.page(3, 'auditor');
    expect(requests.open).toEqual([]);
    expect(requests.settled).toMatchObject([{ id, stateReason: 'Asked too soon.' }]);
    expect((await desk.ask(3, refundOf(3), 'agent2')).status).toBe(200);
  });

  it('of credits up to the limit is done alone, and the page says so', async () => {
    const { asked } = await desk.ask(4, creditsOf(4));
    expect(asked?.state).toBe('approved');
    await vi.waitFor(async () => {
      const { requests } = await desk.page(4);
      expect(requests.open).toEqual([]);
      expect(requests.settled).toMatchObject([{ id: asked?.requestId, state: 'succeeded' }]);
    }, SOON);
    const [row] = await asksOf(4);
    expect(row).toMatchObject({ credits: 24, neededApprovals: 0 });
  });

  it('fifty times at once makes one request, and names it to the other forty-nine', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        desk.ask(5, refundOf(5), i % 2 === 0 ? 'agent' : 'agent2'),
      ),
    );
    const made = answers.flatMap(({ asked }) => (asked === undefined ? [] : [asked.requestId]));
    expect(made).toHaveLength(1);
    const others = answers.filter(({ asked }) => asked === undefined);
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([409]));
    expect(new Set(others.map(({ refused }) => refused?.otherId))).toEqual(new Set(made));
    expect(await asksOf(5)).toHaveLength(1);
    expect(await auditOf(5, 'request.asked')).toHaveLength(1);
  });

  it('again for credits that are on their way is refused with the request that stands for them', async () => {
    const one = await desk.ask(6, creditsOf(6, { credits: 24 }));
    const two = await desk.ask(6, creditsOf(6, { credits: 12 }), 'agent2');
    expect(two).toMatchObject({ status: 409, refused: { otherId: one.asked?.requestId } });
    const { preview } = await desk.preview(6, creditsOf(6), 'lead');
    expect(preview?.refusal).toMatchObject({ refused: 'conflict', otherId: one.asked?.requestId });
  });

  it('sets a hold and lets go of it, each once', async () => {
    const held = async () => (await desk.page(7)).customer.generationHold;
    expect((await desk.ask(7, holdOf(7, false))).refused?.fields).toHaveProperty('hold');
    expect((await desk.ask(7, holdOf(7, true))).asked?.state).toBe('approved');
    await vi.waitFor(async () => expect(await held()).toBe(true), SOON);
    const again = await desk.ask(7, holdOf(7, true));
    expect(again).toMatchObject({ status: 409, refused: { otherId: expect.any(String) } });
    expect(again.refused).not.toHaveProperty('mayRepeat');
    expect((await desk.ask(7, holdOf(7, false), 'agent2')).asked?.state).toBe('approved');
    await vi.waitFor(async () => expect(await held()).toBe(false), SOON);
    expect(await asksOf(7)).toHaveLength(2);
  });
});

describe('is not requested', () => {
  const text = (change: Record<string, string | null>, nth = 8): string => {
    const form = new URLSearchParams(toFormFields(refundOf(nth)));
    for (const [name, value] of Object.entries(change)) {
      if (value === null) form.delete(name);
      else form.set(name, value);
    }
    return form.toString();
  };
  const fieldsOf = ({ refused, fields }: Said) => Object.keys(refused?.fields ?? fields ?? {});

  it.each<[string, Record<string, string | null>, string]>([
    ['an amount with a point', { amount: '49.00' }, 'amount'],
    ['an amount with an exponent', { amount: '1e3' }, 'amount'],
    ['an amount below 0', { amount: '-1' }, 'amount'],
    ['no amount', { amount: '' }, 'amount'],
    ['more than was captured', { amount: '4901' }, 'amount'],
    ['another currency', { currency: 'eur' }, 'currency'],
    ['an unknown ground', { ground: 'kindness' }, 'ground'],
    ['an unknown choice', { creditChoice: 'double' }, 'creditChoice'],
    ['no reason', { reason: '  ' }, 'reason'],
    ['a reason that is too long', { reason: 'x'.repeat(501) }, 'reason'],
    ['no proof', { evidence: null }, 'evidence'],
    ['proof that is no record', { evidence: 'see above' }, 'evidence'],
    ['a flag of somebody else', { flagId: 'flg_none' }, 'flagId'],
    ['somebody else’s payment', { paymentId: 'ch_9' }, 'paymentId'],
    ['a payment that is none', { paymentId: 'ch_none' }, 'paymentId'],
    ['an unknown kind', { kind: 'gift' }, 'kind'],
    ['no kind', { kind: null }, 'kind'],
    ['credits with a refund', { credits: '5' }, 'form'],
    ['another customer by a field', { customerId: 'org_9' }, 'form'],
    ['a verdict of one’s own', { neededApprovals: '0' }, 'form'],
  ])('%s', async (_what, change, field) => {
    const said = await desk.sendForm(8, text(change), 'agent2');
    expect([said.status, fieldsOf(said)]).toEqual([422, [field]]);
    expect(await asksOf(8)).toEqual([]);
  });

  it('somebody else’s generation, nor credits as anything but whole ones', async () => {
    const foreign = await desk.ask(8, creditsOf(8, { generationId: 'gen_9' }));
    expect(foreign).toMatchObject({
      ...{ status: 422, refused: { fields: { generationId: expect.any(String) } } },
    });
    for (const credits of ['0', '1.5', '+3', '1e2', '٣']) {
      const form = new URLSearchParams(toFormFields(creditsOf(8)));
      form.set('credits', credits);
      expect(fieldsOf(await desk.sendForm(8, form.toString(), 'lead'))).toEqual(['credits']);
    }
    expect(await asksOf(8)).toEqual([]);
  });

  it('take-backs by hand, which belong to their refund', async () => {
    const cause = { credits: -5, cause: 'refund_take_back' } as const;
    expect(fieldsOf(await desk.ask(8, creditsOf(8, cause)))).toEqual(['cause']);
  });

  it.each(['admin', 'auditor'])('anything by %s, nor previewed', async (name) => {
    expect((await desk.ask(8, refundOf(8), name)).status).toBe(403);
    expect((await desk.preview(8, refundOf(8), name)).status).toBe(403);
    expect(await asksOf(8)).toEqual([]);
  });

  it('for a customer that nobody knows', async () => {
    expect((await desk.ask(99, refundOf(99))).status).toBe(404);
    expect((await desk.preview(99, refundOf(99))).status).toBe(404);
  });

  it('while Stripe can’t be reached: said with 503, and as before once it can', async () => {
    desk.sandbox.stripe.server.script.add({
      fault: 'html_502',
      method: 'GET',
      path: '/v1/charges/ch_9_twin',
      times: 20,
    });
    const said = await desk.ask(9, refundOf(9));
    expect(said).toMatchObject({ status: 503, refused: { refused: 'unavailable' } });
    const { preview } = await desk.preview(9, refundOf(9));
    expect(preview?.refusal).toMatchObject({ refused: 'unavailable' });
    expect(await asksOf(9)).toEqual([]);
    desk.sandbox.stripe.server.script.clear();
    expect((await desk.ask(9, refundOf(9))).asked?.state).toBe('requested');
  });
});
