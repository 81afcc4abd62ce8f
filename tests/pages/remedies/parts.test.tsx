import fc from 'fast-check';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { StaticRouter } from 'react-router-dom/server.js';
import { describe, expect, test } from 'vitest';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { RequestBanners } from '#app/pages/customer/request-banners.tsx';
import { draftOf, readDraft } from '#app/pages/shared/remedies/draft.ts';
import { RemedyPreview } from '#app/pages/shared/remedies/remedy-preview.tsx';
import type { Preview } from '#app/pages/shared/remedies/use-preview.ts';
import type { CustomerRequest } from '#app/services/requests/views/load-customer-requests.ts';
import type { ActorPreview } from '#app/services/requests/lifecycle/preview-request.ts';
import { askCredits, askRefund } from '#tests/support/remedy-world.ts';

const NOW = Date.UTC(2026, 4, 7, 12);
const HOSTILE = `</p><script>alert('1')</script>&amp;`;

const markupOf = (element: ReactElement): string =>
  renderToStaticMarkup(<StaticRouter location="/">{element}</StaticRouter>);
const textOf = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('what is typed', () => {
  const refund = askRefund({ amount: 4_900 });
  const typed = (asked: RemedyDraft, change: object) =>
    readDraft(asked, { ...draftOf(asked), ...change });

  test('into nothing asks for what was proposed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999_999 }),
        fc.constantFrom('usd', 'jpy', 'kwd', 'eur'),
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.boolean(),
        (amount, currency, credits, takes) => {
          for (const asked of [
            askRefund({ amount, currency }),
            askCredits({ credits: takes ? -credits : credits }),
          ]) {
            expect(readDraft(asked, draftOf(asked)).asked).toEqual(asked);
          }
        },
      ),
    );
  });

  test.each([
    ['usd', '49', 4_900],
    ['usd', '49.5', 4_950],
    ['usd', ' 1,234.50 ', 123_450],
    ['usd', '0.01', 1],
    ['jpy', '4900', 4_900],
    ['kwd', '4.9', 4_900],
  ])('in %s %j is %i of the smallest unit', (currency, amount, minor) => {
    const read = typed(askRefund({ currency }), { amount });
    expect(read.asked).toMatchObject({ amount: minor, currency });
  });

  test.each([
    ['usd', ''],
    ['usd', '0'],
    ['usd', '0.00'],
    ['usd', '-5'],
    ['usd', '49,00'],
    ['usd', '49.001'],
    ['usd', '1e3'],
    ['usd', '$49'],
    ['usd', '٤٩'],
    ['usd', '99999999999999999'],
    ['jpy', '49.00'],
  ])('in %s %j is no amount, and nothing is previewed', (currency, amount) => {
    const read = typed(askRefund({ currency }), { amount });
    expect([read.asked, read.toPreview]).toEqual([null, null]);
    expect(Object.keys(read.faults)).toEqual(['amount']);
  });

  test.each(['', '0', '1.5', '-3', '1e3', '99999999999999999999'])(
    '%j are no credits',
    (credits) => {
      const read = typed(askCredits(), { credits });
      expect([read.asked, read.toPreview]).toEqual([null, null]);
      expect(Object.keys(read.faults)).toEqual(['credits']);
    },
  );

  test('takes keep the sign of what was proposed', () => {
    expect(typed(askCredits({ credits: -300 }), { credits: '20' }).asked).toMatchObject({
      credits: -20,
    });
  });

  test('without a reason nothing is requested, and all the same it is previewed', () => {
    const read = typed(refund, { reason: ' \n' });
    expect(read).toMatchObject({ asked: null, faults: { reason: 'Add a short reason.' } });
    expect(read.toPreview).toMatchObject({ amount: 4_900 });
    const long = typed(refund, { reason: 'x'.repeat(501) });
    expect(long).toMatchObject({ asked: null, faults: { reason: expect.stringContaining('500') } });
  });
});

