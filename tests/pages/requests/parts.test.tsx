import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ChangedBanner } from '#app/pages/requests/decide/changed-banner.tsx';
import { draftOf, readDraft } from '#app/pages/shared/remedies/draft.ts';
import { editFields } from '#app/pages/requests/decide/edit-fields.ts';
import { editFieldsOf } from '#app/pages/requests/decide/write-edit.ts';
import { requestsPath, writeCursor } from '#app/pages/shared/request-paths.ts';
import { queueQuery, closedQuery } from '#app/pages/requests/queue/request-query.ts';
import { GuardsSection } from '#app/pages/shared/guard-list.tsx';
import { EmailSection } from '#app/pages/shared/email-preview.tsx';
import { PeopleSection } from '#app/pages/requests/detail/people-section.tsx';
import { ManualReviewSection } from '#app/pages/requests/detail/manual-review-section.tsx';
import { OperationsSection } from '#app/pages/requests/detail/operations-section.tsx';
import type { Post } from '#app/pages/shared/use-post.ts';
import { differencesSince } from '#app/pages/requests/decide/use-shown-snapshot.ts';
import type { ShownSnapshot } from '#app/pages/requests/decide/use-shown-snapshot.ts';
import { approveDisabledReason } from '#app/pages/requests/decide/approve-labels.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { conflict, forbidden } from '#app/domain/requests/errors.ts';
import type { RefundContent, RequestContent } from '#app/domain/requests/request.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { requestPage, shownStep, weighedPage } from '#tests/factories/request-page.ts';
import { T } from '#tests/factories/records.ts';
import { askCredits } from '#tests/support/remedy-world.ts';

const HOSTILE = '<script>alert(1)</script>';
const nothing = () => undefined;
const notSent = () => false;
const post: Post = {
  ...{ send: notSent, sending: false, refusal: null, trouble: null, fields: {}, forget: nothing },
};
/** Text as people read it. */
const read = (element: Parameters<typeof renderToStaticMarkup>[0]): string =>
  renderToStaticMarkup(element)
    .replace(/<[^>]+>/g, '|')
    .replace(/\|+/g, '|');

describe('what the page knows of a yes that would be refused', () => {
  const amount = { id: 'amount', field: 'amount', holds: false, words: '$29.00 are left.' };
  const page = requestPage();
  const { content } = page;
  if (content.kind !== 'refund') throw new Error('the factory asks for a refund');
  const cases: [
    string,
    RequestDetail,
    string[],
    ReturnType<typeof conflict> | null,
    RegExp | null,
  ][] = [
    ['nothing', page, [], null, null],
    [
      'whoever asked',
      requestPage({ whyNot: { ...page.whyNot, decide: 'You requested this.' } }),
      ['x'],
      null,
      /You requested/,
    ],
    ['a guard', requestPage({ weighed: weighedPage({ guards: [amount] }) }), [], null, /29/],
    [
      'the policy',
      requestPage({ weighed: weighedPage({ verdict: { kind: 'refused', words: 'Too much.' } }) }),
      [],
      null,
      /Too much/,
    ],
    ['something new', page, ['Refunded: $20.00.'], null, /Review the changes/],
    ['a refusal', page, [], conflict('Changed.'), /Review the changes/],
    [
      'credits that were spent',
      requestPage({ content: { ...content, takeBack: 500 } }),
      [],
      null,
      /have been spent/,
    ],
  ];
  test.each(cases)('%s', (_name, shown, differences, refusal, why) => {
    const said = approveDisabledReason(shown, differences, refusal?.refusal ?? null);
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });
});

describe('what is different from what was shown', () => {
  const { content, weighed, line } = requestPage();
  const seen: ShownSnapshot = { hash: line.hash, content, charge: weighed?.seen ?? null };
  const charge = { ...weighedPage().seen, amountRefunded: 2_000 } as ShownSnapshot['charge']; // the factory has one
  test.each<[string, ShownSnapshot, string[]]>([
    ['nothing', seen, []],
    [
      'the charge',
      { ...seen, charge },
      ['Refunded: $20.00 instead of $0.00; $20.00 went back meanwhile.'],
    ],
    ['a charge that cannot be read', { ...seen, charge: null }, []],
    [
      'the amount',
      { ...seen, hash: 'b', content: { ...content, amount: 900 } as RequestContent }, // still a refund
      ['Amount: $9.00 instead of $10.00.'],
    ],
    ['the revision only', { ...seen, hash: 'b' }, ['It was resubmitted.']],
  ])('%s', (_name, now, words) => expect(differencesSince(seen, now)).toEqual(words));

  const Said = (props: Partial<Parameters<typeof ChangedBanner>[0]>) => (
    <ChangedBanner
      {...{ differences: [], refusal: null, trouble: null, onLook: nothing, ...props }}
    />
  );
  test('is told with the refusal, once', () => {
    const words = 'Refunded: $20.00 instead of $0.00.';
    const { refusal } = conflict('Something has changed since.', { differences: [words] });
    const text = read(<Said differences={[words]} refusal={refusal} />);
    expect(text).toContain('Couldn’t be completed. Something has changed since.');
    expect(text.split(words)).toHaveLength(2);
    expect(text).toContain('Got it');
    expect(read(<Said refusal={forbidden('No.').refusal} />)).toContain('Close');
    expect(read(<Said />)).toBe('|');
    expect(read(<Said trouble="The connection broke." />)).toContain('|The connection broke.|');
  });
});

