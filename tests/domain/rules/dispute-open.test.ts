import { DAY } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, payment } from '#tests/factories/account.ts';

const asOf = T + DAY;

describeRule('dispute-open', [
  {
    name: 'a dispute',
    book: { payments: [payment({ disputeStatus: 'open', createdAt: T - 5 })] },
    asOf,
    finds: [
      {
        subject: 'payment:ch_1',
        severity: 'high',
        confidence: 'confirmed',
        amount: undefined,
        credits: undefined,
        since: T,
        evidence: ['payment:ch_1'],
        facts: { amount: 4_900, currency: 'usd', dispute: 'open' },
      },
    ],
  },
  {
    name: 'an inquiry',
    book: { payments: [payment({ disputeStatus: 'inquiry' })] },
    asOf,
    finds: ['payment:ch_1'],
  },
  { name: 'won', book: { payments: [payment({ disputeStatus: 'won' })] }, asOf, finds: [] },
  { name: 'lost', book: { payments: [payment({ disputeStatus: 'lost' })] }, asOf, finds: [] },
  { name: 'none', book: { payments: [payment()] }, asOf, finds: [] },
  {
    name: 'refunded or not',
    book: { payments: [payment({ disputeStatus: 'open', amountRefunded: 4_900 })] },
    asOf,
    finds: ['payment:ch_1'],
  },
  {
    name: 'since its creation where no capture is told',
    book: { payments: [payment({ disputeStatus: 'open', capturedAt: null, createdAt: T - 5 })] },
    asOf,
    finds: [{ since: T - 5 }],
  },
  {
    name: 'a capture may lie ahead',
    book: { payments: [payment({ disputeStatus: 'open', capturedAt: asOf + 1, createdAt: T })] },
    asOf,
    finds: [{ since: asOf + 1 }],
  },
  {
    name: 'a payment after asOf is hidden',
    book: { payments: [payment({ disputeStatus: 'open', createdAt: asOf + 1 })] },
    asOf,
    finds: [],
  },
]);