describe('what will happen', () => {
  const weighed: NonNullable<ActorPreview['weighed']> = {
    guards: [
      { id: 'captured', field: 'paymentId', holds: true, words: 'It was captured.' },
      { id: 'amount', field: 'amount', holds: false, words: 'No more than $9.00 is left.' },
    ],
    verdict: { kind: 'allowed', approvals: 1, decidedBy: null, words: 'One person decides.' },
    needsWord: true,
    seen: null,
    balance: { before: 100, after: -20 },
  };
  const previewed = (shown: Partial<ActorPreview>, change: Partial<Preview> = {}): Preview => ({
    form: 'kind=refund',
    shown: { weighed, takeBack: 120, refusal: null, foretold: null, ...shown },
    refusal: null,
    trouble: null,
    ...change,
  });
  const shown = (preview: Preview | null, kind: RemedyDraft['kind'] = 'refund'): string =>
    markupOf(<RemedyPreview kind={kind} preview={preview} behind={false} />);

  test('is said in words, with a mark and a word for what does not hold', () => {
    const text = textOf(shown(previewed({})));
    expect(text).toContain('One person decides. A lead approves too.');
    expect(text).toContain('✓ Passed: It was captured.');
    expect(text).toContain('✕ Failed: No more than $9.00 is left.');
    expect(text).toContain('100 → becomes −20 credits (−120) below zero');
    expect(text).toContain('120 credits are taken back.');
  });

  test('says nothing of the balance where generations are held', () => {
    expect(shown(previewed({}), 'generation_hold')).not.toContain('below zero');
  });

  test('has the customer’s mail as text, or why there is none', () => {
    const letter = { subject: HOSTILE, body: HOSTILE, address: 'a@b.example' };
    const mailed = shown(
      previewed({ foretold: { kind: 'letter', preview: 'A preview.', ...letter } }),
    );
    expect(mailed).not.toContain('<script');
    expect(textOf(mailed)).toContain('a@b.example');
    const none = shown(previewed({ foretold: { kind: 'nothing', why: 'No address.' } }));
    expect(textOf(none)).toContain('Customer: No address.');
  });

  test('leads to the request that stands in the way', () => {
    const says = 'This has been requested already.';
    const refusal = { refused: 'conflict' as const, says, otherId: 'req_/1', differences: [] };
    const markup = shown(previewed({}, { refusal }));
    expect(markup).toContain('href="/requests/req_%2F1"');
    expect(textOf(markup)).toContain(says);
  });

  test('says what went wrong, and that it looks', () => {
    expect(textOf(shown(null))).toBe('Checking…');
    expect(textOf(shown(previewed({}, { shown: null, trouble: 'No connection.' })))).toBe(
      'No connection.',
    );
    expect(markupOf(<RemedyPreview kind="refund" preview={null} behind />)).toContain('aria-busy');
  });
});

describe('requests on the customer page', () => {
  const request = (change: Partial<CustomerRequest> = {}): CustomerRequest => ({
    ...{ id: 'req_1', kind: 'refund', state: 'requested', version: 1, hash: 'a' },
    ...{ customerId: 'org_1', title: 'Refund $49.00', ground: 'Duplicate charge' },
    ...{ amount: 4_900, currency: 'usd', credits: null, paymentId: 'ch_1', flagId: null },
    ...{ requestedAt: NOW, expiresAt: NOW, changedAt: NOW, requestedBy: HOSTILE, ticket: null },
    ...{ waitsFor: 'Waiting for finance', stateReason: null, mails: [], halfDone: null },
    whyNotWithdraw: null,
    ...change,
  });
  const banners = (open: CustomerRequest[], settled: CustomerRequest[] = []): string =>
    markupOf(<RequestBanners requests={{ open, settled }} now={NOW} />);

  test('are nothing where nothing was requested', () => {
    expect(banners([])).toBe('');
  });

  test('say what is open, what it waits for, and who asked', () => {
    const markup = banners([request()]);
    expect(textOf(markup)).toContain('Refund $49.00 Waiting for finance requested by');
    expect(markup).toContain('href="/requests/req_1"');
    expect(markup).not.toContain('<script');
    expect(markup).not.toContain('<details');
    expect(textOf(markup)).toContain('Withdraw…');
    expect(textOf(banners([request({ whyNotWithdraw: 'Not yours.' })]))).not.toContain('Withdraw');
  });

  test('keep settled ones behind one line that names the latest, with reasons and mails', () => {
    const mail = {
      ...{ id: 'mail_1', kind: 'refund_on_its_way' as const, address: 'a@b.example' },
      ...{ subject: 'Your refund', body: HOSTILE, error: null },
      ...{ heldAt: null, heldReason: null, closedAt: null, closedReason: null },
    };
    const settled = [
      request({ id: 'req_2', state: 'rejected', stateReason: HOSTILE }),
      request({
        ...{ id: 'req_3', state: 'succeeded', title: 'Refund $9.00' },
        mails: [{ ...mail, sentAt: NOW }],
      }),
      request({ id: 'req_4', state: 'succeeded', mails: [{ ...mail, sentAt: null }] }),
    ];
    const markup = banners([], settled);
    const [summary = ''] = /<summary.*?<\/summary>/.exec(markup) ?? [];
    expect(textOf(summary)).toBe('3 requests closed in the last 30 days: Refund $49.00, rejected');
    expect(markup).not.toContain('<script');
    expect(textOf(markup)).toMatch(/Your refund to a@b\.example , sent .* UTC Text of the e-mail/);
    expect(textOf(markup)).toContain('to a@b.example , not sent yet');
    expect(banners([], [request({ state: 'failed' })])).toContain('1 request closed');
  });
});