describe('the sheet', () => {
  test('tells guards by sign and word, and a balance below zero', () => {
    const guards = [
      { id: 'dispute', field: 'paymentId', holds: false, words: 'The charge is disputed.' },
      { id: 'captured', field: 'paymentId', holds: true, words: '$49.00 was captured.' },
    ];
    const page = requestPage({
      weighed: weighedPage({ guards, balance: { before: 100, after: -400 } }),
    });
    const text = read(<GuardsSection page={page} />);
    expect(text).toContain('✕|Failed: |The charge is disputed.');
    expect(text).toContain('✓|Passed: |$49.00 was captured.');
    expect(text).toContain('100');
    expect(text).toContain('−400 credits| (−500)| below zero');
  });

  test('says outcome unknown, and never that it failed', () => {
    const text = read(<OperationsSection page={requestPage({ steps: [shownStep()] })} />);
    expect(text).toContain('Refund $10.00: |Outcome unknown');
    expect(text).not.toMatch(/fail/i);
  });

  test('names the days on which the bank shows a refund, and its reference', () => {
    const step = shownStep({
      ...{ state: 'succeeded', says: 'Done', externalId: 're_1', bankReference: '7478…' },
      expected: { from: T, to: T + 7 * 86_400_000 },
    });
    const text = read(<OperationsSection page={requestPage({ steps: [step] })} />);
    expect(text).toContain('between Monday 4 May 2026 and Monday 11 May 2026');
    expect(text).toContain('bank reference |7478…');
  });

  test('says who has decided, what counts no more, and who is waited for', () => {
    const one = {
      id: 'dec_1',
      requestId: 'req_1',
      revision: 1,
      contentHash: 'a',
      deciderId: 'stf_f',
    };
    const own = { onBehalfOf: null, forName: null };
    const given = {
      ...one,
      ...own,
      requestedBy: 'stf_a',
      reason: null,
      at: T,
      name: 'Gray Finance',
    };
    const decisions = [
      { ...given, verdict: 'approve' as const, voidedAt: null },
      {
        ...{ ...given, id: 'dec_3', verdict: 'approve' as const, voidedAt: null },
        ...{ name: 'Avery Agent', onBehalfOf: 'stf_g', forName: 'Faye Finance' },
      },
      { ...given, id: 'dec_2', verdict: 'vouch' as const, voidedAt: T, name: null },
    ];
    const page = requestPage({
      decisions,
      verdict: 'Two people decide.',
      needs: { approvals: 2, word: true },
    });
    const text = read(<PeopleSection page={page} />);
    expect(text).toContain('A lead approves too.');
    expect(text).toContain('When it was requested: Two people decide.');
    expect(text).toContain('Gray Finance approved');
    expect(text).toContain('Avery Agent approved for Faye Finance');
    expect(text).toMatch(/stf_f approved it as lead,[^.]*counts no more/);
    expect(text).toContain('Waiting for finance.');
  });

  test('shows mails with address and text, and one that has not gone out with why', () => {
    const mail = {
      ...{ id: 'mail_1', requestId: 'req_1', operationId: 'op_1', customerId: 'org_1' },
      ...{ kind: 'refund_on_its_way' as const, leftAt: null, heldAt: null, heldReason: null },
      ...{ releasedAt: null, releasedBy: null, closedAt: null, closedReason: null, closedBy: null },
      ...{ address: 'a@b.test', subject: 'On its way', body: HOSTILE, createdAt: T, sentAt: null },
      ...{ attempts: 2, nextTryAt: T, leaseOwner: null, leaseUntil: null, error: 'no route' },
    };
    const markup = renderToStaticMarkup(<EmailSection page={requestPage({ mails: [mail] })} />);
    expect(markup).toContain('not sent yet: no route');
    expect(markup).toContain('a@b.test');
    expect(markup).not.toContain(HOSTILE);
    const held = { ...mail, heldAt: T, heldReason: 'It is late.' };
    expect(read(<EmailSection page={requestPage({ mails: [held] })} />)).toContain('It is late.');
    const closed = { ...held, closedAt: T, closedReason: HOSTILE };
    expect(read(<EmailSection page={requestPage({ mails: [closed] })} />)).toContain(
      'closed without',
    );
    const foretold = { kind: 'nothing' as const, why: 'No e-mail is sent.' };
    expect(read(<EmailSection page={requestPage({ foretold })} />)).toContain(foretold.why);
  });

  test('shows a review with both facts, and the ways out to whoever may take them', () => {
    const refund = {
      ...{ id: 're_9', amount: 1_000, currency: 'usd', status: 'succeeded', createdAt: T },
      mark: 'none' as const,
    };
    const review = {
      ...{ operationId: 'op_1', version: 3, kind: 'stripe_refund' as const },
      sent: {
        ...{ what: 'Refund $10.00', firstAt: T, lastAt: T, key: 'refund:op_1:1', attempt: 1 },
        ...{ outcome: 'No answer came.', error: null, lookedUpAt: null },
      },
      theirs: {
        ...{ kind: 'read' as const, externalId: null, refunds: [refund], toConfirm: [refund] },
      },
    };
    const page = requestPage({ review });
    page.line.state = 'needs_review';
    const seenBy = (role: 'finance' | 'agent') =>
      read(<ManualReviewSection page={{ ...page, role }} post={post} />);
    expect(seenBy('finance')).toContain('Stripe has nothing tagged with this request.');
    expect(seenBy('finance')).toContain('re_9|, $10.00, succeeded, ');
    expect(seenBy('finance')).toContain('made elsewhere, without a tag');
    expect(seenBy('finance')).toContain('It did not happen: return the request');
    expect(seenBy('finance')).toContain('I checked |re_9 of $10.00, made on Monday 4 May');
    expect(seenBy('agent')).toContain('Finance reviews this.');
    expect(seenBy('agent')).not.toContain('What you found');
  });
});

