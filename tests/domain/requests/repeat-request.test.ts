import { describe, expect, it } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import { matchesDraft } from '#app/domain/remedies/matches-draft.ts';
import { canonicalRequest } from '#app/domain/requests/canonical-content.ts';
import { isAboutSame, repeatOf, describeRepeat } from '#app/domain/requests/repeat-request.ts';
import type { EarlierRequest } from '#app/domain/requests/repeat-request.ts';
import type {
  AdjustmentContent,
  HoldContent,
  RefundContent,
  RequestContent,
} from '#app/domain/requests/request.ts';
const NOW = Date.parse('2026-05-04T09:12:00Z');
const shared = { customerId: 'org_1', reason: 'Twice.', evidence: [], flagId: null };
const refund = (change: Partial<RefundContent> = {}): RefundContent => ({
  ...{ kind: 'refund', ...shared, paymentId: 'ch_1', amount: 1_000, currency: 'usd' },
  ...{ ground: 'duplicate_charge', creditChoice: 'keep', takeBack: 0, ...change },
});
const credits = (change: Partial<AdjustmentContent> = {}): AdjustmentContent => ({
  ...{ kind: 'credit_adjustment', ...shared, credits: 200, cause: 'other' },
  ...{ paymentId: null, generationId: null, ...change },
});
const hold = (on: boolean): HoldContent => ({ kind: 'generation_hold', ...shared, hold: on });
const earlier = (
  content: RequestContent,
  change: Partial<EarlierRequest> = {},
): EarlierRequest => ({
  ...{
    id: 'req_1',
    state: 'succeeded',
    content,
    requestedAt: NOW - 2 * HOUR,
    changedAt: NOW - HOUR,
    ...change,
  },
});

describe('two asks are about the same', () => {
  it.each<[string, RequestContent, RequestContent, boolean]>([
    [
      'on another ground, by another reason',
      refund(),
      refund({ ground: 'other', reason: 'x' }),
      true,
    ],
    ['of one cent more', refund(), refund({ amount: 1_001 }), true],
    ['of half the amount', refund(), refund({ amount: 500 }), true],
    ['of another payment', refund(), refund({ paymentId: 'ch_2' }), false],
    ['of another customer', refund(), refund({ customerId: 'org_2' }), false],
    ['credits for another cause', credits(), credits({ cause: 'missing_credits' }), true],
    ['one credit more', credits(), credits({ credits: 201 }), true],
    ['many credits more', credits(), credits({ credits: 5_000 }), true],
    ['credits taken instead of given', credits(), credits({ credits: -200 }), false],
    ['credits of a generation', credits(), credits({ generationId: 'gen_1' }), false],
    ['credits of a payment', credits(), credits({ paymentId: 'ch_1' }), false],
    [
      'one credit more of a generation, its payment named as well',
      credits({ generationId: 'gen_1' }),
      credits({ generationId: 'gen_1', paymentId: 'ch_1', credits: 201 }),
      true,
    ],
    [
      'credits of two generations of one payment',
      credits({ generationId: 'gen_1', paymentId: 'ch_1' }),
      credits({ generationId: 'gen_2', paymentId: 'ch_1' }),
      false,
    ],
    ['money and credits', refund(), credits({ paymentId: 'ch_1' }), false],
    ['a hold', hold(true), hold(true), true],
    ['a hold and its end', hold(true), hold(false), false],
  ])('%s', (_what, one, other, same) => {
    expect([isAboutSame(one, other), isAboutSame(other, one)]).toEqual([same, same]);
  });
});

