import { describe, expect, test } from 'vitest';
import { mergeRows } from '#app/pages/shared/merge-rows.ts';
import { queuePath, writeCursor } from '#app/pages/flags/flag-paths.ts';
import { flagQuery } from '#app/pages/flags/flag-query.ts';
import { readChoice } from '#app/pages/flags/decision-form.ts';
import { disabledReason } from '#app/pages/shared/flags/flag-rights.ts';
import { flagLine } from '#app/domain/flags/flag-line.ts';
import type { FlagCursor, QueueLine } from '#app/services/flags/load-flag-lines.ts';
import { openFlag } from '#tests/factories/flags.ts';

const line = (id: string, version = 1): QueueLine => ({
  ...flagLine(openFlag({ id, version }), 5_000),
  customerName: null,
  assigneeName: null,
});
const END: FlagCursor = { severity: 'low', key: 1, id: 'flg_z' };
const ids = (rows: readonly { id: string; gone: boolean }[]) =>
  rows.map(({ id, gone }) => (gone ? `-${id}` : id)).join(' ');

describe('rows on the screen are brought up to date without moving', () => {
  test.each<[string, string, string, FlagCursor | null, string, number]>([
    ['nothing new', 'a b c', 'a b c', null, 'a b c', 0],
    ['one before the others waits', 'b c', 'a b c', null, 'b c', 1],
    ['one among the others waits', 'a c', 'a b c', null, 'a c', 1],
    ['one after the others is shown', 'a b', 'a b c', null, 'a b c', 0],
    ['one that has left is marked', 'a b c', 'a c', null, 'a -b c', 0],
    ['the last one that has left is marked', 'a b', 'a', null, 'a -b', 0],
    ['rows behind the first page are not judged', 'a b c d', 'a b', END, 'a b c d', 0],
    ['a full first page pushes its last row out, which stays', 'b c d', 'a b c', END, 'b c d', 1],
    ['an empty list takes what comes', '', 'a b', null, 'a b', 0],
    ['all have left', 'a b', '', null, '-a -b', 0],
  ])('%s', (_name, shown, fresh, next, expected, waiting) => {
    const lines = (text: string) =>
      text
        .split(' ')
        .filter(Boolean)
        .map((id) => line(id));
    const merged = mergeRows(lines(shown), { rows: lines(fresh), next });
    expect(ids(merged.rows)).toBe(expected);
    expect(merged.waiting).toBe(waiting);
  });

  test('figures are replaced where they stand', () => {
    const merged = mergeRows([line('a', 1)], { rows: [line('a', 2)], next: null });
    expect(merged.rows[0]?.version).toBe(2);
  });
});

describe('the address of the queue', () => {
  test('a place comes back as it went', () => {
    const place: FlagCursor = { severity: 'high', key: -1, id: 'flg_01m81b' };
    expect(flagQuery.parse({ after: writeCursor(place) }).after).toEqual(place);
  });
  test.each(['', 'high', 'high~1', 'huge~1~flg_1', 'high~1e9~flg_1', 'high~1~', 'high~1~a b'])(
    '"%s" is no place',
    (after) => expect(flagQuery.safeParse({ after }).success).toBe(false),
  );
  test('filters keep each other, and a changed one gives up the place', () => {
    const current = new URLSearchParams('?rule=missing-credits&after=x&severity=high&ticket=ZD-1');
    expect(queuePath(current, { severity: null })).toBe('/?rule=missing-credits');
    expect(queuePath(current, { state: 'closed' })).toBe(
      '/?state=closed&rule=missing-credits&severity=high',
    );
    expect(queuePath(new URLSearchParams(), {})).toBe('/');
  });
});

describe('what a decision needs', () => {
  test.each([
    [{ intent: 'dismiss' }, { fields: { reason: 'say why, in a few words' } }],
    [{ intent: 'snooze', reason: 'Later' }, { fields: { until: 'choose until when' } }],
    [{ intent: 'assign' }, { fields: { assignee: 'choose somebody, or nobody' } }],
    [
      { intent: 'assign', assignee: '' },
      { intent: 'assign', assigneeId: null },
    ],
    [
      { intent: 'dismiss', reason: 'Why' },
      { intent: 'dismiss', reason: 'Why' },
    ],
    [
      { intent: 'snooze', reason: 'Later', until: 9 },
      { intent: 'snooze', reason: 'Later', until: 9 },
    ],
  ] as const)('%o', (form, expected) => {
    expect(readChoice(form)).toMatchObject(expected);
  });
});

describe('why an action cannot be pressed', () => {
  const low = { id: 'a', version: 1, severity: 'low', state: 'open' } as const;
  const high = { ...low, id: 'b', severity: 'high' } as const;
  test.each([
    ['dismiss', 'lead', [high, low], null],
    ['dismiss', 'agent', [low], null],
    ['dismiss', 'finance', [high], /above low/],
    ['dismiss', 'agent', [low, low], /several/],
    ['dismiss', 'auditor', [low], /only read/],
    ['snooze', 'agent', [low], /Only a team lead/],
    ['assign', 'lead', [], /Select a flag/],
    ['assign', 'lead', [{ ...low, state: 'closed' }], /closed automatically/],
    ['dismiss', 'lead', [{ ...low, state: 'dismissed' }], /Already/],
    ['assign', 'lead', [{ ...low, state: 'dismissed' }], null],
    ['dismiss', 'lead', Array.from({ length: 91 }, () => low), /At most 90/],
  ] as const)('%s, %s', (intent, role, targets, why) => {
    const said = disabledReason(intent, role, targets);
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });
});