describe('what is changed is sent as the action takes it', () => {
  const { content } = requestPage();
  const sent = (asked: RemedyDraft, typed: object) => {
    const changed = readDraft(asked, { ...draftOf(asked), ...typed }).asked;
    return changed === null ? null : z.object(editFields).parse(editFieldsOf(changed));
  };
  test('untouched, and with each field changed', () => {
    const { kind: _kind, ...refund } = content as RefundContent; // what the factory asks for
    const { amount, ground, creditChoice, reason } = refund;
    expect(sent(content, {})).toEqual({ amount, ground, creditChoice, reason });
    const typed = { amount: '1,049.5', ground: 'other', creditChoice: 'keep', reason: ' So. ' };
    expect(sent(content, typed)).toEqual({ ...typed, amount: 104_950, reason: 'So.' });
  });
  test.each([
    [-300, '250', -250],
    [300, '1,250', 1_250],
    [300, '0', null],
  ])('%i credits become %j', (credits, typed, changed) => {
    expect(sent(askCredits({ credits }), { credits: typed })?.credits ?? null).toBe(changed);
  });
  test('a hold has its reason alone', () => {
    const asked: RemedyDraft = {
      ...{ kind: 'generation_hold', hold: true, customerId: 'org_1', evidence: [], flagId: null },
      reason: 'Abuse.',
    };
    expect(sent(asked, { reason: 'Settled.' })).toEqual({ reason: 'Settled.' });
  });
});

describe('the addresses', () => {
  test('filters keep each other', () => {
    const current = new URLSearchParams('?mine=1&ticket=ZD-1&kind=refund');
    expect(requestsPath(current, { state: 'approved' })).toBe(
      '/requests?kind=refund&state=approved&mine=1',
    );
    expect(requestsPath(current, { mine: null, kind: null })).toBe('/requests');
    expect(queueQuery.safeParse({ state: 'rejected' }).success).toBe(false);
  });
  test('a place comes back as it went, and nothing else is one', () => {
    const place = { changedAt: T, id: 'req_01m81b' };
    expect(closedQuery.parse({ after: writeCursor(place) }).after).toEqual(place);
    for (const after of ['1', '1~', '1e3~req', '1~a b', `${'9'.repeat(17)}~req`])
      expect(closedQuery.safeParse({ after }).success).toBe(false);
  });
});
