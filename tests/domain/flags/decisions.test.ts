import { describe, expect, it } from 'vitest';
import { assign, dismiss, LONGEST_SNOOZE, snooze } from '#app/domain/flags/decisions.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { openFlag } from '#tests/factories/flags.ts';

const NOW = 9_000;
const ask = (role: Role = 'lead', version = 1) => ({ role, version, now: NOW });
const low = openFlag({ severity: 'low' });

describe('dismiss', () => {
  it.each([
    ['agent', low, null],
    ['finance', low, null],
    ['lead', low, null],
    ['lead', openFlag({ severity: 'critical' }), null],
    ['agent', openFlag({ severity: 'medium' }), 'not_yours'],
    ['finance', openFlag(), 'not_yours'],
    ['admin', low, 'not_yours'],
    ['auditor', low, 'not_yours'],
    ['lead', openFlag({ state: 'closed' }), 'closed'],
    ['lead', openFlag({ state: 'dismissed' }), 'already_dismissed'],
    ['lead', openFlag({ state: 'snoozed', snoozedUntil: NOW + 1 }), null],
    ['lead', openFlag({ version: 2 }), 'changed_meanwhile'],
  ] as const)('%s, %o → %s', (role, flag, refused) => {
    const verdict = dismiss(flag, { ...ask(role), reason: ' A test account. ' });
    if (refused) return expect(verdict).toMatchObject({ refused });
    expect(verdict).toMatchObject({
      event: 'dismissed',
      after: { state: 'dismissed', reason: 'A test account.', snoozedUntil: null, version: 2 },
    });
  });

  it.each([
    ['', 'bad_reason'],
    [' \n\t', 'bad_reason'],
    ['😀'.repeat(500), null],
    ['x'.repeat(501), 'bad_reason'],
  ])('reason %j → %s', (reason, refused) => {
    const verdict = dismiss(low, { ...ask(), reason });
    expect('refused' in verdict ? verdict.refused : null).toBe(refused);
  });
});

describe('snooze', () => {
  it.each([
    ['lead', NOW + 1, null],
    ['lead', NOW, 'bad_until'],
    ['lead', NOW + LONGEST_SNOOZE, null],
    ['lead', NOW + LONGEST_SNOOZE + 1, 'bad_until'],
    ['lead', Number.NaN, 'bad_until'],
    ['agent', NOW + 1, 'not_yours'],
    ['finance', NOW + 1, 'not_yours'],
  ] as const)('%s until %d → %s', (role, until, refused) => {
    const verdict = snooze(low, { ...ask(role), until, reason: 'Bank strike' });
    if (refused) return expect(verdict).toMatchObject({ refused });
    expect(verdict).toMatchObject({
      event: 'snoozed',
      after: { state: 'snoozed', snoozedUntil: until },
    });
  });
});

const to = (role: Role, disabled = false) => ({ id: 'stf_2', role, disabled });

describe('assign', () => {
  it.each([
    ['lead', to('agent'), null],
    ['lead', to('finance'), null],
    ['lead', null, null],
    ['lead', to('auditor'), 'bad_assignee'],
    ['lead', to('agent', true), 'bad_assignee'],
    ['agent', to('agent'), 'not_yours'],
  ] as const)('%s to %o → %s', (role, assignee, refused) => {
    const verdict = assign(openFlag({ assigneeId: 'stf_1' }), { ...ask(role), assignee });
    if (refused) return expect(verdict).toMatchObject({ refused });
    expect(verdict).toMatchObject({
      event: 'assigned',
      after: { assigneeId: assignee?.id ?? null, state: 'open' },
    });
  });

  it('a dismissed flag keeps its state, a closed one is refused', () => {
    const assignee = to('agent');
    const dismissed = openFlag({ state: 'dismissed', reason: 'Known' });
    expect(assign(dismissed, { ...ask(), assignee })).toMatchObject({
      after: { state: 'dismissed', reason: 'Known', assigneeId: 'stf_2' },
    });
    const closed = openFlag({ state: 'closed' });
    expect(assign(closed, { ...ask(), assignee })).toMatchObject({ refused: 'closed' });
    expect(assign(openFlag({ version: 3 }), { ...ask(), assignee })).toMatchObject({
      refused: 'changed_meanwhile',
    });
  });
});
