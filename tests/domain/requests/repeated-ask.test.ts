import { describe, expect, it } from 'vitest';
import { HOUR } from '#app/domain/instant.ts';
import { isWhatWasAsked, canonicalRequest } from '#app/domain/requests/canonical.ts';
import { isSameAsk, repeatOf, sayRepeat } from '#app/domain/requests/repeated-ask.ts';
import type { EarlierAsk } from '#app/domain/requests/repeated-ask.ts';
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
const earlier = (content: RequestContent, change: Partial<EarlierAsk> = {}): EarlierAsk => ({
  ...{ id: 'req_1', state: 'succeeded', content, changedAt: NOW - HOUR, ...change },
});

describe('two asks are the same', () => {
  it.each<[string, RequestContent, RequestContent, boolean]>([
    [
      'on another ground, by another reason',
      refund(),
      refund({ ground: 'other', reason: 'x' }),
      true,
    ],
    ['of another amount', refund(), refund({ amount: 1_001 }), false],
    ['of another payment', refund(), refund({ paymentId: 'ch_2' }), false],
    ['in another currency', refund(), refund({ currency: 'eur' }), false],
    ['of another customer', refund(), refund({ customerId: 'org_2' }), false],
    ['credits for another cause', credits(), credits({ cause: 'missing_credits' }), true],
    ['credits taken instead of given', credits(), credits({ credits: -200 }), false],
    ['credits of a generation', credits(), credits({ generationId: 'gen_1' }), false],
    ['money and credits', refund(), credits({ paymentId: 'ch_1' }), false],
    ['a hold', hold(true), hold(true), true],
    ['a hold and its end', hold(true), hold(false), false],
  ])('%s', (_what, one, other, same) => {
    expect([isSameAsk(one, other), isSameAsk(other, one)]).toEqual([same, same]);
  });
});

describe('an earlier request stands in the way', () => {
  const since = NOW - 24 * HOUR;
  const again = (after: string) => ({ again: { after, because: 'Two of them were broken.' } });
  it.each<[string, RequestContent, EarlierAsk[], string | null]>([
    ['carried out lately', credits(), [earlier(credits())], 'req_1'],
    [
      'open, however old',
      credits(),
      [earlier(credits(), { state: 'sent_back', changedAt: 0 })],
      'req_1',
    ],
    ['being sent', credits(), [earlier(credits(), { state: 'sending' })], 'req_1'],
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
    expect(repeatOf(content, others, since)?.id ?? null).toBe(id);
  });

  it('and is told as what it is', () => {
    expect(sayRepeat(earlier(refund()), NOW)).toBe(
      'The same was asked for and carried out 1 hour ago: Refund $10.00.',
    );
    expect(sayRepeat(earlier(credits(), { state: 'requested' }), NOW)).toBe(
      'The same has been asked for already and is waiting for a decision: Grant 200 credits.',
    );
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

  it('tells whether a form asks for what it asked for before', () => {
    const { takeBack: _worked, ...asked } = refund({ evidence: ['payment:b', 'payment:a'] });
    const stored = refund({ evidence: ['payment:a', 'payment:b'], takeBack: 300 });
    expect(isWhatWasAsked({ ...asked, reason: ' Twice. ' }, stored)).toBe(true);
    expect(isWhatWasAsked({ ...asked, amount: 999 }, stored)).toBe(false);
    expect(isWhatWasAsked(asked, { ...stored, again: { after: 'x', because: 'y' } })).toBe(false);
  });
});
