import { describe, expect, it } from 'vitest';
import { isSamePerson, mailboxOf, mayDecide } from '#app/domain/approvals/segregation-of-duties.ts';
import type { Role } from '#app/domain/access/roles.ts';

const ann = { staffId: 'stf_1', email: 'ann@firm.test' };
const deciderWith = (role: Role, person = { staffId: 'stf_9', email: 'bob@firm.test' }) => ({
  ...person,
  name: 'Somebody',
  role,
});

describe('one asks, another decides', () => {
  it.each([
    ['ANN@Firm.test', 'ann@firm.test'],
    ['ann+second@firm.test', 'ann@firm.test'],
    [' ann@firm.test ', 'ann@firm.test'],
  ])('%s is the mailbox %s', (email, mailbox) => expect(mailboxOf(email)).toBe(mailbox));

  it('knows one person under two sign-ins', () => {
    const subject = 'https://idp.test|42';
    expect(isSamePerson(ann, { staffId: 'stf_2', email: 'Ann+x@firm.test' })).toBe(true);
    expect(isSamePerson(ann, { staffId: 'stf_2', email: 'bob@firm.test' })).toBe(false);
    expect(
      isSamePerson({ ...ann, subject }, { staffId: 'stf_2', email: 'b@firm.test', subject }),
    ).toBe(true);
    expect(
      isSamePerson(
        { ...ann, subject: null },
        { staffId: 'x', email: 'b@firm.test', subject: null },
      ),
    ).toBe(false);
  });

  it.each<[Role, boolean]>([
    ['agent', false],
    ['lead', false],
    ['finance', true],
    ['admin', false],
    ['auditor', false],
  ])('%s decides refunds: %s', (role, may) => {
    const answer = mayDecide(deciderWith(role), 'requests.decide-refund', [ann], []);
    expect(answer.kind === 'yes').toBe(may);
  });

  it('refuses whoever touched it, and a second approval by one person', () => {
    const finance = deciderWith('finance');
    const again = { staffId: 'stf_3', email: 'BOB+2@firm.test' };
    expect(mayDecide(finance, 'requests.decide-refund', [ann, again], []).kind).toBe('no');
    expect(mayDecide(finance, 'requests.decide-refund', [ann], [again]).kind).toBe('no');
    expect(mayDecide(finance, 'requests.decide-refund', [ann], [ann]).kind).toBe('yes');
  });
});
