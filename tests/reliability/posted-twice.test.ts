import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DAY, toIso } from '#app/lib/instant.ts';
import { newFormKey } from '#app/pages/shared/form-key.ts';
import { activeFlagsInWrite } from '#db/queries/flags/flags.ts';
import { findStaffByEmail } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { askingConsole } from '#tests/support/consoles/requesting-console.ts';
import type { AskingConsole } from '#tests/support/consoles/requesting-console.ts';
import { staffOfConsole } from '#tests/support/consoles/staff-of-console.ts';
import type { StaffOfConsole } from '#tests/support/consoles/staff-of-console.ts';
import { figureLine } from '#tests/reliability/scenarios/figure.ts';
import {
  actingPages,
  namesTheFirst,
  refundForm,
  toldOf,
} from '#tests/reliability/scenarios/sent-again.ts';
import type { Case, Form, Opened, Said } from '#tests/reliability/scenarios/sent-again.ts';
import { requestsOfCustomer } from '#tests/support/requests-of-customer.ts';

/* X2: every form that asks or decides, sent again: it has one effect, and each further answer names the first. */

let desk: AskingConsole;
let staff: StaffOfConsole;
beforeAll(async () => {
  desk = await askingConsole();
  const { site, sandbox } = desk;
  staff = await staffOfConsole(site.databaseUrl, sandbox.stripe.url, site.now);
}, 60_000);
afterAll(async () => {
  await staff?.close();
  await desk?.close();
});

const SOON = { timeout: 20_000, interval: 50 };
const cookies = new Map<string, Promise<string>>();
const post = async (path: string, form: Form, name: string): Promise<Said> => {
  const cookie = cookies.get(name) ?? desk.site.signIn(`${name}@demo.test`);
  cookies.set(name, cookie);
  const answer = await desk.site.post(path, form, { Cookie: await cookie });
  // Each of these addresses answers in this form.
  return { ...(JSON.parse(answer.text) as object), status: answer.status };
};
const read = () => staff.store.read;
const requestOf = async (nth: number) => {
  const [latest] = await requestsOfCustomer(read(), `org_${nth}`);
  if (latest === undefined) throw new Error(`org_${nth} has no request`);
  return latest;
};
const isDone = (nth: number) => () =>
  vi.waitFor(async () => expect((await requestOf(nth)).state).toBe('succeeded'), SOON);
const idOf = async (name: string): Promise<string> =>
  (await findStaffByEmail(read(), `${name}@demo.test`))?.id ?? '';
const inDays = (days: number): string => toIso(desk.site.now() + days * DAY);

/** A refund that an agent has asked for. */
const refundOf = async (nth: number) => {
  const said = await post(`/customers/org_${nth}/remedies`, refundForm(nth), 'agent');
  expect(said).toMatchObject({ status: 200, asked: { repeated: false } });
  return requestOf(nth);
};
const decisionOn = async (nth: number, verdict: string): Promise<Opened> => {
  const { id, contentHash: hash } = await refundOf(nth);
  return {
    ...{ name: 'finance', path: `/requests/${id}/decision` },
    form: { verdict, hash, reason: verdict === 'approve' ? '' : 'Not like this.' },
    ...(verdict === 'approve' ? { carriedOut: isDone(nth) } : {}),
  };
};
/** The lead decides about a flag of the nth customer. */
const flagOf = async (nth: number) => {
  const flags = () => staff.store.write((tx) => activeFlagsInWrite(tx, [`org_${nth}`]));
  const open = await vi.waitFor(async () => {
    const found = (await flags()).find(({ state }) => state === 'open');
    if (found === undefined) throw new Error('not swept yet');
    return found;
  }, SOON);
  return { ...open, version: String(open.version) };
};
const flagDecision = async (nth: number, form: Form): Promise<Opened> => {
  const { id, version } = await flagOf(nth);
  return { name: 'lead', path: `/flags/${id}`, form: { ...form, version } };
};
const LOAN = { endsAt: '', reason: 'On leave next week.' };

