import { expect, test } from 'vitest';
import { describeFlagEvent } from '#app/domain/flags/labels.ts';
import type { FlagEventKind } from '#app/domain/flags/flag.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
const nameOf = (id: string) => (id === 'stf_1' ? 'Avery Agent' : null);

test.each<[FlagEventKind, string | null, Facts | null, string]>([
  ['opened', null, null, 'Opened'],
  ['reopened', null, null, 'Reopened'],
  ['closed', 'the credits have arrived', null, 'Closed automatically: the credits have arrived'],
  ['dismissed', 'Wanted both', {}, 'Dismissed: Wanted both'],
  [
    'snoozed',
    'Later',
    { until: '2026-05-05T09:00:00.000Z' },
    'Snoozed until 2026-05-05 09:00 UTC: Later',
  ],
  ['snooze_ended', null, null, 'Snooze ended'],
  ['assigned', null, { assigneeId: 'stf_1' }, 'Assigned to Avery Agent'],
  ['assigned', null, { assigneeId: 'stf_2' }, 'Assigned to stf_2'],
  ['assigned', null, { assigneeId: null }, 'Unassigned'],
  ['changed', null, { credits: 3000, creditsBefore: 5000 }, 'Changed: credits 5,000 → 3,000'],
  [
    'changed',
    null,
    { amount: 4900, amountBefore: null, currency: 'usd' },
    'Changed: amount none → $49.00',
  ],
  ['changed', null, { severity: 'high', severityBefore: 'low' }, 'Changed: severity low → high'],
  ['changed', null, { evidence: 3 }, 'Changed: other evidence'],
  ['changed', null, null, 'Changed'],
])('%s', (kind, reason, detail, says) => {
  expect(describeFlagEvent({ kind, reason, detail }, nameOf)).toBe(says);
});
