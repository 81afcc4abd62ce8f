import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import { DEFAULT_POLICY } from '#app/domain/policy/policy.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry, payment } from '#tests/factories/account.ts';

const late = T + 15 * MINUTE;
const paid = [payment()];
const slow = { ...DEFAULT_POLICY, grace: { ...DEFAULT_POLICY.grace, credit_pack: HOUR } };

describeRule('missing-credits', [
  {
    name: 'is silent one millisecond before the grace ends',
    book: { payments: paid },
    asOf: late - 1,
    finds: [],
  },
  {
    name: 'speaks when the grace ends',
    book: { payments: paid },
    asOf: late,
    finds: [
      {
        subject: 'payment:ch_1',
        severity: 'high',
        confidence: 'confirmed',
        credits: 5_000,
        amount: undefined,
        currency: undefined,
        since: T,
        evidence: ['payment:ch_1'],
      },
    ],
  },
  {
    name: 'gives a renewal 15 minutes',
    book: { payments: [payment({ purpose: 'renewal' })] },
    asOf: late,
    finds: ['payment:ch_1'],
  },
  {
    name: 'gives an upgrade 5 minutes',
    book: { payments: [payment({ purpose: 'upgrade' })] },
    asOf: T + 5 * MINUTE,
    finds: ['payment:ch_1'],
  },
  {
    name: 'gives an upgrade all of 5 minutes',
    book: { payments: [payment({ purpose: 'upgrade' })] },
    asOf: T + 5 * MINUTE - 1,
    finds: [],
  },
  {
    name: 'promises nothing for other payments',
    book: { payments: [payment({ purpose: 'other' })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'takes the grace active at asOf',
    book: { payments: paid },
    asOf: late,
    policies: [{ appliesFrom: T + 14 * MINUTE, policy: slow }],
    finds: [],
  },
  {
    name: 'credits that came after 14 minutes 59',
    book: {
      payments: paid,
      entries: [entry({ paymentId: 'ch_1', occurredAt: T + 14 * MINUTE + 59 * SECOND })],
    },
    asOf: late,
    finds: [],
  },
  {
    name: 'hides credits that come after asOf',
    book: { payments: paid, entries: [entry({ paymentId: 'ch_1', occurredAt: late + 1 })] },
    asOf: late,
    finds: [{ credits: 5_000 }],
  },
  {
    name: 'tells what part is missing, with the entries that came',
    book: { payments: paid, entries: [entry({ paymentId: 'ch_1', credits: 2_000 })] },
    asOf: late,
    finds: [{ credits: 3_000, evidence: ['payment:ch_1', 'ledgerEntry:le_1'] }],
  },
  {
    name: 'missing credits put right by an adjustment that names the payment',
    book: {
      payments: paid,
      entries: [entry({ kind: 'adjustment', paymentId: 'ch_1', occurredAt: T + 3 * DAY })],
    },
    asOf: T + 3 * DAY,
    finds: [],
  },
  {
    name: 'counts an adjustment that takes away',
    book: {
      payments: paid,
      entries: [entry({ kind: 'adjustment', credits: -10, paymentId: 'ch_1' })],
    },
    asOf: late,
    finds: [{ credits: 5_010 }],
  },
  {
    name: 'does not count returns or revocations as grants',
    book: {
      payments: paid,
      entries: [
        entry({ paymentId: 'ch_1', kind: 'return' }),
        entry({ id: 'le_2', paymentId: 'ch_1', kind: 'revocation', credits: -5_000 }),
      ],
    },
    asOf: late,
    finds: [{ credits: 5_000 }],
  },
  {
    name: 'an entry that names an unseen payment grants nothing here',
    book: { payments: paid, entries: [entry({ paymentId: 'ch_unseen' })] },
    asOf: late,
    finds: ['payment:ch_1'],
  },
  {
    name: 'an authorisation is not captured',
    book: { payments: [payment({ status: 'requires_capture' })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'no capture instant, no capture',
    book: { payments: [payment({ capturedAt: null })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'a capture after asOf has not happened',
    book: { payments: [payment({ capturedAt: late + 1, createdAt: T })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'payments of a book into which no ledger was ever loaded',
    book: { payments: paid },
    asOf: late,
    streams: { ledger: null },
    finds: [],
    waits: ['payment:ch_1'],
  },
  {
    name: 'waits for a ledger known to before the grace',
    book: { payments: paid },
    asOf: T + DAY,
    streams: { ledger: late - 1 },
    finds: [],
    waits: ['payment:ch_1'],
  },
  {
    name: 'speaks with a ledger known to the grace',
    book: { payments: paid },
    asOf: T + DAY,
    streams: { ledger: late },
    finds: ['payment:ch_1'],
  },
  {
    name: 'does not wait where all has come',
    book: { payments: paid, entries: [entry({ paymentId: 'ch_1' })] },
    asOf: T + DAY,
    streams: { ledger: T },
    finds: [],
  },
]);
