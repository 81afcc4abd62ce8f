import { describe, expect, test } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import { addressProblem } from '#app/domain/mail/address.ts';
import { chooseEmail } from '#app/domain/mail/choose-email.ts';
import type { EmailFacts, RefundFacts, LastRefundEmail } from '#app/domain/mail/choose-email.ts';
import { MAIL_SET_ASIDE } from '#app/domain/restore/labels.ts';
import { decideDelivery } from '#app/domain/mail/delivery-decision.ts';
import { T } from '#tests/factories/records.ts';

type RefundKind = Exclude<EmailFacts['kind'], 'credits_returned'>;

const refund = (change: Partial<RefundFacts> = {}): RefundFacts => ({
  ...{ status: 'succeeded', reason: null, amount: '$49.00', last4: '4242' },
  ...{ chargedAt: T, madeAt: T + DAY, takeBack: { kind: 'settled', credits: 0 } },
  ...change,
});

interface Asked {
  kind: RefundKind;
  told?: LastRefundEmail;
  now?: number;
  change?: Partial<RefundFacts>;
}
const choose = ({ kind, told = 'no', now = T + DAY, change = {} }: Asked) =>
  chooseEmail({ kind, name: 'Ada', now, told, refund: refund(change) });

/** Its subject, or what becomes of it instead. */
const outcomeOf = (asked: Asked): string => {
  const choice = choose(asked);
  return choice.kind === 'letter' ? choice.letter.subject : choice.kind;
};

const WAY = 'Your refund of $49.00 is on its way';

describe('the letter for each word of Stripe', () => {
  const pending = (reason: string | null) => ({ status: 'pending', reason });
  test.each<[RefundKind, Partial<RefundFacts>, string]>([
    ['refund_on_its_way', {}, WAY],
    ['refund_on_its_way', { takeBack: { kind: 'open' } }, 'wait'],
    ['refund_on_its_way', pending('processing'), 'wait'],
    ['refund_on_its_way', { status: 'requires_action' }, 'person'],
    ['refund_on_its_way', { status: 'in_orbit' }, 'person'],
    ['refund_on_its_way', { status: 'failed' }, 'drop'],
    ['refund_on_its_way', { status: 'canceled' }, 'drop'],
    ['refund_pending', pending('processing'), 'Your refund of $49.00 is being processed'],
    ['refund_pending', pending(null), 'Your refund of $49.00 is being processed'],
    [
      ...(['refund_pending', pending('charge_pending')] as const),
      'Your refund of $49.00 waits for your payment to be completed',
    ],
    ['refund_pending', pending('insufficient_funds'), 'wait'],
    ['refund_pending', pending('moon_phase'), 'person'],
    ['refund_pending', { status: 'requires_action' }, 'person'],
    ['refund_pending', { status: 'in_orbit' }, 'person'],
    ['refund_pending', { status: 'succeeded' }, 'drop'],
    ['refund_pending', { status: 'failed' }, 'drop'],
    ['refund_failed', { status: 'succeeded' }, 'person'],
  ])('%s, %o: %s', (kind, change, expected) => {
    expect(outcomeOf({ kind, change })).toBe(expected);
  });

  test.each<[LastRefundEmail, string]>([
    ['yes', 'Your refund of $49.00 did not go through'],
    ['no', 'drop'],
    ['open', 'wait'],
    ['maybe', 'person'],
  ])('a failed refund of which the customer was told: %s: %s', (told, expected) => {
    const change = { status: 'failed', reason: 'declined' };
    expect(outcomeOf({ kind: 'refund_failed', told, change })).toBe(expected);
    const returned = { credits: 500, cause: 'refund_failed', addedAt: T } as const;
    const known = { name: 'Ada', now: T, told, added: returned };
    const choice = chooseEmail({ ...known, kind: 'credits_returned' });
    expect(choice.kind).toBe(expected.startsWith('Your') ? 'letter' : expected);
  });

  test('names no day that has gone by', () => {
    const at = (days: number) => {
      const choice = choose({ kind: 'refund_on_its_way', now: T + DAY + days * DAY });
      return choice.kind === 'letter' ? `${choice.letter.subject} ${choice.letter.body}` : '';
    };
    expect(at(1)).toContain('between Tuesday 12 May 2026 and Tuesday 19 May 2026');
    expect(at(8)).toContain('expect it by Tuesday 19 May 2026');
    expect(at(8)).not.toContain('12 May');
    expect(at(45)).toContain('was made on Tuesday 5 May 2026');
    expect(at(45)).not.toMatch(/expect|on its way|19 May/);
  });

  test('says which credits were taken back, and names a card only where Stripe does', () => {
    const change = { takeBack: { kind: 'settled' as const, credits: 5_000 }, last4: null };
    const choice = choose({ kind: 'refund_on_its_way', change });
    const body = choice.kind === 'letter' ? choice.letter.body : '';
    expect(body).toContain('With it, 5,000 credits were taken back from your balance.');
    expect(body).toContain('the payment method that was charged');
  });
});

