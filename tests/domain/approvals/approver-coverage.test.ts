import { describe, expect, it } from 'vitest';
import { breakGlassReasonError, mayBreakGlass } from '#app/domain/approvals/break-glass.ts';
import { maxApprovals, coverageGap } from '#app/domain/approvals/approver-coverage.ts';
import type { Candidate } from '#app/domain/approvals/approver-coverage.ts';
import type { Role } from '#app/domain/access/roles.ts';

const own = (person: string): Candidate => ({ person, principal: person, yes: 'approve' });
const lent = (person: string, principal: string): Candidate => ({
  person,
  principal,
  yes: 'approve',
});
const voucher = (person: string): Candidate => ({ person, principal: person, yes: 'vouch' });

describe('the most approvals that can be given', () => {
  it.each<[string, Candidate[], number]>([
    ['nobody', [], 0],
    ['two with a right of their own', [own('a'), own('b')], 2],
    ['one twice', [own('a'), own('a')], 1],
    ['one and the one who has borrowed from them', [own('a'), lent('b', 'a')], 1],
    ['one and one who has borrowed from somebody away', [own('a'), lent('b', 'c')], 2],
    ['two who have borrowed from the same', [lent('b', 'a'), lent('c', 'a')], 1],
    ['one who has borrowed from two', [lent('b', 'a'), lent('b', 'c')], 1],
    ['where one must step aside', [lent('b', 'a'), lent('b', 'c'), lent('d', 'a')], 2],
    ['a lead who only vouches', [own('a'), voucher('l')], 1],
  ])('%s', (_what, candidates, most) => expect(maxApprovals(candidates)).toBe(most));
});

describe('too few to decide', () => {
  const missing = (approvals: number, word = false) => ({ approvals, word });
  it.each<[string, number, boolean, Candidate[], string | null]>([
    ['one of one', 1, false, [own('a')], null],
    ['two of one', 1, false, [own('a'), own('b')], null],
    ['none of one', 1, false, [], 'short'],
    ['two of two', 2, false, [own('a'), own('b')], 'last'],
    ['three of two', 2, false, [own('a'), own('b'), own('c')], null],
    ['one of two', 2, false, [own('a')], 'short'],
    ['one and a loan of the same right, of two', 2, false, [own('a'), lent('b', 'a')], 'short'],
    ['no lead for the word', 1, true, [own('a')], 'short'],
    ['a lead for the word', 1, true, [own('a'), voucher('l')], null],
    ['nothing missing', 0, false, [], null],
  ])('%s', (_what, approvals, word, candidates, kind) =>
    expect(coverageGap(missing(approvals, word), candidates)?.kind ?? null).toBe(kind),
  );

  it('says what is missing', () => {
    expect(coverageGap(missing(2, true), [own('a')])?.words).toBe(
      'No available approver: it needs 2 more people with the right, and 1 of those who are there may, and no lead is available to approve.',
    );
    expect(coverageGap(missing(1), [])?.words).toBe(
      'No available approver: it needs 1 more person with the right, and none of those who are there may.',
    );
  });
});

describe('breaking the glass', () => {
  const actor = (role: Role, name = 'x', away = false) => ({
    ...{ staffId: `stf_${name}`, name, email: `${name}@demo.test`, role, away },
  });
  const short = { kind: 'short', able: 0, words: '' } as const;
  const other = { staffId: 'stf_y', email: 'y@demo.test' };
  it.each<[string, ReturnType<typeof mayBreakGlass>, string]>([
    ['finance', mayBreakGlass(actor('finance'), short, [other], []), 'yes'],
    ['a lead', mayBreakGlass(actor('lead'), short, [other], []), 'yes'],
    ['the second of two', mayBreakGlass(actor('lead'), short, [], [other]), 'yes'],
    ['a lead on leave', mayBreakGlass(actor('lead', 'x', true), short, [other], []), 'no'],
    ['an agent', mayBreakGlass(actor('agent'), short, [], []), 'no'],
    ['an administrator', mayBreakGlass(actor('admin'), short, [], []), 'no'],
    ['an auditor', mayBreakGlass(actor('auditor'), short, [], []), 'no'],
    ['where enough people are there', mayBreakGlass(actor('lead'), null, [], []), 'no'],
    [
      'where just enough are there',
      mayBreakGlass(actor('lead'), { ...short, kind: 'last' }, [], []),
      'no',
    ],
    ['whoever touched it', mayBreakGlass(actor('lead', 'y+2'), short, [other], []), 'no'],
    ['the same person again', mayBreakGlass(actor('lead', 'Y'), short, [], [other]), 'no'],
  ])('%s', (_what, verdict, wanted) => expect(verdict.kind).toBe(wanted));

  it('takes a reason that can be judged later', () => {
    expect(
      ['', 'urgent', ' '.repeat(20), 'x'.repeat(501)].map(breakGlassReasonError),
    ).not.toContain(null);
    expect(breakGlassReasonError('Everybody of finance is on a plane.')).toBeNull();
  });
});