describe('an earlier request stands in the way', () => {
  const since = NOW - 24 * HOUR;
  const again = (after: string) => ({ again: { after, because: 'Two of them were broken.' } });
  it.each<[string, RequestContent, EarlierRequest[], string | null]>([
    ['carried out lately', credits(), [earlier(credits())], 'req_1'],
    [
      'open, however old',
      credits(),
      [earlier(credits(), { state: 'sent_back', changedAt: 0 })],
      'req_1',
    ],
    ['sending', credits(), [earlier(credits(), { state: 'sending' })], 'req_1'],
    ['of which nobody knows', credits(), [earlier(credits(), { state: 'needs_review' })], 'req_1'],
    ['not at the end of the window', credits(), [earlier(credits(), { changedAt: since })], null],
    ['at its last moment', credits(), [earlier(credits(), { changedAt: since + 1 })], 'req_1'],
    ['not once it failed', credits(), [earlier(credits(), { state: 'failed' })], null],
    ['nor was rejected', credits(), [earlier(credits(), { state: 'rejected' })], null],
    ['nor taken back', credits(), [earlier(credits(), { state: 'withdrawn' })], null],
    ['not where a reason names it', credits(again('req_1')), [earlier(credits())], null],
    ['where the reason names an older one', credits(again('req_0')), [earlier(credits())], 'req_1'],
    ['a hold', hold(true), [earlier(hold(true))], 'req_1'],
    [
      'not a hold that was let go since',
      hold(true),
      [earlier(hold(false)), earlier(hold(true))],
      null,
    ],
  ])('%s', (_what, content, others, id) => {
    expect(repeatOf(content, others, { since, own: null })?.id ?? null).toBe(id);
  });

  /** The request that is changed, asked for an hour after the earlier one. */
  const changed = (content: RequestContent) => ({
    ...{ id: 'req_2', content, requestedAt: NOW - HOUR },
  });
  const later = earlier(credits(), { id: 'req_3', requestedAt: NOW - 1 });
  it.each<[string, RequestContent, RequestContent, EarlierRequest[], string | null]>([
    ['requested before', credits(), credits({ credits: 90 }), [earlier(credits())], 'req_1'],
    ['not one of later', credits(), credits({ credits: 90 }), [later], null],
    [
      'not where its reason was given',
      credits(again('req_0')),
      credits({ ...again('req_0'), credits: 90 }),
      [earlier(credits())],
      null,
    ],
    [
      'but where it takes the other way now',
      credits({ ...again('req_0'), credits: -90 }),
      credits(again('req_0')),
      [earlier(credits())],
      'req_1',
    ],
  ])('of what is changed: %s', (_what, own, content, others, id) => {
    expect(repeatOf(content, others, { since, own: changed(own) })?.id ?? null).toBe(id);
  });

  it.each<[RequestContent, EarlierRequest, string]>([
    [
      refund(),
      earlier(refund()),
      'The same was requested and completed 1 hour ago: Refund $10.00.',
    ],
    [
      credits(),
      earlier(credits(), { state: 'requested' }),
      'The same was already requested and is waiting for approval: Grant 200 credits.',
    ],
    [
      refund({ amount: 1_001 }),
      earlier(refund()),
      'Another refund of this payment was requested and completed 1 hour ago: Refund $10.00.',
    ],
    [
      credits({ credits: 201 }),
      earlier(credits()),
      'Another grant of credits for this customer was requested and completed 1 hour ago: Grant 200 credits.',
    ],
    [
      credits({ generationId: 'gen_1', credits: -1 }),
      earlier(credits({ generationId: 'gen_1', credits: -2 }), { state: 'sending' }),
      'Another take-back of credits for this generation was already requested and is sending: Take back 2 credits.',
    ],
  ])('and is told as what it is', (content, first, says) => {
    expect(describeRepeat(content, first, NOW)).toBe(says);
  });
});

describe('the hashed text', () => {
  it('of what repeats nothing does not know the word, as before there was one', () => {
    const text = canonicalRequest('req_1', 1, refund());
    expect(text).not.toContain('again');
    expect(canonicalRequest('req_1', 1, { ...refund(), again: undefined })).toBe(text);
  });

  it('holds the reason and what is repeated', () => {
    const because = (words: string, after = 'req_0') =>
      canonicalRequest('req_1', 1, refund({ again: { after, because: words } }));
    expect(because('one')).not.toBe(because('two'));
    expect(because('one')).not.toBe(because('one', 'req_9'));
  });

  it('tells whether a form asks for what it requested before', () => {
    const { takeBack: _worked, ...asked } = refund({ evidence: ['payment:b', 'payment:a'] });
    const stored = refund({ evidence: ['payment:a', 'payment:b'], takeBack: 300 });
    expect(matchesDraft({ ...asked, reason: ' Twice. ' }, stored)).toBe(true);
    expect(matchesDraft({ ...asked, amount: 999 }, stored)).toBe(false);
    expect(matchesDraft(asked, { ...stored, again: { after: 'x', because: 'y' } })).toBe(false);
  });
});
