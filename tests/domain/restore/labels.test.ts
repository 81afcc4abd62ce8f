import { expect, it } from 'vitest';
import { mayBeSentAlready } from '#app/domain/restore/labels.ts';

const RESTORED = { at: 1_000, confirmedAt: 2_000 };
const sending = { state: 'sending' } as const;

it.each([
  ['never restored', null, { firstSentAt: 500, externalId: 're_1' }, false],
  [
    'restored and not confirmed',
    { at: 1_000, confirmedAt: null },
    { firstSentAt: 3_000, externalId: 're_1' },
    true,
  ],
  ['sent before the restore', RESTORED, { firstSentAt: 500, externalId: 're_1' }, true],
  [
    'found outside, never sent from here',
    RESTORED,
    { firstSentAt: null, externalId: 're_1' },
    true,
  ],
  ['sent after the restore', RESTORED, { firstSentAt: 1_500, externalId: 're_1' }, false],
  ['refused before it was sent', RESTORED, { firstSentAt: null, externalId: null }, false],
] as const)('%s', (_, latest, after, told) => {
  expect(mayBeSentAlready(latest, sending, after)).toBe(told);
});
