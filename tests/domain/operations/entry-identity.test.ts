import { expect, it } from 'vitest';
import type { LedgerEntry } from '#app/domain/book/records.ts';
import { HOUR, MINUTE } from '#app/lib/instant.ts';
import { entryMismatch } from '#app/domain/operations/entry-identity.ts';
import type { SentAdjustment } from '#app/domain/operations/entry-identity.ts';
import { T } from '#tests/factories/records.ts';

const sent: SentAdjustment = {
  ...{ customerId: 'org_1', credits: 500, paymentId: 'ch_1', generationId: null, firstSentAt: T },
};
const ours: LedgerEntry = {
  ...{ id: 'led_1', customerId: 'org_1', memberId: null, kind: 'adjustment', credits: 500 },
  ...{ occurredAt: T, sequence: 0, balanceAfter: null, paymentId: 'ch_1', generationId: null },
  note: null,
};
const returned = { kind: 'return', generationId: 'gen_1', paymentId: null } as const;

it.each<
  [
    string,
    Partial<LedgerEntry>,
    Partial<SentAdjustment>,
    Partial<LedgerEntry> | null,
    string | null,
  ]
>([
  ['the entry that was sent', {}, {}, null, null],
  ['as it came with the ledger meanwhile', { note: 'by hand' }, {}, {}, null],
  ['another customer’s', { customerId: 'org_2' }, {}, null, 'another customer’s'],
  ['of another amount', { credits: 1 }, {}, null, 'another amount'],
  ['a purchase', { kind: 'purchase' }, {}, null, 'not an adjustment but a purchase'],
  ['a return for a generation', returned, { generationId: 'gen_1', paymentId: null }, null, null],
  ['a return for none', { kind: 'return' }, {}, null, 'not an adjustment but a return'],
  ['a revocation', { kind: 'revocation', credits: -5 }, { credits: -5 }, null, null],
  [
    'a revocation that gives',
    { kind: 'revocation' },
    {},
    null,
    'not an adjustment but a revocation',
  ],
  ['for another payment', { paymentId: 'ch_2' }, {}, null, 'for payment ch_2, not payment ch_1'],
  ['for no payment', { paymentId: null }, {}, null, 'for no payment, not payment ch_1'],
  ['for a generation', { generationId: 'g' }, {}, null, 'for generation g, not no generation'],
  ['known as another kind', {}, {}, { kind: 'purchase' }, 'our data has as another entry'],
  ['known at another instant', {}, {}, { occurredAt: T - 1 }, 'our data has as another entry'],
  ['of a clock that lags', { occurredAt: T - HOUR }, {}, null, null],
  ['older', { occurredAt: T - HOUR - 1 }, {}, null, 'older than what was sent'],
  [
    ...(['known, and there before', { occurredAt: T - 2 * MINUTE - 1 }, {}] as const),
    ...([{ occurredAt: T - 2 * MINUTE - 1 }, 'older than what was sent'] as const),
  ],
  [
    'never sent, found all the same',
    { occurredAt: T - HOUR - 1 },
    { firstSentAt: null },
    null,
    null,
  ],
])('%s', (_what, entry, asked, inBook, says) => {
  const known = inBook === null ? null : { ...ours, ...inBook };
  const words = entryMismatch({ ...ours, ...entry }, { ...sent, ...asked }, known);
  if (says === null) expect(words).toBeNull();
  else expect(words).toContain(says);
});
