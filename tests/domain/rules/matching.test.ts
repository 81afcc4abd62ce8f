import { DAY, MINUTE } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, entry, payment } from '#tests/factories/account.ts';

const asOf = T + 10 * DAY;
const second = payment({ id: 'ch_2', capturedAt: T + 10, product: 'other' });

/* What missing-credits finds is what no entry was matched to. */
describeRule('missing-credits', [
  {
    name: 'a grant under no payment id that matches',
    book: { payments: [payment()], entries: [entry()] },
    asOf,
    finds: [],
  },
  {
    name: 'a minute before the capture fits',
    book: { payments: [payment()], entries: [entry({ occurredAt: T - MINUTE })] },
    asOf,
    finds: [],
  },
  {
    name: 'earlier does not',
    book: { payments: [payment()], entries: [entry({ occurredAt: T - MINUTE - 1 })] },
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'a day after the capture fits',
    book: { payments: [payment()], entries: [entry({ occurredAt: T + DAY })] },
    asOf,
    finds: [],
  },
  {
    name: 'later does not',
    book: { payments: [payment()], entries: [entry({ occurredAt: T + DAY + 1 })] },
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'the kind must fit',
    book: { payments: [payment()], entries: [entry({ kind: 'renewal' })] },
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'an adjustment never fits',
    book: { payments: [payment()], entries: [entry({ kind: 'adjustment' })] },
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'a renewal takes a renewal',
    book: { payments: [payment({ purpose: 'renewal' })], entries: [entry({ kind: 'renewal' })] },
    asOf,
    finds: [],
  },
  {
    name: 'an upgrade takes an upgrade',
    book: { payments: [payment({ purpose: 'upgrade' })], entries: [entry({ kind: 'upgrade' })] },
    asOf,
    finds: [],
  },
  {
    name: 'the credits must be equal',
    book: { payments: [payment()], entries: [entry({ credits: 5_001 })] },
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'equal to what was bought, not to what is due',
    book: { payments: [payment({ amountRefunded: 2_450 })], entries: [entry({ credits: 2_500 })] },
    asOf,
    finds: [{ credits: 2_500 }],
  },
  {
    name: 'one entry serves one payment, the one captured first',
    book: { payments: [second, payment()], entries: [entry({ occurredAt: T + 5 })] },
    asOf,
    finds: ['payment:ch_2'],
  },
  {
    name: 'of captures at one instant the lower id goes first',
    book: {
      payments: [payment({ id: 'b', product: 'x' }), payment({ id: 'a' })],
      entries: [entry()],
    },
    asOf,
    finds: ['payment:b'],
  },
  {
    name: 'each takes the earliest that fits',
    book: {
      payments: [payment(), payment({ id: 'ch_2', capturedAt: T + DAY + 2, product: 'x' })],
      entries: [entry({ occurredAt: T + DAY - 1 }), entry({ id: 'le_2', occurredAt: T + DAY })],
    },
    asOf,
    finds: [],
  },
  {
    name: 'a payment that an entry names takes no other, be the entry of 0 credits',
    book: {
      payments: [payment()],
      entries: [entry({ id: 'le_0', paymentId: 'ch_1', kind: 'adjustment', credits: 0 }), entry()],
    },
    asOf,
    finds: [{ credits: 5_000 }],
  },
  {
    name: 'a revocation that names it leaves the match',
    book: {
      payments: [payment()],
      entries: [
        entry(),
        entry({ id: 'le_2', paymentId: 'ch_1', kind: 'revocation', credits: -5_000 }),
      ],
    },
    asOf,
    finds: [],
  },
  {
    name: 'a payment with nothing due leaves the entry to the next',
    book: { payments: [payment({ amountRefunded: 4_900 }), second], entries: [entry()] },
    asOf,
    finds: [],
  },
  {
    name: 'an entry that names an unseen payment is not one that names none',
    book: { payments: [payment()], entries: [entry({ paymentId: 'ch_gone' })] },
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'a match that is more than what is left counts in full',
    book: { payments: [payment({ amountRefunded: 2_450 })], entries: [entry()] },
    asOf,
    finds: [],
  },
]);
