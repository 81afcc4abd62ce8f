import { describe, expect, it } from 'vitest';
import type { Flag, FlagFinding } from '#app/domain/flags/flag.ts';
import { diffFlags } from '#app/domain/flags/diff-flags.ts';
import { flagFinding, openFlag } from '#tests/factories/flags.ts';

const NOW = 9_000;
const why = () => 'The credits came.';
const settled = (flags: Flag[], findings: FlagFinding[]) => diffFlags(flags, findings, NOW, why);

const closed = openFlag({ state: 'closed', closedAt: 3_000, reason: 'Gone.', version: 4 });
const dismissed = openFlag({ state: 'dismissed', reason: 'A test account.' });
const snoozed = (until: number) =>
  openFlag({ state: 'snoozed', reason: 'Bank strike.', snoozedUntil: until });
const other = { credits: 4_000, evidence: ['payment:ch_1', 'ledgerEntry:le_1'] } as const;
const otherFinding = flagFinding({ credits: other.credits, evidence: [...other.evidence] });

const back = { state: 'open', closedAt: null, reason: null, snoozedUntil: null } as const;
const gone = { state: 'closed', closedAt: NOW, reason: 'The credits came.' } as const;
const figures = { credits: 4_000, creditsBefore: 5_000, evidence: 2 };

type Case = [
  string,
  Flag,
  FlagFinding | null,
  null | ({ event: string | null } & Record<string, unknown>),
];
const cases: Case[] = [
  ['open stays open', openFlag(), flagFinding(), null],
  [
    'open, other figures',
    openFlag(),
    otherFinding,
    { event: 'changed', state: 'open', detail: figures },
  ],
  ['open, gone', openFlag(), null, { event: 'closed', ...gone }],
  ['closed stays closed', closed, null, null],
  [
    'closed, back',
    closed,
    flagFinding(),
    { event: 'reopened', ...back, openedAt: NOW, version: 5 },
  ],
  ['closed, back with other figures', closed, otherFinding, { event: 'reopened', detail: figures }],
  ['dismissed, same finding', dismissed, flagFinding(), null],
  [
    'dismissed, other figures',
    dismissed,
    otherFinding,
    { event: 'reopened', ...back, openedAt: NOW },
  ],
  ['dismissed, gone', dismissed, null, { event: 'closed', ...gone }],
  ['snoozed, instant not come', snoozed(NOW + 1), flagFinding(), null],
  [
    'snoozed, other figures',
    snoozed(NOW + 1),
    otherFinding,
    { event: 'changed', state: 'snoozed', snoozedUntil: NOW + 1, reason: 'Bank strike.' },
  ],
  [
    'snoozed, instant come',
    snoozed(NOW),
    flagFinding(),
    { event: 'snooze_ended', ...back, openedAt: 2_000 },
  ],
  [
    'snoozed, instant come, other figures',
    snoozed(NOW),
    otherFinding,
    { event: 'snooze_ended', ...back, detail: figures },
  ],
  ['snoozed, gone', snoozed(NOW + 1), null, { event: 'closed', ...gone, snoozedUntil: null }],
  ['snoozed, instant come, gone', snoozed(NOW), null, { event: 'closed', ...gone }],
  [
    'open, other wording only',
    openFlag(),
    flagFinding({ facts: { bought: 5_000, error: 'x' } }),
    { event: null, changedAt: 2_000, facts: { bought: 5_000, error: 'x' } },
  ],
  [
    'dismissed, other money at risk only',
    dismissed,
    flagFinding({ atRisk: 4_800 }),
    { event: null, state: 'dismissed', reason: 'A test account.', atRisk: 4_800 },
  ],
  [
    'dismissed, moved to another customer',
    dismissed,
    flagFinding({ customerId: 'org_2' }),
    {
      event: 'reopened',
      customerId: 'org_2',
      detail: { customerId: 'org_2', customerIdBefore: 'org_1' },
    },
  ],
];

describe('settle', () => {
  it.each(cases)('%s', (_, flag, finding, expected) => {
    const changes = settled([flag], finding ? [finding] : []);
    if (expected === null) return expect(changes).toEqual([]);
    expect(changes).toHaveLength(1);
    const change = changes[0];
    if (change?.kind !== 'update') throw new Error('expected an update');
    const { event, detail, ...life } = expected;
    expect(change.event).toBe(event);
    expect(change.before).toBe(flag);
    expect(change.after).toMatchObject({ version: flag.version + 1, ...life });
    if (detail) expect(change.detail).toEqual(detail);
  });

  const others: [string, Partial<FlagFinding>][] = [
    ['severity', { severity: 'low' }],
    ['confidence', { confidence: 'possible' }],
    ['amount', { amount: 100 }],
    ['currency', { currency: 'eur' }],
    ['since', { since: 1_001 }],
    ['evidence', { evidence: ['payment:ch_2'] }],
  ];
  it.each(others)('a dismissed flag re-opens on another %s', (_, change) => {
    expect(settled([dismissed], [flagFinding(change)])).toMatchObject([{ event: 'reopened' }]);
  });

  it('the order of evidence says nothing', () => {
    const evidence = ['payment:ch_1', 'payment:ch_2'] as const;
    const flag = openFlag({ state: 'dismissed', evidence: [...evidence] });
    expect(settled([flag], [flagFinding({ evidence: evidence.toReversed() })])).toEqual([]);
    const twice = flagFinding({ evidence: ['payment:ch_1', 'payment:ch_1'] });
    expect(settled([flag], [twice])).toMatchObject([{ event: 'reopened' }]);
  });

  it('a finding without a flag opens one that nobody has', () => {
    const [change] = settled([], [flagFinding()]);
    expect(change).toEqual({
      kind: 'open',
      flag: { ...openFlag({ openedAt: NOW, changedAt: NOW }), id: undefined },
    });
  });

  it('settles each identity by itself', () => {
    const second = openFlag({ id: 'flg_2', subject: 'payment:ch_2' });
    const third = flagFinding({ rule: 'missing-invoice' });
    const changes = settled([openFlag(), second], [flagFinding(), third]);
    expect(changes.map((c) => (c.kind === 'open' ? c.flag.rule : c.before.id))).toEqual([
      'flg_2',
      'missing-invoice',
    ]);
  });

  it('changes nothing the second time', () => {
    const flags = [openFlag(), dismissed, snoozed(NOW)];
    for (const flag of flags) {
      const [first] = settled([flag], [otherFinding]);
      if (first?.kind !== 'update') throw new Error('expected an update');
      expect(settled([first.after], [otherFinding])).toEqual([]);
    }
  });
});