const CASES: readonly Case[] = [
  {
    ...{ what: 'credits that an agent gives alone', file: 'remedies/create-request.action.ts' },
    effect: 'request.asked',
    open: async () => {
      const form = {
        ...{ kind: 'credit_adjustment', credits: '200', cause: 'other', flagId: '' },
        ...{ paymentId: '', generationId: '', reason: 'Their images were lost.' },
      };
      return {
        ...{ name: 'agent', path: '/customers/org_1/remedies', carriedOut: isDone(1) },
        ...{ form: { ...form, key: newFormKey() }, anew: { ...form, key: newFormKey() } },
      };
    },
  },
  {
    ...{ what: 'a refund that is requested', file: 'remedies/create-request.action.ts' },
    effect: 'request.asked',
    open: async () => ({
      ...{ name: 'agent2', path: '/customers/org_2/remedies' },
      ...{ form: refundForm(2), anew: refundForm(2) },
    }),
  },
  {
    ...{
      what: 'an approval',
      file: 'requests/decide/decision.action.ts',
      effect: 'request.approved',
    },
    open: () => decisionOn(3, 'approve'),
  },
  {
    ...{
      what: 'a rejection',
      file: 'requests/decide/decision.action.ts',
      effect: 'request.rejected',
    },
    open: () => decisionOn(4, 'reject'),
  },
  {
    ...{
      what: 'a sending back',
      file: 'requests/decide/decision.action.ts',
      effect: 'request.sent_back',
    },
    open: () => decisionOn(5, 'send_back'),
  },
  {
    ...{ what: 'a change', file: 'requests/decide/edit.action.ts', effect: 'request.edited' },
    open: async () => {
      const { id, version } = await refundOf(6);
      const form = { amount: '900', reason: 'Only a part.', version: String(version) };
      return { name: 'agent2', path: `/requests/${id}/edit`, form };
    },
  },
  {
    ...{
      what: 'a withdrawal',
      file: 'requests/decide/withdraw.action.ts',
      effect: 'request.withdrawn',
    },
    open: async () => {
      const { id } = await refundOf(7);
      return { name: 'agent', path: `/requests/${id}/withdraw`, form: { reason: 'A mistake.' } };
    },
  },
  {
    ...{ what: 'the answer of a review', file: 'requests/decide/manual-review.action.ts' },
    effect: 'request.sent_back',
    open: async () => {
      const charge = 'ch_8_twin';
      desk.sandbox.stripe.server.script.add({ fault: 'approval_required', charge });
      const { form, path, name } = await decisionOn(8, 'approve');
      expect((await post(path, form, name)).status).toBe(200);
      const { id } = await requestOf(8);
      const facts = async () => {
        const route = 'pages%2Frequests%2Fdetail%2Frequest.page';
        const answer = await desk.site.ask(`/requests/${id}?_data=${route}`, {
          headers: { Cookie: (await cookies.get(name)) ?? '' },
        });
        // What the page itself is made of.
        const { review } = JSON.parse(answer.text) as {
          review: { operationId: string; version: number } | null;
        };
        if (review === null) throw new Error('not in review yet');
        return review;
      };
      const { operationId, version } = await vi.waitFor(facts, SOON);
      const answered = { answer: 'did_not_happen', externalId: '', reason: 'It is not there.' };
      return {
        ...{ name: 'finance', path: `/requests/${id}/review` },
        form: { ...answered, operation: operationId, version: String(version) },
      };
    },
  },
  {
    ...{ what: 'the dismissal of a flag', file: 'flags/flag.action.ts', effect: 'flag.dismissed' },
    open: () => flagDecision(9, { intent: 'dismiss', reason: 'The customer wanted both' }),
  },
  {
    ...{ what: 'the snoozing of a flag', file: 'flags/flag.action.ts', effect: 'flag.snoozed' },
    open: () =>
      flagDecision(10, { intent: 'snooze', reason: 'Their bank decides', until: inDays(3) }),
  },
  {
    ...{ what: 'the giving of a flag', file: 'flags/flag.action.ts', effect: 'flag.assigned' },
    open: async () => flagDecision(11, { intent: 'assign', assignee: await idOf('agent') }),
  },
  {
    ...{ what: 'a decision about several flags', file: 'flags/bulk.action.ts' },
    effect: 'flag.dismissed',
    open: async () => {
      const { id, version } = await flagOf(12);
      const form = { intent: 'dismiss', reason: 'Known cause', flag: `${id} ${version}` };
      return { name: 'lead', path: '/flags/bulk', form };
    },
  },
  {
    ...{
      what: 'a right that is lent',
      file: 'approvers/delegate.action.ts',
      effect: 'delegation.begun',
    },
    open: async () => {
      const form = { ...LOAN, delegateId: await idOf('agent2'), endsAt: inDays(7) };
      return {
        ...{ name: 'lead', path: '/requests/people/lend' },
        ...{ form: { ...form, key: newFormKey() }, anew: { ...form, key: newFormKey() } },
      };
    },
  },
  {
    ...{ what: 'its end', file: 'approvers/end-delegation.action.ts', effect: 'delegation.ended' },
    open: async () => {
      const form = { ...LOAN, delegateId: await idOf('agent'), endsAt: inDays(9) };
      const lent = await post('/requests/people/lend', { ...form, key: newFormKey() }, 'lead');
      // What lending answers with.
      const { id } = lent.done as { id: string };
      return { name: 'agent', path: '/requests/people/end-loan', form: { loan: id } };
    },
  },
  {
    ...{ what: 'leave', file: 'approvers/out-of-office.action.ts', effect: 'staff.away' },
    open: async () => ({
      ...{ name: 'finance', path: '/requests/people/leave', form: { until: inDays(4) } },
    }),
  },
  {
    ...{ what: 'the breaking of the glass', file: 'requests/decide/break-glass.action.ts' },
    effect: 'request.glass_broken',
    open: async () => {
      const { id, contentHash: hash } = await refundOf(12);
      await post('/requests/people/leave', { until: inDays(4) }, 'finance');
      await post('/requests/people/leave', { until: inDays(4) }, 'finance2');
      const form = { hash, reason: 'The customer’s bank closes the account today.' };
      return { name: 'lead', path: `/requests/${id}/glass`, form };
    },
  },
  {
    ...{ what: 'a comparison with Stripe', file: 'reconciliation/reconcile.action.ts' },
    effect: 'drift.check_asked',
    open: async () => ({
      ...{ name: 'lead', path: '/requests/drift/compare', form: { key: newFormKey() } },
      anew: null,
    }),
  },
];

