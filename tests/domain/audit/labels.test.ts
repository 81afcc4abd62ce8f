import { describe, expect, it } from 'vitest';
import { detailFields, describeEvent, kindLabel } from '#app/domain/audit/labels.ts';

describe('a row of the log in words', () => {
  it.each([
    ['customer.viewed', null, 'Viewed customer'],
    ['flag.dismissed', { reason: 'Our own account.' }, 'Dismissed the flag: Our own account.'],
    ['session.refused', { why: 'wrong password' }, 'Failed to sign in: wrong password'],
    ['flag.assigned', { reason: null }, 'Assigned the flag'],
    // A kind that nobody has words for is told by its name.
    ['stripe-refund.taken_over', null, 'Stripe refund taken over'],
    ['constructor', null, 'Constructor'],
  ])('%s %o', (kind, detail, says) => expect(describeEvent({ kind, detail })).toBe(says));

  it('ends in no name where there is none', () => expect(kindLabel('')).toBe(''));
});

it('what was noted is told in the order of its names, without what was left empty', () => {
  const detail = { rule: 'missing-credits', appliesFrom: '2026', b: true, n: 7, o: null, e: '' };
  expect(detailFields(detail)).toEqual([
    { label: 'Applies from', text: '2026' },
    { label: 'B', text: 'yes' },
    { label: 'N', text: '7' },
    { label: 'Rule', text: 'missing-credits' },
  ]);
  expect(detailFields(null)).toEqual([]);
});
