import { describe, expect, it } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import { validateDelegation, isInForce, mayDecideFor } from '#app/domain/approvals/delegation.ts';
import type { Delegation, DelegationDraft, Member } from '#app/domain/approvals/delegation.ts';
import { may, ROLES } from '#app/domain/access/roles.ts';
import type { Permission, Role } from '#app/domain/access/roles.ts';

const T = Date.parse('2026-05-04T12:00:00Z');
const lent = (change: Partial<Delegation> = {}): Delegation => ({
  ...{ id: 'del_1', delegatorId: 'stf_a', delegateId: 'stf_b', startsAt: T, endsAt: T + DAY },
  ...{ reason: 'on leave', createdAt: T, endedAt: null, endedBy: null },
  ...change,
});
const member = (name: string, role: Role, change: Partial<Member> = {}): Member => ({
  ...{ staffId: `stf_${name}`, email: `${name}@demo.test`, role, disabled: false },
  ...change,
});
const loan = (change: Partial<DelegationDraft> = {}): DelegationDraft => ({
  delegation: lent(),
  delegator: member('a', 'finance'),
  delegate: member('b', 'agent'),
  ...change,
});
const judge = (
  one: DelegationDraft,
  touched: Member[] = [],
  approved: Member[] = [],
  now = T + 1,
): string => mayDecideFor(one, 'requests.decide-refund', touched, approved, now).kind;

const DECIDES: Permission[] = [
  'requests.decide-refund',
  'requests.decide-credits',
  'requests.vouch',
];
const BORROWS: Role[] = ['agent', 'lead', 'finance'];

describe('a right that was lent', () => {
  const pairs = ROLES.flatMap((from) =>
    ROLES.flatMap((to) => DECIDES.map((needs): [Role, Role, Permission] => [from, to, needs])),
  );
  it.each(pairs)(
    '%s to %s: %s is what the first has, where the second takes part',
    (from, to, needs) => {
      const one = loan({ delegator: member('a', from), delegate: member('b', to) });
      const verdict = mayDecideFor(one, needs, [], [], T + 1).kind;
      expect(verdict).toBe(may(from, needs) && BORROWS.includes(to) ? 'yes' : 'no');
      for (const touched of [one.delegator, one.delegate]) {
        expect(mayDecideFor(one, needs, [touched], [], T + 1).kind).toBe('no');
        expect(mayDecideFor(one, needs, [], [touched], T + 1).kind).toBe('no');
      }
    },
  );

  const c = member('c', 'agent');
  it.each<[string, string, string]>([
    ['as it is', judge(loan()), 'yes'],
    ['what others touched', judge(loan(), [c]), 'yes'],
    ['what others approved', judge(loan(), [], [c]), 'yes'],
    ['touched by the delegator under another name', judge(loan(), [member('A+x', 'agent')]), 'no'],
    ['touched by the delegate under another name', judge(loan(), [member('B+2', 'agent')]), 'no'],
    [
      'approved by the delegator under another name',
      judge(loan(), [], [member('a+y', 'lead')]),
      'no',
    ],
    ['a moment before it begins', judge(loan(), [], [], T - 1), 'no'],
    ['when it begins', judge(loan(), [], [], T), 'yes'],
    ['a moment before it ends', judge(loan(), [], [], T + DAY - 1), 'yes'],
    ['when it ends', judge(loan(), [], [], T + DAY), 'no'],
    ['ended before', judge(loan({ delegation: lent({ endedAt: T }) })), 'no'],
    [
      'a delegator shut out',
      judge(loan({ delegator: member('a', 'finance', { disabled: true }) })),
      'no',
    ],
    [
      'a delegate shut out',
      judge(loan({ delegate: member('b', 'agent', { disabled: true }) })),
      'no',
    ],
    ['a delegator who has only borrowed', judge(loan({ delegator: member('a', 'agent') })), 'no'],
    ['to themselves', judge(loan({ delegate: member('a+2', 'agent') })), 'no'],
  ])('%s', (_what, said, wanted) => expect(said).toBe(wanted));

  it('is active from its beginning until before its end', () =>
    expect([T - 1, T, T + DAY - 1, T + DAY].map((at) => isInForce(lent(), at))).toEqual([
      ...[false, true, true, false],
    ]));
});

describe('lending', () => {
  const a = member('a', 'finance');
  const b = member('b', 'agent');
  it.each<[string, Member | null, Partial<Delegation>, string[]]>([
    ['to an agent for a day', b, {}, []],
    ['for thirty days', b, { endsAt: T + 30 * DAY }, []],
    ['for longer', b, { endsAt: T + 30 * DAY + 1 }, ['endsAt']],
    ['without an end', b, { endsAt: Infinity }, ['endsAt']],
    ['until it begins', b, { endsAt: T }, ['endsAt']],
    ['until yesterday', b, { startsAt: T - 3 * DAY, endsAt: T - DAY }, ['endsAt']],
    ['to nobody', null, {}, ['delegateId']],
    ['to somebody shut out', { ...b, disabled: true }, {}, ['delegateId']],
    ['to an administrator', member('b', 'admin'), {}, ['delegateId']],
    ['to an auditor', member('b', 'auditor'), {}, ['delegateId']],
    ['to oneself', a, {}, ['delegateId']],
    ['to oneself under another name', member('A+b', 'agent'), {}, ['delegateId']],
    ['for no reason', b, { reason: '  ' }, ['reason']],
    ['for a reason without end', b, { reason: 'x'.repeat(501) }, ['reason']],
  ])('%s', (_what, delegate, change, fields) =>
    expect(Object.keys(validateDelegation(a, delegate, lent(change), T))).toEqual(fields),
  );
});