describe('an address', () => {
  test.each([
    ['a@b.test', null],
    ['ü.b+c@sub.bücher.test', null],
    ['', 'has no address'],
    ['a@b.test\r\nBcc: c@d.test', 'line break'],
    ['a@b.test\u2028', 'line break'],
    ['a@b.test, c@d.test', 'several'],
    ['a@b.test;c@d.test', 'several'],
    ['a@b@c.test', 'several'],
    ['Ada <a@b.test>', 'is not one'],
    ['a b@c.test', 'is not one'],
    ['ab.test', 'is not one'],
    [`${'a'.repeat(250)}@b.test`, 'too long'],
  ])('%j: %s', (text, problem) => {
    const said = addressProblem(text);
    if (problem === null) expect(said).toBeNull();
    else expect(said).toContain(problem);
  });
});

describe('whether a letter leaves', () => {
  const text = { subject: 's', body: 'b' };
  const mail = { createdAt: T, releasedAt: null, leftAt: null, address: '', subject: '', body: '' };
  const turn = { choice: { kind: 'letter', letter: text }, address: 'a@b.test', mail } as const;
  const at = (now: number, change: Partial<Parameters<typeof decideDelivery>[0]> = {}) =>
    decideDelivery({ ...turn, letterAge: 3 * DAY, now, ...change });

  test('by itself for three days, then by a person, whose word holds as long', () => {
    expect(at(T + 3 * DAY).kind).toBe('send');
    expect(at(T + 3 * DAY + 1)).toMatchObject({ kind: 'person', letter: text });
    const released = { ...mail, releasedAt: T + 10 * DAY };
    expect(at(T + 11 * DAY, { mail: released }).kind).toBe('send');
    expect(at(T + 14 * DAY, { mail: released }).kind).toBe('person');
  });

  test('what is untrue is dropped, however old; what waits goes to a person in the end', () => {
    expect(at(T + 9 * DAY, { choice: { kind: 'drop', why: 'x' } }).kind).toBe('drop');
    expect(at(T + 1, { choice: { kind: 'wait', why: 'x' } }).kind).toBe('wait');
    expect(at(T + 9 * DAY, { choice: { kind: 'wait', why: 'x' } }).kind).toBe('person');
  });

  test('a text that may have arrived leaves again only as it was', () => {
    const left = { ...mail, leftAt: T, address: 'a@b.test', ...text };
    expect(at(T + 1, { mail: left }).kind).toBe('send');
    expect(at(T + 1, { mail: { ...left, body: 'other' } }).kind).toBe('person');
    expect(at(T + 1, { mail: { ...left, address: 'z@b.test' } }).kind).toBe('person');
    const aside = { ...mail, leftAt: T };
    expect(at(T + 1, { mail: aside })).toMatchObject({ kind: 'person', why: MAIL_SET_ASIDE });
    expect(at(T + 1, { mail: { ...aside, releasedAt: T } }).kind).toBe('send');
  });

  test('not to an address that is none', () => {
    expect(at(T, { address: null })).toMatchObject({ kind: 'person' });
    expect(at(T, { address: 'a@b.test\nBcc: c@d.test' })).toMatchObject({ kind: 'person' });
  });
});