const effects = async (kind: string): Promise<number> =>
  (await read().select().from(auditEvent)).filter((row) => row.kind === kind).length;

let posts = 0;
const violations: string[] = [];

describe('sent again, a form has one effect, and is answered with the first:', () => {
  it.each(CASES.map((one) => [one.what, one] as const))('%s', async (what, { effect, open }) => {
    const { name, path, form, anew = form, carriedOut } = await open();
    const before = await effects(effect);
    const again = async (how: string, sent = form): Promise<void> => {
      posts += 1;
      const said = await post(path, sent, name);
      if (!namesTheFirst(said)) violations.push(`${what}, ${how}: ${JSON.stringify(said)}`);
    };
    const atOnce = await Promise.all([post(path, form, name), post(path, form, name)]);
    posts += 2;
    const first = atOnce.filter((said) => said.status === 200 && toldOf(said)?.repeated !== true);
    expect(first, JSON.stringify(atOnce)).toHaveLength(1);
    await again('the same form');
    if (anew !== null) await again('in a second tab', anew);
    await carriedOut?.();
    await again('after it was carried out');
    if (anew !== null) await again('in a second tab, after it was carried out', anew);
    expect(violations).toEqual([]);
    expect(await effects(effect)).toBe(before + 1);
  });

  it('and these are all the forms that there are', () => {
    const name = 'X2 every form that asks or decides, sent twice';
    console.log(figureLine({ name, runs: posts, faults: 0, violations, seed: null }));
    // They look, or they are about one's own session: nothing is asked or decided by them.
    const others = [
      ...['remedies/preview.resource.ts', 'requests/decide/edit-preview.resource.ts'],
      ...['search/search.page.tsx', 'search/suggestions.resource.ts', 'shell/theme.action.ts'],
      ...['sign-in/sign-in.page.tsx', 'sign-in/sign-in-again.action.ts'],
      ...['sign-in/sign-out.action.ts', 'not-found/not-found.page.tsx'],
    ];
    // A letter and a restore wait once: their second answer is a conflict, as held-letters.test.ts and
    // restored-database.test.ts show.
    const elsewhere = ['requests/decide/held-mail.action.ts', 'restored/confirm.action.ts'];
    const known = new Set([...CASES.map(({ file }) => file), ...others, ...elsewhere]);
    expect(actingPages()).toEqual([...known].toSorted());
  });
});
